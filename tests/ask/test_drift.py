"""What a retelling leaves out of the central statement: named with both wordings, and only where nothing in it stands for it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from onrecord.ask.coverage import Coverage
from onrecord.records import Condition, Part, Span
from onrecord.reports import Provenance, Report, Saying, Wording

from .standins import page, report

WHOLE = "If the talks succeed and if the crowns are paid by Friday, Norland will open the gate"
PARTS = ["the talks succeed", "the crowns are paid by Friday"]
DRIFTED = [
    ("a condition is gone", "Norland will open the gate if the talks succeed", ["the talks succeed"],
     "and if the crowns are paid by Friday"),
    ("the other one is gone", "Norland will open the gate once the crowns are paid", ["the crowns are paid"], "If the talks succeed"),
    ("both stand there in other words", "Norland would open the gate if negotiations work and money arrives",
     ["negotiations work", "money arrives"], None),
    ("both stand there as one", "Norland would open the gate provided the parley works and the money comes",
     ["the parley works and the money comes"], None),
    ("the sentence after has it", "Norland will open the gate if the talks succeed. Crowns must be paid by Friday too",
     ["the talks succeed"], None),
    ("both are gone", "Norland will open the gate on Monday", [], "If the talks succeed and if the crowns are paid by Friday"),
]  # fmt: skip


def bound(text: str, said: str, parts: list[str], **values: Any) -> Report:
    """A report in which Marit Holm says this, and it hangs on these parts."""
    first = said.partition(". ")[0]
    made = {"speaker": "Marit Holm", "cue": "said", "content": [first], "act": "commit", "actors": ["person:marit-holm"],
            "names": {"person:marit-holm": "Marit Holm"}, "condition": (parts[0], parts[0], first) if parts else None}  # fmt: skip
    if not parts:
        return report(text, {**made, "condition": None}, **values)
    one = report(text, made, **values)

    def leaf(words: str) -> Part:
        start = text.index(words)
        return Part(span=Span(start=start, end=start + len(words), text=words), negated=False, deadline=None, events=())

    condition: Condition = one.extraction.conditions[0]
    marker = text.rindex(" ", 0, text.index(parts[0]) - 1) + 1
    word = Span(start=marker, end=text.index(parts[0]) - 1, text=text[marker : text.index(parts[0]) - 1])
    leaves = tuple(map(leaf, parts))
    whole = msgspec.structs.replace(
        condition, marker=word, parts=leaves[0] if len(parts) == 1 else Part(op="and", parts=leaves),
        antecedent=tuple(each.span for each in leaves if isinstance(each.span, Span)),
    )  # fmt: skip
    return msgspec.structs.replace(one, extraction=msgspec.structs.replace(one.extraction, conditions=(whole,)))


def told(said: str, parts: list[str], kind: str = "rewrite") -> Coverage:
    first = bound(f"Marit Holm said: “{WHOLE}.” It rained.", WHOLE, PARTS, article="ar_1", outlet="Harbour Gazette")
    second = bound(
        f"Marit Holm said {said}. Hills are green.", said, parts, article="ar_2", outlet="Dawn Herald", day="2024-05-04", title="-"
    )
    wordings = tuple(
        Wording(statement=each.extraction.statements[0].id, article=each.article, score=1, reasons=()) for each in (first, second)
    )
    one = Saying(id="sy_1", speaker="Marit Holm", actors=("person:marit-holm",), countries=(), first=None, last=None, act="commit",
                 wordings=wordings)  # fmt: skip
    known = [Provenance(article=each, kind=of, links=(), sentence="") for each, of in (("ar_1", "own"), ("ar_2", kind))]
    return page([first, second], sayings=[one], provenances=known)


@pytest.mark.parametrize("what, said, parts, gone", DRIFTED, ids=[what for what, *_ in DRIFTED])
def test_the_brief_names_what_a_retelling_leaves_out(what, said, parts, gone):
    found = [each.text for each in told(said, parts).brief if each.kind == "differs"]
    if gone is None:
        assert found == []
    else:
        assert len(found) == 1
        assert f"leaves out the condition that Harbour Gazette of 3 May has: “{gone}”" in found[0]
        assert found[0].startswith("Dawn Herald of 4 May writes “Marit Holm said")


def test_own_reporting_is_not_held_to_leave_anything_out():
    said, parts = "Norland will open the gate if the talks succeed", ["the talks succeed"]
    assert not any(each.kind == "differs" for each in told(said, parts, kind="own").brief)
