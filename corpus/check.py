#!/usr/bin/env python3
"""Check marked articles, and turn them into JSON lines with spans.

    check.py FILE.xml…              every problem, and counts
    check.py --jsonl OUT FILE.xml…  OUT/articles.jsonl and OUT/gold.jsonl, for scoring and training

Standard library only.
"""

import collections
import datetime
import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ACTS = set(
    "assert commit threaten warn demand urge propose offer permit refuse restrict consider deny accuse criticise praise agree ask plan "
    "believe wish".split()
)
CONT = set("maintain reaffirm soften harden reverse".split())
KINDS = set("if unless until once as-long-as in-case when should without provided only-after in-exchange otherwise".split())
TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)
MODES = set("actual future hypothetical negated historical".split())
HEDGES = set("reported alleged unnamed possible considering denied".split())
# The TIMEX3 values in use: days, months, weeks, quarters, halves, seasons, decades, times of day, durations, references, and a range
# as FROM/TO.
_DAY = (
    r"(?:\d{2,4}|XXXX)(?:-(?:\d\d|XX|W\d\d|WXX|Q[1-4X]|H[12]|SP|SU|FA|WI))?(?:-(?:\d\d?|XX|WE))?"
    r"(?:T(?:[\d:]+(?:Z|[+-][\d:]+)?|MO|MI|AF|EV|NI|DT|XX))?"
)
VALUE = re.compile(rf"(?:{_DAY}(?:/{_DAY})?|FY\d{{4}}|P[\dX.]*[YMWDE]?.*|T[\dMAEN].*|(?:PRESENT|PAST|FUTURE)_REF)$")
_WHO = r"(?:person|state|org|outlet|group):[a-zA-Z0-9-]+"
WHO = re.compile(rf"{_WHO}(?: {_WHO})*|unknown")
REALIS = set("open counterfactual generic".split())
ROLES = {
    "sp": "speaker",
    "cue": "cue",
    "con": "content",
    "to": "addressee",
    "ven": "venue",
    "loc": "where",
    "at": "when",
    "hg": "hedge",
    "via": "via",
}


def read(path):
    """(text, marks, attributes) of each article in a file: one <article>, or several in <articles>."""
    root = ET.fromstring(Path(path).read_text(encoding="utf-8"))
    return [unmark(e) for e in (root if root.tag == "articles" else [root])]


def unmark(root):
    """(text, marks, attributes) of one article; marks are (tag, attributes, start, end)."""
    text, marks = [], []

    def at():
        return sum(map(len, text))

    def walk(e, top=False):
        start = at()
        text.append(e.text or "")
        for child in e:
            walk(child)
            text.append(child.tail or "")
        if not top:
            marks.append((e.tag, dict(e.attrib), start, at()))

    walk(root, True)
    raw = "".join(text)
    lead = len(raw) - len(raw.lstrip("\n"))
    body = raw.strip("\n")
    return body, [(t, a, s - lead, e - lead) for t, a, s, e in marks], dict(root.attrib)


def problems(text, marks, attrs):
    """What is wrong with an article's marks, one line each; empty where all is well."""
    bad = []
    for need in ("id", "outlet", "date", "style", "title"):
        if need not in attrs:
            bad.append(f"article has no {need}")
    # Real articles whose day of publication is not known carry date="unknown", and no values that would rest on it.
    dated = attrs.get("date") != "unknown"
    if dated and not re.fullmatch(r"\d{4}-\d\d-\d\d", attrs.get("date", "")):
        bad.append("article date is neither YYYY-MM-DD nor unknown")
    elif dated:
        try:
            datetime.date.fromisoformat(attrs["date"])
        except ValueError as e:
            bad.append(f"article date {attrs['date']}: {e}")
    st, cn = collections.defaultdict(lambda: collections.Counter()), collections.defaultdict(lambda: collections.Counter())
    for tag, a, s, e in marks:
        piece = text[s:e]
        here = f"<{tag}> {piece[:50]!r}"
        if not piece.strip():
            bad.append(f"{here} is empty")
        elif piece != piece.strip():
            bad.append(f"{here} begins or ends with white space")
        if tag in ROLES:
            if not a.get("n", "").split():
                bad.append(f"{here} has no n")
            for n in a.get("n", "").split():
                st[n][tag] += 1
            if tag == "cue" and a.get("act") not in ACTS:
                bad.append(f"{here} act={a.get('act')}")
            if tag == "cue" and a.get("cont", "maintain") not in CONT:
                bad.append(f"{here} cont={a.get('cont')}")
            if tag == "hg" and a.get("kind") not in HEDGES:
                bad.append(f"{here} kind={a.get('kind')}")
            if tag == "sp" and not WHO.fullmatch(a.get("who", "")):
                bad.append(f"{here} who={a.get('who')}")
            if tag == "sp" and (odd := [c for c in a.get("cc", "").split() if not re.fullmatch("[A-Z]{3}", c)]):
                bad.append(f"{here} cc={odd}")
            if tag == "at" and not VALUE.match(a.get("v", "PRESENT_REF")):
                bad.append(f"{here} v={a['v']}")
            if tag == "at" and "v" not in a and dated:
                bad.append(f"{here} has no v")
        elif tag in ("mk", "an", "cs"):
            if "c" not in a:
                bad.append(f"{here} has no c")
            cn[a.get("c")][tag] += 1
            joined = a.get("op", "and") in ("and", "or")
            if tag == "mk" and (a.get("kind") not in KINDS or not joined or a.get("realis", "open") not in REALIS):
                bad.append(f"{here} kind={a.get('kind')} op={a.get('op')} realis={a.get('realis')}")
        elif tag == "ev":
            if a.get("type") not in TYPES or a.get("mode") not in MODES:
                bad.append(f"{here} type={a.get('type')} mode={a.get('mode')}")
        elif tag == "dt":
            if not VALUE.match(a.get("v", "")) or a.get("t") not in ("DATE", "TIME", "DURATION", "SET"):
                bad.append(f"{here} v={a.get('v')} t={a.get('t')}")
        else:
            bad.append(f"unknown tag <{tag}>")
    for n, roles in st.items():
        if not roles["con"]:
            bad.append(f"statement {n} has no content")
        if not roles["cue"] and not roles["via"] and not roles["hg"]:
            bad.append(f"statement {n} has no cue")
        if roles["sp"] > 1:
            bad.append(f"statement {n} has {roles['sp']} speakers")
    for c, roles in cn.items():
        if not roles["an"] or not roles["mk"]:
            bad.append(f"condition {c} lacks a marker or an antecedent")
    if dated and (bit := re.search(r" {2,}| [,.;]", text)):
        bad.append(f"stray space {bit.group()!r}")
    return bad


