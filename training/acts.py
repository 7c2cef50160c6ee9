"""Writes the list of cues that name their act: ``python -m training.acts --corpus DIR --voa DIR --weblogs DIR --hold FILE``.

A cue (its lemma, with how the content begins, or alone) is listed where the marked articles give it one act only, in enough articles;
those that no model is trained on are not looked at.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.extract.acts import constructions
from training.data import articles, check

OUT = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "lexicons" / "en" / "acts.toml"
HEAD = """# Cues that name the act of their statement: the lemma, "not" where it is negated, alone or with how the content begins
# ("to", "that", else "it"). Origin: counted by training/acts.py over the marks of the corpus and of the other training articles,
# test articles left out; listed is what has one act in {share:.0%} of at least {least} articles.
[acts]
"""
LIGHT = frozenset("be begin come get give go have hear issue keep like make not put serve set start take yet".split())
"""Heads that say little without the words behind them ("began to doubt", "served notice"): never listed."""

LEAST = 3
SHARE = 0.95
Seen = tuple[str, str, str]


def seen(folder: Path, *, drop: set[str] = frozenset(), skip: set[str] = frozenset()) -> Iterator[Seen]:
    """Construction, act and story of each marked statement with a cue: the articles of a story repeat one another."""
    for path, text, marks, attributes in articles(folder, drop=drop, skip=skip):
        name = attributes["id"]
        story = name.rsplit("-", 1)[0] if attributes.get("style") and path.parent.name == "w5" else name
        for one in check.gold(text, marks, attributes)["attributions"]:
            if one.get("act") and one["cue"]:
                cue = [text[start:end] for start, end in one["cue"]]
                start, end = one["content"][0]
                for key in constructions(cue, text[start:end]):
                    yield key, one["act"], story


def listed(found: Iterable[Seen], *, least: int = LEAST, share: float = SHARE) -> dict[str, str]:
    """The constructions with one act, without those of which the lemma alone says the same."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, act, _ in sorted(set(found)):
        counts[key][act] += 1
    out = {}
    for key, acts in counts.items():
        act, most = acts.most_common(1)[0]
        head = key.removeprefix("not ").split()[0]
        if re.match(r"[a-z]", key) and head not in LIGHT and sum(acts.values()) >= least and most >= share * sum(acts.values()):
            out[key] = act
    return {key: act for key, act in sorted(out.items()) if " + " not in key or out.get(key.split(" + ")[0]) != act}


def main() -> None:
    """Count, and write the list."""
    ask = argparse.ArgumentParser(prog="python -m training.acts", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--corpus", type=Path, required=True)
    ask.add_argument("--voa", type=Path)
    ask.add_argument("--weblogs", type=Path)
    ask.add_argument("--hold", nargs="*", default=[])
    a = ask.parse_args()
    found = list(seen(a.corpus / "articles", drop=set((a.corpus / "test.txt").read_text().split())))
    for folder in (a.voa, a.weblogs):
        found += list(seen(folder, skip=set(a.hold))) if folder else []
    rows = [f'"{key}" = "{act}"\n' for key, act in listed(found).items()]
    OUT.write_text(HEAD.format(share=SHARE, least=LEAST) + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} cues in {OUT.name}")


if __name__ == "__main__":
    main()
