"""What the form of a text puts right in what the reader saw, and what it lets fall."""

import pytest

from onrecord.records import Entity, Statement

from .staged import at, condition, staged, statement

REACH = [
    # text, cue, speaker, the pieces pointed at, the pieces kept
    ("The talks failed. Anna said they go on now.", "said", "Anna", ["The talks failed", "they go on now"], ["they go on now"]),
    ("The talks failed. Anna said they go on now.", "said", "Anna", ["The talks failed"], ["they go on now"]),
    ("The talks failed.\n\nThey go on now, Anna said.", "said", "Anna", ["The talks failed"], ["They go on now"]),
    ("“They go on now,” Anna said.\n\nA bus came by.", "said", "Anna", ["A bus came by"], ["“They go on now,”"]),
    (
        "Anna said they go on now. “We stay here.”",
        "said",
        "Anna",
        ["they go on now", "“We stay here.”"],
        ["they go on now", "“We stay here.”"],
    ),
    ("Anna said two things now. We stay here.", "said", "Anna", ["two things now", "We stay here"], ["two things now", "We stay here"]),
    ("They left at once. According to Anna, they go on now.", "According to", "Anna", ["They left at once"], ["they go on now"]),
    (
        "They left. Envoys have expressed their deep concerns.",
        "have expressed their deep concerns",
        "Envoys",
        ["They left"],
        ["their deep concerns"],
    ),
    ("They left. Envoys have expressed their deep concerns.", "have expressed their", "Envoys", ["They left"], ["their deep concerns"]),
    (
        "They left. Anna has maintained a strict policy against the mole, hoping to go home.",
        "has maintained",
        "Anna",
        ["They left"],
        ["a strict policy against the mole"],
    ),
    ("This mood was shared by envoys.", "was shared", "envoys", ["This"], ["This mood"]),
    ("That is what envoys want.", "want", "envoys", ["That"], ["That"]),
    (
        "Anna said that they should all help, including with troops.",
        "said",
        "Anna",
        ["that they should all help"],
        ["that they should all help, including with troops"],
    ),
]


def test_a_pointer_that_went_astray_once_is_doubted_once() -> None:
    text = "They left. Envoys have expressed their deep concerns."
    (found,) = staged(text, statement(text, "have expressed their", "They left", confidence=0.5, speaker="Envoys")).statements
    assert [piece.text for piece in found.content] == ["their deep concerns"]


NEAREST = [
    # text, cue, the speaker pointed at, the speaker kept
    ("Two envoys came. According to Kuri, these guests warned that it would rain.", "warned", "Two envoys", "these guests"),
    ("Two envoys came. They warned that it would rain.", "warned", "Two envoys", "They"),
    ("Anna Kask came. “It will rain,” she warned in the hall.", "warned", "Anna Kask", "she"),
    ("Anna Kask came. It will rain, warned she.", "warned", "Anna Kask", "Anna Kask"),
    ("Anna Kask came. Boris Lind warned that it would rain.", "warned", "Anna Kask", "Boris Lind"),
    ("Anna Kask came. Lind warned that it would rain.", "warned", "Anna Kask", "Lind"),
    ("Anna came. It would rain, a guest who may not talk to the press warned.", "warned", "Anna", "a guest who may not talk to the press"),
    ("Anna Kask came. It would rain, a guest came to the press warned.", "warned", "Anna Kask", "Anna Kask"),
    ("Anna Kask came. It’s warned that it would rain.", "warned", "Anna Kask", "Anna Kask"),
    ("Anna Kask came and then left. Then warned that it would rain.", "warned", "Anna Kask", "Anna Kask"),
]


HOLLOW = [
    ("The talks failed. Anna gave up.", "gave", "The talks failed", "content out of reach"),
    ("Anna has long since left the town.", "has long", "left the town", "cue of small words"),
]

