"""A reader without a model, for tests of what stands around it: it sees ``X said that Y if Z.`` and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.records import Entity, Extent, Frame, Frames

ACTS = {"said": "assert", "warned": "warn", "promised": "commit"}
_SENTENCE = re.compile(r"[^.\n]+\.?")
_SAID = re.compile(rf"(?P<speaker>[A-Z][\w ]*?) (?P<cue>{'|'.join(ACTS)}) (?P<content>that [^.\n]+)")
_IF = re.compile(r"(?P<consequent>[^,]+) (?P<marker>if) (?P<antecedent>.+)")


class FakeReader:
    """A reader by rule, which counts the texts that it was given."""

    name = "en/fake-1"
    digest = "fake"
    threads = 1

    def __init__(self) -> None:
        self.texts = 0

    def read(self, texts: Sequence[str]) -> list[Frames]:
        self.texts += len(texts)
        return [_frames(text) for text in texts]


def _frames(text: str) -> Frames:
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    said = [match for start, end in sentences for match in _SAID.finditer(text, start, end)]
    people = [
        Entity(start=match.start("speaker"), end=match.end("speaker"), label="PER", confidence=0.9)
        for match in said if " " in match["speaker"]
    ]  # fmt: skip
    return Frames([frame for match in said for frame in _read(text, match)], people, (), sentences)


def _read(text: str, said: re.Match[str]) -> Iterator[Frame]:
    roles: dict[str, tuple[Extent, ...]] = {"speaker": (said.span("speaker"),), "content": (said.span("content"),)}
    attributes = {"act": ACTS[said["cue"]]}
    yield Frame(kind="statement", trigger=(said.span("cue"),), roles=roles, attributes=attributes, confidence=0.9)
    # After "that ", so that it is no part of what the condition binds.
    if found := _IF.fullmatch(text, said.start("content") + 5, said.end("content")):
        sides: dict[str, tuple[Extent, ...]] = {name: (found.span(name),) for name in ("antecedent", "consequent")}
        marks = {"kind": "if", "realis": "open"}
        yield Frame(kind="condition", trigger=(found.span("marker"),), roles=sides, attributes=marks, confidence=0.9)
