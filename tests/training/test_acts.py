"""The list of cues that name their act, counted from marked articles."""

from pathlib import Path

from tests.training.test_data import MARKED
from training import acts


def _seen(key: str, *given: str) -> list[acts.Seen]:
    return [(key, act, f"story-{n}") for n, act in enumerate(given)]


def test_each_statement_is_seen_with_and_without_how_its_content_begins(tmp_path: Path) -> None:
    """Articles and files left out are not looked at."""
    (tmp_path / "t-1.xml").write_text(MARKED, "utf-8")
    assert list(acts.seen(tmp_path)) == [("say + it", "commit", "t-1"), ("say", "commit", "t-1")]
    assert not list(acts.seen(tmp_path, drop={"t-1"}))
    assert not list(acts.seen(tmp_path, skip={"t-1.xml"}))


def test_only_a_cue_with_one_act_in_enough_stories_is_listed() -> None:
    """One story says it once, however often its articles repeat it; a verb that borrows its meaning is never listed."""
    found = [
        *_seen("urge", "urge", "urge", "urge"),
        *_seen("warn", "warn", "threaten", "warn"),
        *_seen("hail", "praise", "praise"),
        *[("beg", "urge", "story-1")] * 3,
        *_seen("begin", "believe", "believe", "believe"),
    ]
    assert acts.listed(found) == {"urge": "urge"}


def test_a_construction_is_listed_where_the_lemma_alone_says_less() -> None:
    """Where both say the same, the lemma is enough."""
    offered = [*_seen("offer + to", "offer", "offer", "offer"), *_seen("offer", "offer", "offer", "assert")]
    urged = [*_seen("urge + it", "urge", "urge", "urge"), *_seen("urge", "urge", "urge", "urge")]
    assert acts.listed([*offered, *urged]) == {"offer + to": "offer", "urge": "urge"}