AGAIN = [
    # text, frames as (cue, content, speaker, confidence), the cues kept
    ("Anna praised and welcomed the deal.", [("praised", "the deal", "Anna", 0.6), ("welcomed", "the deal", "Anna", 0.8)], ["welcomed"]),
    (
        "Ruritania has told Rome it stays out, envoys told the Courier.",
        [("has told", "it stays out", "Ruritania", 0.9), ("2:told", "it stays out", "envoys", 0.8)],
        ["told", "has told"],
    ),
    (
        "They signaled their readiness to go.",
        [("signaled", "their readiness to go", "They", 0.9), ("readiness", "to go", "their", 0.9)],
        ["signaled"],
    ),
    (
        "They dropped their threat to go.",
        [("dropped", "their threat to go", "They", 0.9), ("threat", "to go", "their", 0.9)],
        ["dropped", "threat"],
    ),
]

CONTINUED = [
    (
        "Anna kept to her view, emphasizing the need for clear rules.",
        "kept to",
        "her view",
        [("Anna", "emphasizing", "the need for clear rules")],
    ),
    (
        "Anna kept to her view, adding that rules matter.",
        "kept to",
        "her view, adding that rules matter",
        [("Anna", "adding", "that rules matter")],
    ),
    ("Anna kept to her view, walking out of the hall.", "kept to", "her view", []),
    ("Anna kept to “her view, adding that rules matter”.", "kept to", "“her view, adding that rules matter”", []),
]

OCCASIONS = [
    ("Anna kept to her view during a May interview with Radio Narew.", "kept to", "her view", ["a May interview with Radio Narew"], []),
    ("Anna stated her view at the Old Bridge Conference on trade in Rome.", "stated", "her view", ["the Old Bridge Conference"], ["Rome"]),
    ("Anna wrote on Telegram that they go.", "wrote", "that they go", ["Telegram"], []),
    ("Anna said they met in an interview.", "said", "they met in an interview", [], []),
    ("Anna said in the corridor that they go.", "said", "that they go", [], []),
]

ALOUD = [
    ("“I think we stay,” Anna said.", "think", "we stay", "I", 1),
    ("“We demand an end,” Anna said.", "demand", "an end", "We", 2),
    ("Anna said I think we stay.", "think", "we stay", "I", 2),
]


def contents(one: Statement) -> list[str]:
    return [piece.text for piece in one.content]


@pytest.mark.parametrize("text, cue, speaker, pointed, kept", REACH)
def test_content_is_what_its_cue_can_govern(text: str, cue: str, speaker: str, pointed: list[str], kept: list[str]) -> None:
    (found,) = staged(text, statement(text, cue, pointed, speaker=speaker)).statements
    assert contents(found) == kept


@pytest.mark.parametrize("text, cue, pointed, kept", NEAREST)
def test_the_subject_beside_the_cue_speaks_not_one_of_an_earlier_sentence(text: str, cue: str, pointed: str, kept: str) -> None:
    content = next(piece for piece in ("it would rain", "“It will rain,”", "It will rain", "It would rain") if piece in text)
    (found,) = staged(text, statement(text, cue, content, speaker=pointed)).statements
    assert found.speaker is not None
    assert found.speaker.text == kept


@pytest.mark.parametrize("speaker", ["Anna Kask", None])
def test_a_participle_behind_a_comma_has_the_speaker_of_its_sentence(speaker: str | None) -> None:
    text = "Anna Kask came. Boris Lind said they stay in town, noting that it would rain soon."
    told = {} if speaker is None else {"speaker": speaker}
    frames = (
        statement(text, "said", "they stay in town", speaker="Boris Lind"),
        statement(text, "noting", "that it would rain soon", **told),
    )
    found = staged(text, *frames).statements
    assert [one.speaker and one.speaker.text for one in found] == ["Boris Lind", "Boris Lind"]


CUT = [
    # text, cue, what the reader points at, what is kept
    ("The talks, Anna said, will fail by Monday.", "said", ["The talks"], ["The talks", "will fail by Monday"]),
    ("The talks, Anna said on Monday, will fail soon, which is bad.", "said", ["The talks"], ["The talks", "will fail soon"]),
    ("The talks failed, Anna said, but nobody was sorry.", "said", ["The talks failed"], ["The talks failed"]),
    ("The talks failed, Anna said, waving a hat.", "said", ["The talks failed"], ["The talks failed"]),
    ("“Nothing will be done.”\n\nAnna said: “We will go.”", "said", ["“Nothing will be done.”", "“We will go.”"], ["“We will go.”"]),
]


