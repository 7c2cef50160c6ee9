"""Sentences read whole: each pattern is chosen where what it quotes leaves the grammar as it is."""

from __future__ import annotations

import pytest

from .standins import page, report

HOLM = {"actors": ["person:marit-holm"], "names": {"person:marit-holm": "Marit Holm"}, "countries": ["NOR"]}

SENTENCES = [
    ("a direct quotation", "“We close the gate if they come,” Holm said.",
     {"speaker": "Holm", "cue": "said", "content": ["“We close the gate if they come,”"], "manner": "direct", **HOLM},
     "Marit Holm (Norway) said, according to Harbour Gazette of 3 May: “We close the gate if they come”."),
    ("a pronoun stands for the speaker", "She spoke for an hour. “We close the gate,” she said.",
     {"speaker": "she", "cue": "said", "content": ["“We close the gate,”"], "manner": "direct", **HOLM},
     "Marit Holm (Norway) said, according to Harbour Gazette of 3 May: “We close the gate”."),
    ("the outlet's own sentence", "Deputies of the Harbour Party fear that the gate is lost. Rain fell.",
     {"speaker": "Deputies of the Harbour Party", "cue": "fear", "content": ["that the gate is lost"], "lemma": "fear",
      "actors": ["group:deputies"], "names": {"group:deputies": "Deputies of the Harbour Party"}},
     "Harbour Gazette of 3 May writes: “Deputies of the Harbour Party fear that the gate is lost.”"),
    ("the predicate alone", "She wants the gate to be reopened before winter.",
     {"speaker": "She", "cue": "wants", "content": ["the gate to be reopened before winter"], "lemma": "want", "act": "demand", **HOLM},
     "Marit Holm (Norway), in the words of Harbour Gazette of 3 May, “wants the gate to be reopened before winter”."),
    ("a clause that is reported", "The gate will be closed before the winter begins, she added.",
     {"speaker": "she", "cue": "added", "content": ["The gate will be closed before the winter begins"], "lemma": "add", **HOLM},
     "Marit Holm (Norway) said, in the words of Harbour Gazette of 3 May: “The gate will be closed before the winter begins”."),
    ("a negated predicate keeps its negation", "She does not want the gate to be opened at all.",
     {"speaker": "She", "cue": "does not want", "content": ["the gate to be opened at all"], "lemma": "want", "act": "refuse", **HOLM},
     "Marit Holm (Norway), in the words of Harbour Gazette of 3 May, “does not want the gate to be opened at all”."),
]  # fmt: skip


@pytest.mark.parametrize("what, text, said, sentence", SENTENCES, ids=[each[0] for each in SENTENCES])
def test_a_pattern_fits(what, text, said, sentence):
    found = page([report(text, said), report("Rain fell on the hill.", article="ar_two", outlet="Lantern")])
    assert [each.text for each in found.brief][:1] == [sentence]


UNSAID = [
    ("nobody knows who speaks", "They said that it is lost for good now.",
     {"speaker": "They", "cue": "said", "content": ["that it is lost for good now"], "actors": []}),
    ("it is too unsure", "Holm said that the gate is lost.",
     {"speaker": "Holm", "cue": "said", "content": ["that the gate is lost"], "confidence": 0.3, **HOLM}),
    ("it stands in the headline alone", "Gates and talks\nRain fell.",
     {"speaker": "Gates", "cue": "and", "content": ["talks"], **HOLM}),
]  # fmt: skip


@pytest.mark.parametrize("what, text, said", UNSAID, ids=[each[0] for each in UNSAID])
def test_what_cannot_be_told_whole_is_left_out(what, text, said):
    assert page([report(text, said)]).brief == ()
