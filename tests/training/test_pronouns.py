"""Pronouns counted in a treebank with marks of entities."""

from __future__ import annotations

from training.pronouns import documents, measure

# A made-up treebank: number, form, tag, and marks of entities.
ROWS = (
    "1 Ilse PROPN (1-person-new\n2 Marrow PROPN 1)\n3 spoke VERB _",
    "1-2 She's _ _\n1 She PRON (1-person-giv)\n2 's AUX _\n3 off ADV _",
)


def treebank() -> str:
    lines = ["# newdoc id = GUM_news_boats"]
    for sentence in ROWS:
        for row in sentence.split("\n"):
            number, form, tag, mark = row.split(" ")
            lines.append("\t".join([number, form, "_", tag, *"_____", "_" if mark == "_" else f"Entity={mark}"]))
        lines.append("")
    return "\n".join(lines)


def test_a_document_has_its_words_sentences_and_mentions() -> None:
    (document,) = documents(treebank(), ["news"])
    assert document.text == "Ilse Marrow spoke She's off "
    assert [document.text[start:end] for start, end in document.sentences] == ["Ilse Marrow spoke", "She's off"]
    assert [(document.text[slice(*one.extent)], one.entity) for one in document.mentions] == [("Ilse Marrow", "1"), ("She's", "1")]


def test_other_genres_are_left_out() -> None:
    assert list(documents(treebank(), ["speech"])) == []


def test_a_pronoun_is_right_where_it_finds_who_was_named() -> None:
    counts = measure(documents(treebank().replace("She's", "She").replace("1-2", "1-1"), ["news"]))
    assert counts["she", "right"] == counts["she", "all"] == 1