@pytest.mark.parametrize("text, cue, pointed, kept", CUT)
def test_content_goes_on_behind_the_words_that_attribute(text: str, cue: str, pointed: list[str], kept: list[str]) -> None:
    (found,) = staged(text, statement(text, cue, pointed, speaker="Anna")).statements
    assert contents(found) == kept


LATER = [
    # text, cue, content; Anna Kask, whom the reader points at, comes later; who speaks
    ("Some of the guests want new talks at once. Anna Kask came.", "want", "new talks at once", "Some of the guests"),
    ("New talks are wanted by the end of May. Anna Kask came.", "are wanted", "by the end of May", None),
    ("The guests who stay want new talks at once. Anna Kask came.", "want", "new talks at once", None),
]


@pytest.mark.parametrize("text, cue, content, kept", LATER)
def test_the_subject_speaks_where_the_reader_points_at_a_later_sentence(text: str, cue: str, content: str, kept: str | None) -> None:
    (found,) = staged(text, statement(text, cue, content, speaker="Anna Kask")).statements
    assert (found.speaker and found.speaker.text) == kept


def test_nobody_speaks_who_is_first_named_in_a_later_sentence() -> None:
    text = "The alarm grew over talks that failed. Anna Kask came."
    (found,) = staged(text, statement(text, "alarm", "talks that failed", speaker="Anna Kask")).statements
    assert found.speaker is None


def test_a_kept_policy_is_one_statement_with_its_noun() -> None:
    text = "Anna Kask has maintained a strict policy against selling grain."
    (found,) = staged(
        text,
        statement(text, "has maintained", "a strict policy against selling grain", speaker="Anna Kask"),
        statement(text, "policy against", "selling grain", {"act": "restrict"}, speaker="Anna Kask"),
    ).statements
    assert (contents(found), found.act) == (["a strict policy against selling grain"], "restrict")


@pytest.mark.parametrize("cue, act", [("echoed", "agree"), ("rejected", "criticise")])
def test_who_echoes_agrees(cue: str, act: str) -> None:
    text = f"Envoys {cue} this view."
    (found,) = staged(text, statement(text, cue, "this view", {"act": "criticise"}, speaker="Envoys")).statements
    assert found.act == act


def test_a_medium_named_within_its_phrase_is_one_link() -> None:
    text = "According to a report by Die Lage, envoys said that they stay."
    (found,) = staged(
        text, statement(text, "said", "that they stay", speaker="envoys", via=["a report by Die Lage", "Die Lage"])
    ).statements
    assert [link.text for link in found.via] == ["a report by Die Lage"]


def test_a_repair_that_changes_what_is_said_costs_confidence() -> None:
    text = "The talks failed. Anna said they go on now."
    (found,) = staged(text, statement(text, "said", "The talks failed", confidence=0.95, speaker="Anna")).statements
    assert found.confidence < 0.95
    assert "rule/content-beside-1" in found.by


@pytest.mark.parametrize("text, cue, content, reason", HOLLOW)
def test_what_nothing_is_left_of_is_counted(text: str, cue: str, content: str, reason: str) -> None:
    found = staged(text, statement(text, cue, content, speaker="Anna"))
    assert found.statements == ()
    assert found.skipped == {reason: 1}


@pytest.mark.parametrize("text, frames, cues", AGAIN)
def test_one_content_is_one_statement(text: str, frames: list[tuple[str, str, str, float]], cues: list[str]) -> None:
    seen = [statement(text, cue, content, confidence=sure, speaker=speaker) for cue, content, speaker, sure in frames]
    assert [one.cue.text for one in staged(text, *seen).statements if one.cue] == cues


def test_a_quotation_belongs_to_the_speaker_next_to_it() -> None:
    text = "“We stay here,” Anna said. “You go now,” Boris said."
    found = staged(
        text,
        statement(text, "said", ["“We stay here,”", "“You go now,”"], speaker="Anna"),
        statement(text, "2:said", "“You go now,”", speaker="Boris"),
    ).statements
    assert [contents(one) for one in found] == [["“We stay here,”"], ["“You go now,”"]]


