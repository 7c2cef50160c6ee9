"""What a statement holds, from frames as a reader would see them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract import Extracted, extract
from onrecord.extract.borders import Borders
from onrecord.extract.quotes import quotations
from onrecord.extract.words import lemma
from onrecord.records import Entity, Extent, Frame, Frames, TimeExpression, span

from .staged import UNDATED, at, condition, event, staged, statement

LEMMAS = [
    ("have signaled", "signal"),
    ("did not rule out", "rule out"),
    ("According to", "according to"),
    ("has repeatedly called for", "call for"),
    ("is reportedly considering", "consider"),
    ("flatly denied", "deny"),
    ("pledged", "pledge"),
    ("refusal", "refusal"),
    ("was said", "say"),
]

BORDERS = [
    # text, what the reader points at, what is kept
    ("She said the talks had failed. They left.", "the talks had failed. They left.", ["the talks had failed"]),
    ("She said the talks had failed.", " the talks had failed.", ["the talks had failed"]),
    ("She said “we stay as long as it takes”.", "we stay as long as it takes", ["“we stay as long as it takes”"]),
    ("She said they would “stay as long as it takes”.", "they would “stay as long as it", ["they would “stay as long as it takes”"]),
    ("She said it was “bad” and that was that.", "bad” and that was that", ["“bad” and that was that"]),
    ("“We stay. We fight,” she said.", "We fight,”", ["“We stay. We fight,”"]),
    ("“We stay,” she said. “They go.”", "“We stay,” she said. “They go.”", ["“We stay,”", "“They go.”"]),
    ("She said the U.S. would help the U.K.", "the U.S. would help the U.K.", ["the U.S. would help the U.K."]),
    ("She said the talks had failed and that was that.", "the talks had failed and", ["the talks had failed"]),
    ("She said E.U. envoys stay.", "U. envoys stay", ["E.U. envoys stay"]),
    ("She said and repeated that they stay.", "and repeated that they stay", ["and repeated that they stay"]),
    ("She said that Lat", "at Lat", ["that Lat"]),
]

MANNERS = [
    ("She said “we stay”.", "“we stay”", "direct"),
    ("She said they stay.", "they stay", "indirect"),
    ("She said they “may stay”.", "they “may stay”", "mixed"),
    ("She said “half hearted” help was no help.", "“half hearted” help was no help", "mixed"),
    ("She said that “we stay”.", "that “we stay”", "mixed"),
]

FOLLOWING = [
    ("“We stay,” she said. “If they leave, we leave.” A bus came.", "“We stay,”", ["“We stay,”", "“If they leave, we leave.”"]),
    ("She said “we stay.\n\n“We have stayed before.” A bus came.", "“we stay.", ["“we stay.", "“We have stayed before.”"]),
    ("“We stay,” she said, “and you go.” A bus came.", "“We stay,”", ["“We stay,”", "“and you go.”"]),
    ("If you go, she said, “we stay”. A bus came.", "If you go", ["If you go", "“we stay”"]),
    ("She said they stay. “We have stayed before.” A bus came.", "they stay", ["they stay", "“We have stayed before.”"]),
    ("“We stay,” she said.\n\nA bus came. “Nobody” was on it.", "“We stay,”", ["“We stay,”"]),
    ("“We stay,” she said. A sign read “No Exit”.", "“We stay,”", ["“We stay,”"]),
    ("“We stay,” she said.\n\n'No Way Out.'\n\nA bus came.", "“We stay,”", ["“We stay,”"]),
    ("“We stay,” she said. “You go.”", "“You go.”", ["“We stay,”", "“You go.”"]),
    ("“We stay,” she said.\n\nA bus came. “You go,” she said. “We stay.”", "“We stay,”", ["“We stay,”"]),
]

HEADLINES = [
    ("Minister: we will leave if talks fail", "Minister", "we will leave if talks fail"),
    ("Ruritania digs in; prosecutor: ‘This is not over’", "prosecutor", "‘This is not over’"),
    ("Foreign ministry: Border to stay shut until Friday", "Foreign ministry", "Border to stay shut until Friday"),
]
NO_HEADLINES = [
    "Explained: why the minister will leave",
    "Live: ministers meet in Tallinn",
    "Ukraine war, day 35: what happened on Wednesday",
    "Opinion: we will leave",
    "The minister will leave",
    "Minister:",
    ": we will leave",
]

FURNITURE = [
    "Sign up for our newsletter to hear what ministers say",
    "READ MORE: the minister says she will leave",
    "Recommended the minister says she will leave",
    "Read more: the minister says she will leave",
    "By Jane Doe",
    "(Reporting by A. Writer; she says hello)",
    "Photo: the minister says farewell",
]


@pytest.mark.parametrize("cue, base", LEMMAS)
def test_a_cue_has_the_base_form_of_its_verb(cue: str, base: str) -> None:
    assert lemma(cue) == base


@pytest.mark.parametrize("text, pointed, kept", BORDERS)
def test_content_keeps_to_words_quotations_and_its_sentence(text: str, pointed: str, kept: list[str]) -> None:
    (found,) = staged(text, statement(text, "said", pointed)).statements
    assert [piece.text for piece in found.content] == kept


def test_what_attributes_between_commas_is_no_content() -> None:
    text = "They would go, she said on Monday, if asked."
    (found,) = staged(text, statement(text, "said", text[:-1], speaker="she")).statements
    assert [piece.text for piece in found.content] == ["They would go", "if asked"]


WRAPPED = [
    (
        "He said the envoys and the ministers would meet\nin the old port on Friday to talk about\nall that stands in the way.\nThey left.",
        True,
    ),
    ("The headline says the envoys will meet again\nThey left the hall in the old port at noon.", False),
]


RUN_ON = [
    (["The envoy met Gen.", "Anton Berg."], True),
    (["The envoy met Anton B.", "Berg."], True),
    (["“Why go?”", "she asked."], True),
    (["The envoy said", "Tajikistan stays out."], True),
    (["The envoy left.", "Anton Berg stayed."], False),
    (["He is in the U.S.", "The envoy left."], False),
]


@pytest.mark.parametrize("pieces, joined", RUN_ON)
def test_a_sentence_goes_on_behind_a_short_form_and_before_small_letters(pieces: list[str], joined: bool) -> None:
    text = " ".join(pieces)
    borders = Borders(text, [at(text, piece) for piece in pieces], quotations(text))
    assert len(borders.sentences((0, len(text)))) == (1 if joined else 2)


@pytest.mark.parametrize("text, joined", WRAPPED)
def test_a_sentence_goes_on_over_the_line_ends_of_a_wrapped_text(text: str, joined: bool) -> None:
    lines = [hit.span() for hit in re.finditer(r"[^\n]+", text)]
    borders = Borders(text, lines, quotations(text))
    assert (len(borders.sentences((0, len(text)))) < len(lines)) == joined


@pytest.mark.parametrize("text, content, manner", MANNERS)
def test_the_manner_follows_from_the_marks(text: str, content: str, manner: str) -> None:
    (found,) = staged(text, statement(text, "said", content)).statements
    assert found.manner == manner


@pytest.mark.parametrize("text, content, kept", FOLLOWING)
def test_a_quotation_that_goes_on_belongs_to_the_same_speaker(text: str, content: str, kept: list[str]) -> None:
    (found,) = staged(text, statement(text, "said", content, speaker="he")).statements
    assert [piece.text for piece in found.content] == kept


def test_an_interrupted_quotation_is_one_speakers_even_where_another_was_given_its_first_half() -> None:
    text = "Prices will rise, Boris said.\n\n“We stay then,” she added. “You go then.” A bus came."
    frames = (
        statement(text, "said", "“We stay then,”", speaker="Boris"),
        statement(text, "added", "“You go then.”", speaker="she"),
    )
    found = staged(text, *frames).statements
    assert [[piece.text for piece in one.content] for one in found] == [["Prices will rise"], ["“We stay then,”", "“You go then.”"]]


@pytest.mark.parametrize("title, speaker, content", HEADLINES)
def test_a_colon_headline_is_a_statement_by_rule(title: str, speaker: str, content: str) -> None:
    (found,) = staged(title, place="title").statements
    assert found.speaker is not None
    assert found.cue is not None
    assert (found.speaker.text, found.cue.text, [piece.text for piece in found.content]) == (speaker, ":", [content])
    assert found.by == "rule/colon-headline-1"
    assert {found.speaker.place, found.cue.place, found.content[0].place} == {"title"}


@pytest.mark.parametrize("title", NO_HEADLINES)
def test_a_label_before_a_colon_speaks_not(title: str) -> None:
    assert staged(title, place="title").statements == ()


def test_a_place_before_a_colon_speaks_only_in_its_own_voice() -> None:
    for title, count in [("Ruritania: we will not bow", 1), ("Ruritania: three are hurt in storm", 0)]:
        entity = Entity(start=0, end=9, label="LOC", confidence=0.9)
        assert len(staged(title, entities=[entity], place="title").statements) == count


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_the_page_gives_no_statement(line: str) -> None:
    text = f"A bus came.\n\n{line}\n\nA train left."
    found = staged(text, statement(text, line.split()[1], line.split(" ", 2)[2]))
    assert found.statements == ()
    assert found.skipped == {"line of the page": 1}


PROSE = [
    "Comments by the minister said talks had failed.",
    "By Friday the minister said talks had failed.",
    "Reporting by the Courier said talks had failed.",
]


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_that_begins_like_such_a_line_is_read(line: str) -> None:
    assert len(staged(line, statement(line, "said", "talks had failed")).statements) == 1


def test_a_pointer_to_the_speaker_takes_in_no_small_word_before_it() -> None:
    text = "It was said by the minister that the talks had failed."
    (found,) = staged(text, statement(text, "was said", "that the talks had failed", speaker="by the minister")).statements
    assert found.speaker is not None
    assert found.speaker.text == "the minister"


def test_a_pointer_to_the_speaker_never_takes_in_the_cue() -> None:
    text = "The minister said the talks had failed."
    (found,) = staged(text, statement(text, "said", "the talks had failed", speaker="The minister said")).statements
    assert found.speaker is not None
    assert found.speaker.text == "The minister"


def test_a_statement_without_content_is_dropped_and_counted() -> None:
    text = "The minister said so."
    found = staged(text, statement(text, "said", ()))
    assert found.statements == ()
    assert found.skipped == {"statement without content": 1}


def test_an_unclosed_quotation_is_counted_and_the_rest_is_read() -> None:
    text = "She said “we stay. He said they go."
    found = staged(text, statement(text, "2:said", "they go", speaker="He"))
    assert [piece.text for one in found.statements for piece in one.content] == ["they go"]
    assert found.skipped == {"unclosed quotation": 1}


def test_what_two_windows_saw_is_recorded_once_as_the_surer_saw_it() -> None:
    text = "The minister said the talks had failed for good."
    found = staged(
        text,
        statement(text, "said", "the talks had failed", confidence=0.4, speaker="The minister"),
        statement(text, "said", "the talks had failed for good", confidence=0.8, speaker="The minister"),
    )
    assert [(one.content[0].text, one.confidence) for one in found.statements] == [("the talks had failed for good", 0.8)]


def test_a_statement_knows_the_smallest_one_it_stands_in() -> None:
    text = "Anna said Boris had claimed that Clara hoped to win."
    found = staged(
        text,
        statement(text, "said", "Boris had claimed that Clara hoped to win", speaker="Anna"),
        statement(text, "had claimed", "that Clara hoped to win", speaker="Boris"),
        statement(text, "hoped", "to win", speaker="Clara"),
    ).statements
    assert [one.within for one in found] == [None, found[0].id, found[1].id]


def test_a_medium_before_what_somebody_said_is_the_relay_of_one_statement() -> None:
    text = "According to a report by Die Lage, these envoys warned that troops would come."
    inner = statement(text, "warned", "that troops would come", speaker="these envoys")
    outer = statement(text, "According to", "these envoys warned that troops would come", speaker="a report by Die Lage")
    for frames in ([inner], [outer, inner]):
        (found,) = staged(text, *frames).statements
        assert found.speaker is not None
        assert found.speaker.text == "these envoys"
        assert [(via.text, via.outlet) for via in found.via] == [("a report by Die Lage", "Die Lage")]
        assert "rule/relay" in found.by


def test_a_chain_of_media_begins_with_the_one_nearest_the_reader() -> None:
    text = "According to the daily Courier, these envoys warned the agency Volga-Inform that troops would come."
    (found,) = staged(
        text,
        statement(text, "According to", text[32:-1], speaker="the daily Courier"),
        statement(text, "warned", "that troops would come", speaker="these envoys", via="the agency Volga-Inform"),
    ).statements
    assert [via.outlet for via in found.via] == ["Courier", "Volga-Inform"]


def test_a_medium_that_quotes_somebody_is_the_relay_of_what_it_quotes() -> None:
    text = "The Volga-Inform agency quotes an envoy as saying troops would come."
    outer, inner = staged(
        text,
        statement(text, "quotes", "an envoy as saying troops would come", speaker="The Volga-Inform agency"),
        statement(text, "as saying", "troops would come", speaker="an envoy"),
    ).statements
    assert outer.via == ()
    assert [via.outlet for via in inner.via] == ["Volga-Inform"]
    assert inner.within == outer.id


def test_an_office_is_no_medium() -> None:
    text = "According to the ministry, these envoys warned that troops would come."
    (found,) = staged(text, statement(text, "warned", "that troops would come", speaker="these envoys")).statements
    assert found.via == ()


HEDGED = [
    (
        "The palace is reportedly considering leaving.",
        "is reportedly considering",
        "leaving",
        [("is reportedly considering", "considering"), ("reportedly", "reported")],
    ),
    (
        "The envoy, who spoke on condition of anonymity, said talks failed.",
        "said",
        "talks failed",
        [("on condition of anonymity", "unnamed")],
    ),
    ("The palace allegedly wants out.", "wants", "out", [("allegedly", "alleged")]),
    ("The palace said it was allegedly robbed.", "said", "it was allegedly robbed", []),
    ("The palace denied leaving.", "denied", "leaving", [("denied", "denied")]),
    ("The palace did not deny leaving.", "did not deny", "leaving", []),
    ("The palace has not ruled out leaving.", "has not ruled out", "leaving", [("has not ruled out", "considering")]),
]


UNNAMED = [
    ("A Western diplomat in Oslo", "A Western diplomat"),
    ("Two officials familiar with the talks", "Two officials"),
    ("The minister", None),
    ("A diplomat, Albert Holm,", None),
    ("An official statement", None),
    ("Officials", None),
]


@pytest.mark.parametrize("speaker, hedge", UNNAMED)
def test_a_speaker_who_is_one_of_many_and_has_no_name_is_a_hedge(speaker: str, hedge: str | None) -> None:
    text = f"{speaker} said talks failed."
    (found,) = staged(text, statement(text, "said", "talks failed", speaker=speaker)).statements
    assert [(one.text, one.kind) for one in found.hedges] == ([] if hedge is None else [(hedge, "unnamed")])


@pytest.mark.parametrize(
    "text, cue, content, hedge",
    [
        ("He renews his May offer of talks.", "offer", "of talks", "May"),
        ("He went on to reject talks.", "to reject", "talks", "reject"),
        ("Posts allege that a cable was cut.", "allege", "that a cable was cut", "allege that a cable"),
    ],
)
def test_what_the_reader_points_at_and_cannot_be_a_hedge_is_none(text: str, cue: str, content: str, hedge: str) -> None:
    kinds = {"hedge_kind": "possible" if hedge == "May" else "reported" if hedge == "reject" else "denied"}
    (found,) = staged(text, statement(text, cue, content, kinds, hedge=hedge)).statements
    assert hedge not in [one.text for one in found.hedges]


@pytest.mark.parametrize("text, cue, content, hedges", HEDGED)
def test_words_of_doubt_beside_the_cue_are_hedges_with_their_own_span(
    text: str, cue: str, content: str, hedges: list[tuple[str, str]]
) -> None:
    (found,) = staged(text, statement(text, cue, content)).statements
    assert [(hedge.text, hedge.kind) for hedge in found.hedges] == hedges


CONTINUED = [
    ("She reaffirmed her vow.", "reaffirmed", "her vow", "reaffirm"),
    ("She has maintained a ban.", "has maintained", "a ban", "maintain"),
    ("She has repeated her offer.", "has repeated", "her offer", "reaffirm"),
    ("She has always refused a ban.", "has always refused", "a ban", "maintain"),
    ("She stands by her vow.", "stands by", "her vow", "maintain"),
    ("She backed away from a ban.", "backed away from", "a ban", "soften"),
    ("She hardened her terms.", "hardened", "her terms", "harden"),
    ("She did not repeat her offer.", "did not repeat", "her offer", None),
    ("She wouldn’t repeat her offer.", "wouldn’t repeat", "her offer", None),
    ("She announced a ban.", "announced", "a ban", None),
]


@pytest.mark.parametrize("text, cue, content, continuity", CONTINUED)
def test_the_cue_itself_may_say_that_a_position_is_kept(text: str, cue: str, content: str, continuity: str | None) -> None:
    (found,) = staged(text, statement(text, cue, content)).statements
    assert found.continuity == continuity


def test_the_cues_own_words_go_before_what_the_reader_says_of_continuity() -> None:
    """The reader is asked where the words say nothing."""
    for cue, kept in (("renewed", "reaffirm"), ("recalled", "soften")):
        text = f"She {cue} her offer."
        (found,) = staged(text, statement(text, cue, "her offer", {"continuity": "soften"})).statements
        assert found.continuity == kept


RELATED = [
    ("Anna warned of war. This was echoed by envoys, who stressed haste.", "stressed", "haste", "echo", "was echoed by"),
    ("Anna warned of war. This contrasts with Rome, where aides stressed haste.", "stressed", "haste", "contrast", "contrasts with"),
    ("Anna warned of war. Later envoys stressed haste.", "stressed", "haste", None, ""),
]


@pytest.mark.parametrize("text, cue, content, kind, words", RELATED)
def test_only_words_that_say_so_relate_two_statements(text: str, cue: str, content: str, kind: str | None, words: str) -> None:
    first, second = staged(text, statement(text, "warned", "of war", speaker="Anna"), statement(text, cue, content)).statements
    assert [(one.kind, one.to, one.spans[0].text) for one in second.relations] == ([(kind, first.id, words)] if kind else [])
    assert first.relations == ()


SAID = [
    ("Anna told reporters on May 26 that troops would come.", "told", "that troops would come", "May 26", True),
    ("On May 26, Anna said that troops would come.", "said", "that troops would come", "May 26", True),
    ("Anna said that troops would come on May 26.", "said", "that troops would come on May 26", "May 26", False),
    ("Anna, in office since May 26, said troops would come.", "said", "troops would come", "May 26", False),
]


@pytest.mark.parametrize("text, cue, content, time, told", SAID)
def test_the_time_of_saying_stands_beside_the_cue_and_not_in_the_content(text: str, cue: str, content: str, time: str, told: bool) -> None:
    start, end = at(text, time)
    expression = TimeExpression(start=start, end=end, text=time, value="2024-05-26", type="DATE", anchor_span=None)
    (found,) = staged(text, statement(text, cue, content, speaker="Anna"), times=[expression]).statements
    assert (found.said.when is not None and found.said.when.first == "2024-05-26") == told


def test_roles_become_mentions_and_spans_that_nothing_is_resolved_in_yet() -> None:
    text = "Anna told the envoys at a dinner in Rome that troops would come."
    frame = statement(text, "told", "that troops would come", speaker="Anna", addressee="the envoys", venue="a dinner", where="Rome")
    (found,) = staged(text, frame).statements
    assert [(one.text, one.actors, one.countries, one.unnamed) for one in found.addressee] == [("the envoys", (), (), False)]
    assert [one.text for one in found.venue] == ["a dinner"]
    assert [one.text for one in found.said.where] == ["Rome"]
    assert found.by == "reader/en-1"


def test_conditions_and_events_are_linked_both_ways() -> None:
    text = "Anna said they would attack if talks failed."
    found = staged(
        text,
        statement(text, "said", "they would attack if talks failed", speaker="Anna"),
        condition(text, "if", "talks failed", "they would attack"),
        event(text, "attack", actor="they"),
    )
    (one,) = found.statements
    assert one.conditions == (found.conditions[0].id,)
    assert one.events == (found.events[0].id,)
    assert found.conditions[0].statement == found.events[0].statement == one.id


TEXTS = st.text(alphabet="ab AB.,:\n\"“”‘’'if and or not By", max_size=120)
EXTENTS = st.tuples(st.integers(-3, 130), st.integers(-3, 130)).map(lambda pair: (min(pair), max(pair) + 1))
ROLES = ("speaker", "content", "addressee", "venue", "where", "when", "hedge", "via", "antecedent", "consequent", "actor", "recipient")
FRAMES = st.builds(
    Frame,
    kind=st.sampled_from(["statement", "condition", "event"]),
    trigger=st.lists(EXTENTS, max_size=2).map(tuple),
    roles=st.dictionaries(st.sampled_from(ROLES), st.lists(EXTENTS, max_size=3).map(tuple), max_size=6),
    attributes=st.fixed_dictionaries(
        {},
        optional={
            "act": st.sampled_from(["warn", "nonsense"]),
            "kind": st.sampled_from(["if", "when", "nonsense"]),
            "op": st.sampled_from(["and", "or", "none"]),
            "realis": st.sampled_from(["open", "x"]),
            "type": st.sampled_from(["AID", "x"]),
            "mode": st.sampled_from(["future", "x"]),
        },
    ),
    confidence=st.floats(-1, 2),
)  # fmt: skip


@given(TEXTS, st.lists(FRAMES, max_size=8), st.lists(EXTENTS, max_size=5))
def test_no_text_and_no_frames_fail_and_every_span_proves_itself(text: str, frames: list[Frame], sentences: list[Extent]) -> None:
    times = tuple(
        TimeExpression(start=start, end=end, text=text[start:end], value="2024-05", type="DATE", anchor_span=None)
        for start, end in sentences
        if 0 <= start < end <= len(text)
    )
    found = extract(text, Frames(frames=frames, sentences=sentences), article="ar_1", reader="en/1", times=times, published=UNDATED)
    ids = [record.id for record in (*found.statements, *found.conditions, *found.events)]
    assert len(ids) == len(set(ids))
    _proves(found, text)
    _ends(found)


def _proves(found: Extracted, text: str) -> None:
    for one in found.statements:
        pieces = [*one.content, *one.addressee, *one.venue, *one.said.where, *one.via, *one.hedges]
        pieces += [piece for piece in (one.speaker, one.cue, *(one.cue.more if one.cue else ())) if piece is not None]
        assert all(piece.proves(text) for piece in pieces)
        assert one.content
        assert 0 <= one.confidence <= 1
    for bound in found.conditions:
        leaves = [leaf.span for leaf in bound.parts.leaves()]
        assert all(piece.proves(text) for piece in (bound.marker, *bound.antecedent, *bound.consequent, *leaves))  # type: ignore[union-attr]
        assert bound.antecedent
    for deed in found.events:
        assert deed == span(text, deed.extent) or deed.proves(text)


def _ends(found: Extracted) -> None:
    """Whoever follows "within" comes to an end."""
    above = {one.id: one.within for one in found.statements}
    for one in found.statements:
        at_, steps = one.within, 0
        while at_ is not None:
            at_, steps = above[at_], steps + 1
            assert steps <= len(above)


def test_the_stop_of_a_short_form_stays_with_its_word() -> None:
    text = "Ilse Marrow, R-Ky., said they stay."
    (found,) = staged(text, statement(text, "said", "they stay", speaker="Ilse Marrow, R-Ky")).statements
    assert found.speaker is not None
    assert found.speaker.text == "Ilse Marrow, R-Ky."


def test_a_cue_begins_with_the_mark_of_a_short_verb() -> None:
    text = "And she’s still saying it."
    (found,) = staged(text, statement(text, "s still saying", "it", speaker="she")).statements
    assert found.cue is not None
    assert found.cue.text == "’s still saying"


@pytest.mark.parametrize(
    "text, content, addressee, kept",
    [
        ("“We speak to sailors, and listen,” she told Brandt.", "“We speak to sailors, and listen,”", "sailors", []),
        ("“We listen,” she told Brandt.", "“We listen,”", "Brandt", ["Brandt"]),
        ("“She told sailors to go,” he said.", "sailors to go", "sailors", ["sailors"]),
        ("Some members called for new rules.", "new rules", "Some members", []),
    ],
)
def test_nobody_is_addressed_in_what_is_quoted_or_by_themselves(text: str, content: str, addressee: str, kept: list[str]) -> None:
    speaker, cue = ("Some members", "called for") if "members" in text else ("She" if "She" in text else "she", "told")
    (found,) = staged(text, statement(text, cue, content, speaker=speaker, addressee=addressee)).statements
    assert [one.text for one in found.addressee] == kept


@pytest.mark.parametrize(
    "text, venue, kept",
    [
        ("She repeated it in her campaign, and criticised him.", "her campaign, and criticised him", ["her campaign"]),
        ("According to the Tide Courier, she said it.", "the Tide Courier", []),
    ],
)
def test_a_venue_is_one_phrase_and_not_who_reports(text: str, venue: str, kept: list[str]) -> None:
    via = {"via": "the Tide Courier"} if "Courier" in text else {}
    cue = "said" if via else "repeated"
    (found,) = staged(text, statement(text, cue, "it", speaker="she" if via else "She", venue=venue, **via)).statements
    assert [one.text for one in found.venue] == kept


def test_a_labelled_turn_is_its_speakers_to_its_end() -> None:
    text = "MS. KASK: Eels were discussed. The tax goes up unless somebody acts. There is a bill.\n\nQUESTION: Whose?"
    (found,) = staged(text, statement(text, ":", "Eels were discussed", speaker="MS. KASK")).statements
    assert [piece.text for piece in found.content] == ["Eels were discussed. The tax goes up unless somebody acts. There is a bill"]
