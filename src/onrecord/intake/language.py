"""Which language a text is in, and whether it can be read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

SUPPORTED = frozenset(("en",))
NOT_SUPPORTED = "language not supported"

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SAMPLE = 4000
"""Characters looked at: the language of the first pages is the language of the text."""
_CLEARLY_ENGLISH = 0.06
"""English prose has .12 to .3 words that are English only; a foreign text that quotes an English title stays under .06."""
_FEW_WORDS = 12
"""Below this many words a foreign name or two decide, so nothing is said."""
_FEW_LETTERS = 20
"""The same for letters of other scripts, which may put no space between words."""
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f]")
_HARDLY_ENGLISH = 1e-4
"""A text is foreign where English is this unlikely, whichever of two neighbouring languages it is."""


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it is too short or too odd to be sure."""
    words = _WORD.findall(text[:_SAMPLE].casefold().replace("’", "'"))
    known = _stopwords()
    english = sum(word in known for word in words)
    if english >= max(2, _CLEARLY_ENGLISH * len(words)):
        return "en"
    if len(words) < _FEW_WORDS and len(_OTHER_SCRIPT.findall(text[:_SAMPLE])) < _FEW_LETTERS:
        return None
    ranked = _identifier().rank(text[:_SAMPLE])
    likely = dict(ranked)
    return str(ranked[0][0]) if likely.get("en", 0.0) <= _HARDLY_ENGLISH or ranked[0][0] == "en" else None


def code(name: str | None) -> str | None:
    """The code that a caller's name for a language stands for (``en`` for ``en-GB``, ``eng``, ``English``), None where it says nothing."""
    primary = re.split(r"[-_\s]", (name or "").strip().casefold())[0]
    return None if primary in ("", "und", "unknown", "none", "null", "mul", "zxx") else _names().get(primary, primary[:12])


def unsupported(language: str | None) -> str | None:
    """The reason that keeps a text in this language from being read, or None where nothing does."""
    return None if language is None or language in SUPPORTED else f"{NOT_SUPPORTED}: {language}"


@cache
def _identifier() -> Any:
    """py3langid; its first call takes .6 s, so it is asked only where the function words do not decide."""
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(_lexicon()["words"])


@cache
def _names() -> Mapping[str, str]:
    names: Mapping[str, str] = _lexicon()["names"]
    return names


@cache
def _lexicon() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("onrecord").joinpath("lexicons/en/stopwords.toml").read_text("utf-8"))