@pytest.mark.parametrize("text, cue, content, more", CONTINUED)
def test_a_participle_of_saying_goes_on_with_the_same_speaker(text: str, cue: str, content: str, more: list[tuple[str, str, str]]) -> None:
    first, *rest = staged(text, statement(text, cue, content, speaker="Anna")).statements
    assert [(one.speaker and one.speaker.text, one.cue and one.cue.text, *contents(one)) for one in rest] == more
    assert all("adding" not in piece or "“" in piece for piece in contents(first))


SECOND = [
    # text, the second cue, its content, the speaker pointed at, the speaker kept
    ("“We stay here,” she said; would prefer, though, that others go.", "would prefer", "that others go", None, "she"),
    ("Anna said they were aware of it but refused to say more of it.", "refused", "to say more of it", None, None),
    ("Anna said so before the claims but refused to say more of it.", "refused", "to say more of it", None, "Anna"),
    ("Anna said “we stay here”. Then came the claims but refused to say more of it.", "refused", "to say more of it", None, None),
]


@pytest.mark.parametrize("text, cue, content, pointed, kept", SECOND)
def test_a_second_verb_has_the_speaker_of_its_sentence(text: str, cue: str, content: str, pointed: str | None, kept: str | None) -> None:
    said = next(
        piece
        for piece in ("“We stay here,”", "they were aware of it but refused to say more of it", "so", "“we stay here”")
        if piece in text
    )
    first = statement(text, "said", said, speaker="Anna" if "Anna" in text else "she")
    roles = {} if pointed is None else {"speaker": pointed}
    second = next(one for one in staged(text, first, statement(text, cue, content, **roles)).statements if one.cue and one.cue.text == cue)
    assert (second.speaker and second.speaker.text) == kept


TIME_AND_PLACE = [
    # text, what is kept of "said" without content of its own
    ("They left. We stay here, Anna said at a press conference on Friday.", ["We stay here"]),
    ("They left. “We stay here,” Anna told the Courier, standing in the rain.", ["“We stay here,”"]),
    ("They left. Anna said in the town they would stay.", ["in the town they would stay"]),
    ("They left. We stay here, Anna told reporters at her ministry.", ["We stay here"]),
    ("They left. We stay here, Anna told reporters outside the old harbour office.", ["We stay here"]),
    ("They left. We stay here, Anna told reporters in Riga.", ["We stay here"]),
    ("They left. On Friday, Anna told reporters in the town they would stay.", ["in the town they would stay"]),
]


@pytest.mark.parametrize("text, kept", TIME_AND_PLACE)
def test_when_and_where_something_was_said_is_not_what_was_said(text: str, kept: list[str]) -> None:
    cue = "told" if "told" in text else "said"
    roles = {"addressee": "reporters"} if "reporters" in text else {}
    (found,) = staged(text, statement(text, cue, "They left", speaker="Anna", **roles)).statements
    assert contents(found) == kept


def test_content_ends_before_a_participle_with_which_its_speaker_goes_on() -> None:
    text = "Anna warned of war, noting that troops had come."
    first, second = staged(
        text,
        statement(text, "warned of", "war, noting that troops had come", speaker="Anna"),
        statement(text, "noting", "that troops had come", speaker="Anna"),
    ).statements
    assert (contents(first), contents(second)) == (["war"], ["that troops had come"])
    assert second.within is None


@pytest.mark.parametrize("text, cue, content, venue, where", OCCASIONS)
def test_an_occasion_beside_the_cue_is_the_venue(text: str, cue: str, content: str, venue: list[str], where: list[str]) -> None:
    places = [Entity(start=at(text, name)[0], end=at(text, name)[1], label="LOC", confidence=0.9) for name in ("Rome",) if name in text]
    (found,) = staged(text, statement(text, cue, content, speaker="Anna"), entities=places).statements
    assert [one.text for one in found.venue] == venue
    assert [one.text for one in found.said.where] == where