def gold(text, marks, attrs):
    """The marks as one row of JSON: attributions, conditions, events and dates with their spans."""
    st, cn, evs, dts = {}, {}, [], []
    for tag, a, s, e in sorted(marks, key=lambda m: m[2]):
        sp = [s, e]
        if tag in ROLES:
            for n in a["n"].split():
                x = st.setdefault(n, {"source": [], "cue": [], "content": []})
                if tag == "sp":
                    x["source"].append(sp)
                    x["who"], x["countries"] = a.get("who", "").split(), a.get("cc", "").split()
                elif tag == "cue":
                    x["cue"].append(sp)
                    x.setdefault("act", a.get("act"))
                    if a.get("cont"):
                        x["continuity"] = a["cont"]
                elif tag == "con":
                    x["content"].append(sp)
                else:
                    x.setdefault(ROLES[tag], []).append({"span": sp, **{k: v for k, v in a.items() if k != "n"}})
            if tag == "at" and "v" in a:
                dts.append({"start": s, "end": e, "value": a["v"], "type": "DATE"})
        elif tag in ("mk", "an", "cs"):
            x = cn.setdefault(a["c"], {"marker": [], "antecedent": [], "consequent": []})
            x[{"mk": "marker", "an": "antecedent", "cs": "consequent"}[tag]].append(sp)
            if tag == "mk":
                x.update({k: a[k] for k in ("kind", "op", "realis") if k in a})
        elif tag == "ev":
            evs.append({"start": s, "end": e, "type": a["type"], "mode": a["mode"], "actor": a.get("a"), "recipient": a.get("r")})
        elif tag == "dt":
            dts.append({"start": s, "end": e, "value": a["v"], "type": a["t"]})
    for x in cn.values():
        x["consequent"] = x["consequent"] or None
    return {
        "id": attrs["id"],
        "attributions": list(st.values()),
        "conditions": list(cn.values()),
        "marked_events": evs,
        "marked_dates": dts,
    }


def main(args):
    """Check the files and say what was found; 1 where anything is wrong."""
    out = None
    if args[:1] == ["--jsonl"]:
        out, args = Path(args[1]), args[2:]
        out.mkdir(parents=True, exist_ok=True)
    arts, golds, total, wrong = [], [], collections.Counter(), 0
    for p in args:
        try:
            found = read(p)
        except ET.ParseError as e:
            print(f"{Path(p).name}: not well-formed: {e}")
            wrong += 1
            continue
        for text, marks, attrs in found:
            bad = problems(text, marks, attrs)
            for b in bad:
                print(f"{attrs.get('id', Path(p).name)}: {b}")
            wrong += bool(bad)
            if not bad:
                g = gold(text, marks, attrs)
                total.update(
                    articles=1,
                    words=len(text.split()),
                    statements=len(g["attributions"]),
                    conditions=len(g["conditions"]),
                    events=len(g["marked_events"]),
                    dates=len(g["marked_dates"]),
                )
                arts.append(
                    {
                        "id": attrs["id"],
                        "title": attrs["title"],
                        "outlet": attrs["outlet"],
                        "published": None if attrs["date"] == "unknown" else attrs["date"],
                        "style": attrs["style"],
                        "text": text,
                    }
                )
                golds.append(g)
    if out:
        for name, rows in (("articles", arts), ("gold", golds)):
            (out / f"{name}.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    print(f"{wrong} with problems;", dict(total))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
