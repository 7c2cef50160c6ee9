"""One content has one speaker: quotations over paragraphs, labels, turns, and what one tells of another."""

from __future__ import annotations

import pytest

from .staged import staged, statement

Seen = tuple[str, str | list[str], str]

RUNNING = "“We stay,” said Anna Kask. “Nobody asked us to go.\n\n“Nobody will.”\n\nThey will be asked, Boris Lind pointed out."

VOICES: list[tuple[str, list[Seen], list[tuple[str, list[str]]]]] = [
    # text, what the reader points at as (cue, content, speaker), speakers with what is theirs
    (
        # The third paragraph's speaker has no part in a quotation that went on before it.
        RUNNING,
        [
            ("said", ["“We stay,”", "“Nobody asked us to go."], "Anna Kask"),
            ("pointed out", ["“Nobody will.”", "They will be asked"], "Boris Lind"),
        ],
        [("Anna Kask", ["“We stay,”", "“Nobody asked us to go.", "“Nobody will.”"]), ("Boris Lind", ["They will be asked"])],
    ),
    (
        # Whoever loses all that way gets what stands beside the cue.
        RUNNING,
        [
            ("said", ["“We stay,”", "“Nobody asked us to go."], "Anna Kask"),
            ("pointed out", ["“Nobody asked us to go.", "“Nobody will.”"], "Boris Lind"),
        ],
        [("Anna Kask", ["“We stay,”", "“Nobody asked us to go.", "“Nobody will.”"]), ("Boris Lind", ["They will be asked"])],
    ),
    (
        # Where the mark before the next speaker was forgotten, his cue keeps what stands in its own paragraph.
        "“We stay here,” Anna said. “Nobody asked us.\n\n“We leave at once,” said Boris.",
        [
            ("said", ["“We stay here,”", "“Nobody asked us."], "Anna"),
            ("2:said", ["“Nobody asked us.", "“We leave at once,”"], "Boris"),
        ],
        [("Anna", ["“We stay here,”", "“Nobody asked us."]), ("Boris", ["“We leave at once,”"])],
    ),
    (
        # A quotation of one paragraph, with somebody in the next who was given a part of it.
        "“We stay as long as it takes,” Anna said.\n\nBoris has a low opinion of the talks.",
        [("said", "“We stay as long as it takes,”", "Anna"), ("has a low opinion", ["as long as it takes", "the talks"], "Boris")],
        [("Anna", ["“We stay as long as it takes,”"]), ("Boris", ["the talks"])],
    ),
    (
        # A label governs what follows it, and no quotation before.
        "Anna said: “We stay here.”\n\nKuri: Anna in the hall.",
        [("2::", "“We stay here.”", "Kuri")],
        [],
    ),
    (
        # A turn begins behind its own label.
        "Kuri: And if they go?\n\nANNA: Then we stay here.",
        [(":", "And if they go?", "Kuri"), ("2::", "And if they go?\n\nANNA: Then we stay here.", "ANNA")],
        [("Kuri", ["And if they go?"]), ("ANNA", ["Then we stay here"])],
    ),
    (
        # What stands beside the cue, and what stood a paragraph before.
        "“It was a long night.”\nThe feast went well, they said.",
        [("said", ["“It was a long night.”", "The feast went well"], "they")],
        [("they", ["The feast went well"])],
    ),
]

TOLD = [
    # text, the outer speaker, what that one tells
    ("Anna said the envoys would go, Boris told reporters.", "Boris", "Anna said the envoys would go"),
    ("Anna said “the envoys go home,” Boris told reporters.", "Boris", "Anna said “the envoys go home,”"),
    ("Anna said the envoys would go, as Boris told reporters.", "Boris", "the envoys would go"),
    ("Anna said the envoys would go, she told reporters.", "she", "the envoys would go"),
]


@pytest.mark.parametrize("text, seen, kept", VOICES)
def test_one_content_has_one_speaker(text: str, seen: list[Seen], kept: list[tuple[str, list[str]]]) -> None:
    found = staged(text, *(statement(text, cue, content, speaker=speaker) for cue, content, speaker in seen)).statements
    assert [(one.speaker and one.speaker.text, [piece.text for piece in one.content]) for one in found] == kept


@pytest.mark.parametrize("text, teller, told", TOLD)
def test_who_tells_what_another_said_tells_that_he_said_it(text: str, teller: str, told: str) -> None:
    said = next(piece for piece in ("“the envoys go home,”", "the envoys would go") if piece in text)
    found = staged(text, statement(text, "said", said, speaker="Anna"), statement(text, "told", said, speaker=teller)).statements
    inner, outer = sorted(found, key=lambda one: one.cue.start if one.cue else 0)
    assert [piece.text for piece in outer.content] == [told]
    assert (inner.within == outer.id) == told.startswith("Anna")