def test_an_expressed_attitude_is_put_to_somebody() -> None:
    text = "Envoys have expressed their concerns directly to local officials at a rally."
    (found,) = staged(text, statement(text, "have expressed", "their concerns", speaker="Envoys")).statements
    assert [one.text for one in found.addressee] == ["local officials"]


@pytest.mark.parametrize("text, cue, content, speaker, count", ALOUD)
def test_nobody_is_on_record_for_thinking_aloud(text: str, cue: str, content: str, speaker: str, count: int) -> None:
    whole = text.split(" Anna")[0] if text.startswith("“") else text.removeprefix("Anna said ")[:-1]
    frames = [statement(text, "said", whole, speaker="Anna"), statement(text, cue, content, speaker=speaker)]
    assert len(staged(text, *frames).statements) == count


DOUBTS = [
    # text, cue, content, speaker, the confidence below which it is dropped, whether it stands in what Anna said
    ("Boris hoped that they would win it at last.", "hoped", "that they would win it at last", "Boris", 0.35, False),
    ("Boris hoped to win.", "hoped", "to win", "Boris", 0.5, False),
    ("This hope was shared by Boris.", "was shared", "This hope", "Boris", 0.35, False),
    ("Boris had expressed his doubts.", "had expressed", "his doubts", "Boris", 0.35, False),
    ("Anna said Boris hoped that they would win it at last.", "hoped", "that they would win it at last", "Boris", 0.5, True),
    ("Anna said Boris hoped to win.", "hoped", "to win", "Boris", 0.6, True),
    ("“Boris hoped that they would win it at last,” Anna said.", "hoped", "that they would win it at last", "Boris", 0.6, True),
]


@pytest.mark.parametrize("text, cue, content, speaker, least, inner", DOUBTS)
def test_what_is_easily_misread_must_be_surer(text: str, cue: str, content: str, speaker: str, least: float, inner: bool) -> None:
    """Few words, another's words around, a cue in quotation marks: each is a reason for doubt."""
    whole = text.split(" Anna")[0] if text.startswith("“") else text.removeprefix("Anna said ")[:-1]
    outer = [statement(text, "said", whole, speaker="Anna")] if inner else []
    for confidence, kept in ((least - 0.01, 0), (least + 0.01, 1)):
        found = staged(text, *outer, statement(text, cue, content, confidence=confidence, speaker=speaker))
        assert len(found.statements) == inner + kept
        assert found.skipped == ({} if kept else {"statement too unsure": 1})


def test_a_cue_takes_in_the_whole_of_a_short_form() -> None:
    text = "Anna doesn't want war."
    (found,) = staged(text, statement(text, "t want", "war", speaker="Anna")).statements
    assert found.cue is not None
    assert (found.cue.text, found.cue.lemma) == ("doesn't want", "want")


def test_the_terms_of_speaking_are_neither_content_nor_condition() -> None:
    text = "The plan has hurt the ferries, two envoys said, speaking on condition of anonymity."
    frame = statement(text, "said", "speaking on condition of anonymity", speaker="two envoys")
    found = staged(text, frame, condition(text, "condition", "of anonymity", "The plan has hurt the ferries"))
    assert [[piece.text for piece in one.content] for one in found.statements] == [["The plan has hurt the ferries"]]
    assert found.conditions == ()
    assert found.skipped == {"terms of speaking": 1}


def test_content_ends_before_a_second_verb_of_the_same_speaker() -> None:
    text = "Anna said that the ferry would go by March and suggested that a bridge would follow."
    found = staged(
        text,
        statement(text, "said", text[text.index("that the") : -1], speaker="Anna"),
        statement(text, "suggested", "that a bridge would follow", speaker="Anna"),
    )
    assert [one.content[0].text for one in found.statements] == ["that the ferry would go by March", "that a bridge would follow"]


def test_a_venue_stands_in_the_paragraph_of_its_cue() -> None:
    text = "“They have the pen,” Anna told reporters.\n\nBruno replied an hour later at a news conference of his own."
    frame = statement(text, "told", "“They have the pen,”", speaker="Anna", venue="a news conference of his own")
    (found,) = staged(text, frame).statements
    assert found.venue == ()
