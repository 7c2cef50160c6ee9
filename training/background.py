"""Counts in how many texts each word stands, for ``group/background.tsv``; counts are facts, and no text goes along.

    python -m training.background --corpus corpus --voa VOA --weblogs WEBLOGS --treebanks TREEBANKS

The articles of ``w5`` are left out: the stories that the project measures itself on are made of them.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.group.background import TABLE, base, words

LEAST = 2
"""Words in fewer texts are as good as unknown."""

_HEAD = """\
# In how many of {texts} texts a word stands, for words in {least} or more; with a capital letter where it is mostly written so.
# Counted by training/background.py in the project's corpus (without w5), in Voice of America news (public domain), and in the
# training parts of UD English EWT and of the free genres of UD English GUM (CC BY-SA 4.0).
"""


def main() -> None:
    """Count, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("corpus", "voa", "weblogs", "treebanks"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    texts = 0
    documents: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in (*_marked(given.corpus / "articles"), *_marked(given.voa), *_marked(given.weblogs), *_treebanks(given.treebanks)):
        texts += 1
        seen = words(text)
        documents.update({base(word) for word in seen})
        small.update({base(word): 1 if word[0].islower() else -1 for word in seen})
    rows = [(count, word if small[word] > 0 else word[0].upper() + word[1:]) for word, count in documents.items() if count >= LEAST]
    lines = [f"{count}\t{word}\n" for count, word in sorted(rows, key=lambda row: (-row[0], row[1]))]
    TABLE.write_text(_HEAD.format(texts=texts, least=LEAST) + "".join(lines), encoding="utf-8")


def _marked(folder: Path) -> Iterator[str]:
    """The texts of marked articles, without their marks; single sentences are no texts."""
    for path in sorted(folder.rglob("*.xml")):
        if "sentences" in path.name or path.parent.name == "w5":
            continue
        for article in re.split(r"<article\b", path.read_text(encoding="utf-8"))[1:]:
            yield re.sub(r"<[^>]+>", "", article.partition(">")[2])


def _treebanks(folder: Path) -> Iterator[str]:
    for name in ("ewt", "gum"):
        for document in re.split(r"^# newdoc.*$", (folder / name / "train.conllu").read_text(encoding="utf-8"), flags=re.M)[1:]:
            yield "\n".join(re.findall(r"^# text = (.*)$", document, flags=re.M))


if __name__ == "__main__":
    main()
