"""Outlets: whether two names are one newsroom's, and which house a newsroom belongs to.

Baltic News Wire   BNW                 one newsroom: the letters that its words begin with
Levant Dispatch    the Dispatch        its last word, where the full name stands elsewhere in the text
The Cape Examiner  capeexaminer.co     an address
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from onrecord.lexicons import load
from onrecord.records import Record

_SMALL = frozenset("of the and for de du des di da la le les el der die das und et y".split())
_TOPS = re.compile(r"\.(?:com?|org|net|info|news|tv|fm|eu|int|gov|edu|[a-z]{2})(?:\.[a-z]{2})?$")
_HOSTS = re.compile(r"^(?:https?://)?(?:www\d?|m|edition|news|amp|africa|uk|us|en)\.(?=[\w-]+\.)")


class House(Record, frozen=True, kw_only=True):
    """A newsroom that is known: its name, what it is also called, who owns it, and from when and where that is known."""

    name: str
    names: tuple[str, ...]
    owner: str | None
    as_of: int
    origin: str


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name as it is compared: no case, no accents, no article, no punctuation."""
    bare = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
    tokens = re.findall(r"[^\W_]+", re.sub(r"[’']s$", "", bare))
    return " ".join(tokens[1:] if tokens[:1] == ["the"] and len(tokens) > 1 else tokens)


@lru_cache(maxsize=8192)
def letters(name: str) -> frozenset[str]:
    """The abbreviations that a name of several words may go by: the first letters of all its words, or of the large ones."""
    # One word in the name and two in its abbreviation: CNW is a Continental Newswire.
    apart = _compound().sub(r"\1 \2", name)
    tokens = [token for token in re.findall(r"[^\W\d_]+", apart) if token.lower() != "the"]
    if len(tokens) < 2:
        return frozenset()
    if apart != name:
        whole = [token for token in re.findall(r"[^\W\d_]+", name) if token.lower() != "the"]
        both = frozenset(("".join(token[0] for token in whole).upper(),)) if len(whole) > 1 else frozenset()
    else:
        both = frozenset()
    large = [token for token in tokens if token.lower() not in _SMALL]
    return frozenset("".join(token[0] for token in some).upper() for some in (tokens, large) if len(some) > 1) | both


@cache
def _compound() -> re.Pattern[str]:
    words = "|".join(load("firsthand")["compounds"])
    return re.compile(rf"(?i)\b(?={words})(news|presse?|nachrichten)(\w+)")


@lru_cache(maxsize=8192)
def shorts(name: str) -> tuple[str, ...]:
    """What a text may call an outlet that it names in full elsewhere: "the Dispatch" for the Levant Dispatch."""
    tokens = re.sub(r"^(?:The|the)\s+", "", name).split()
    return ("the " + tokens[-1],) if len(tokens) > 1 and len(tokens[-1]) > 3 and tokens[-1][0].isupper() else ()


@lru_cache(maxsize=8192)
def head(name: str) -> str | None:
    """What is left of an agency's name without the word for what it is: "Interland" of the Interland Agency; None where nothing is."""
    tokens = re.sub(r"^(?:The|the)\s+", "", name).split()
    kept = list(tokens)
    while len(kept) > 1 and kept[-1].lower() in load("firsthand")["tails"]:
        kept.pop()
    return " ".join(kept) if 0 < len(kept) < len(tokens) and len(kept[0]) > 3 else None


@lru_cache(maxsize=65536)
def is_same(one: str, other: str) -> bool:
    """Whether two names are one newsroom's: the same in other letters, one the abbreviation of the other, an address, or known aliases."""
    if (a := plain(one)) == (b := plain(other)) or not a or not b:
        return bool(a) and a == b
    if _is_short(one, other) or _is_short(other, one):
        return True
    if "." in one or "." in other:
        return _joined(one) == _joined(other)
    first, second = _aliases().get(a), _aliases().get(b)
    return first is not None and first == second


def _is_short(short: str, name: str) -> bool:
    """Whether one is the other's abbreviation: the first letters of its words, or their beginnings, as ALPS for Alpine Press Service."""
    if not short.isupper() or not 2 <= len(short) <= 8:
        return False
    if short in letters(name):
        return True
    words = [word.upper() for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in _SMALL]
    return len(words) > 1 and len(short) > len(words) and _is_made_of(short, words)


def _is_made_of(short: str, words: list[str]) -> bool:
    """Whether the letters are beginnings of all the words, one behind the other, four letters of a word at most."""
    if not words:
        return not short
    return any(short[:size] == words[0][:size] and _is_made_of(short[size:], words[1:]) for size in range(1, min(4, len(short)) + 1))


def house(name: str) -> House | None:
    """What is known of the newsroom of that name; None where nothing is."""
    found = _aliases().get(plain(name)) or (_aliases().get(_joined(name)) if "." in name else None)
    return None if found is None else _houses()[found]


def kinship(one: str, other: str) -> str | None:
    """What makes two outlets one house, in words: "both belong to News Corp (as of 2024)"; None where nothing is known."""
    first, second = house(one), house(other)
    if first is None or second is None:
        return None
    if first.name == second.name:
        return f"both are {first.name} (as of {min(first.as_of, second.as_of)})"
    if first.owner is not None and first.owner == second.owner:
        return f"both belong to {first.owner} (as of {min(first.as_of, second.as_of)})"
    return None


def _joined(name: str) -> str:
    """A name in one piece, an address without what stands around the name in it: "www.washingtonpost.com" as "washingtonpost"."""
    bare = name.strip().lower()
    if " " not in bare and "." in bare:
        bare = _TOPS.sub("", _HOSTS.sub("", bare).split("/")[0])
    return plain(bare).replace(" ", "")


@cache
def _houses() -> dict[str, House]:
    return {
        line["name"]: House(
            name=line["name"], names=tuple(line.get("names", ())), owner=line.get("owner"), as_of=line["as_of"], origin=line["origin"]
        )
        for line in load("families")["newsroom"]
    }


@cache
def _aliases() -> dict[str, str]:
    """Names as they are compared, and in one piece, with the newsroom's name."""
    out: dict[str, str] = {}
    for name, line in _houses().items():
        for called in (name, *line.names):
            out[plain(called)] = name
            out.setdefault(_joined(called), name)
    return out
