"""Bytes to text: which encoding they are in, and which characters no text may hold."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from functools import partial

from onrecord.errors import InputError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_BROKEN = re.compile("[\x00\ud800-\udfff]")
# What English prose in windows-1252 holds beside ASCII: its quotation marks, dashes, signs and accented letters.
_WESTERN = re.compile("[^\x00-\x7f\xa0£§©«®°±²³·»¼½¾À-ÖØ-Ýß-öø-ýÿ€‚„…†‡‰‹‘’“”•–—™›ŒœŠšŽžŸ]")


# Charsets that pages are in, as Python calls them.
_ON_THE_WEB = re.compile(
    r"cp125\d|cp866|cp874|cp932|cp949|cp950|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)|tis-620|shift_jis\w*|euc_\w+|iso2022_jp\w*|gb\w+|big5\w*|hz"
)
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
# A Latin letter beside a Greek, Cyrillic, Hebrew or Arabic one.
_MIXED = re.compile("[a-z][\u0370-\u03ff\u0400-\u052f\u0590-\u06ff]|[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff][a-z]")


def decoded(raw: bytes, *, page: bool = False, header: str | None = None) -> tuple[str, str]:
    """The text without its byte-order mark, and the name of its encoding. No line end is touched.

    Args:
        raw: the bytes: with a byte-order mark, else (a page) as its header says, else UTF-8, else guessed.
        page: whether to believe a charset in the page's own header.
        header: the charset that its transport named.

    Raises:
        InputError: where no encoding fits.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], name), name
    if wide := is_wide(raw[:4096]):
        # Without a mark it is a guess, and what does not bear it out is something else.
        with suppress(UnicodeDecodeError):
            return raw.decode(wide, "surrogatepass"), wide
    # Bytes that are valid UTF-8 are UTF-8, whatever a header says: other encodings hardly ever look like it by chance.
    # What is declared is believed where its text can be one; else it lies, as where a page of windows-1252 says that it is Greek.
    names = [*([header] if header else []), *(_named(raw) if page else [])]
    declared = [partial(_declared, raw, name) for name in names]
    for attempt in (partial(_utf8, raw), partial(_broken_utf8, raw), *declared, partial(_western, raw), partial(_guessed, raw)):
        if found := attempt():
            return found
    # Where something is declared, broken characters are better than nothing.
    for name in names:
        if found := _declared(raw, name, anyhow=True):
            return found
    raise InputError("its encoding cannot be told; save it as UTF-8 and give it again")


def clean(text: str) -> tuple[str, int]:
    """The text with U+FFFD for each U+0000 and each lone surrogate, one for one, and how many there were."""
    return _BROKEN.subn("\ufffd", text)


def is_wide(head: bytes) -> str | None:
    """The UTF-16 that these bytes are in, where they have no mark but every other byte is mostly zero."""
    if len(head) < 8:
        return None
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.05 else None


def opening(head: bytes) -> str:
    """How the text begins, to tell its kind by: never fails, and is not kept."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(name, "replace")
    return head.decode(is_wide(head) or "utf-8", "replace")


def _strict(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name, "surrogatepass")
    except UnicodeDecodeError as error:
        raise InputError(f"it begins as {name.upper()} but is not (byte {error.start}); save it as UTF-8 and give it again") from error


def _utf8(raw: bytes) -> tuple[str, str] | None:
    try:
        return raw.decode("utf-8", "surrogatepass"), "utf-8"
    except UnicodeDecodeError:
        return None


def _broken_utf8(raw: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few broken bytes, as where a text was cut off: more of what is not ASCII is whole than broken."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text) - broken
    return (text, "utf-8") if whole > 2 * broken else None


def _named(raw: bytes) -> list[str]:
    """The charset that the page's own head names."""
    found = _META.search(raw[:4096])
    return [found[1].decode("ascii")] if found else []


def _declared(raw: bytes, name: str, *, anyhow: bool = False) -> tuple[str, str] | None:
    """As was declared, where the text can be one or anyhow. The web reads iso-8859-1 as windows-1252."""
    name = name.strip(" \"'").casefold()
    name = "windows-1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else name
    try:
        # Python knows codecs that are no charsets, and one that says UTF-8 and is not says nothing.
        if not _ON_THE_WEB.fullmatch(codecs.lookup(name).name):
            return None
        text = raw.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return (text, name) if anyhow or not _misread(text) else None


def _misread(text: str) -> bool:
    """Whether a text was decoded as what it is not: broken characters in number, letters of two scripts in one word, controls."""
    sample = text[:200_000]
    odd = sample.count("\ufffd") + len(_CONTROLS.findall(sample)) + len(_MIXED.findall(sample))
    letters = sum(not character.isascii() and character.isalpha() for character in sample)
    return odd * 10 > letters


def _western(raw: bytes) -> tuple[str, str] | None:
    """windows-1252, where all of it is what English prose holds and little of it is not ASCII."""
    try:
        text = raw.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    beyond = sum(not character.isascii() for character in text)
    return (text, "windows-1252") if beyond * 10 < len(text) and not _WESTERN.search(text) else None


def _guessed(raw: bytes) -> tuple[str, str] | None:
    import charset_normalizer  # costs 30 ms and is seldom needed

    best = charset_normalizer.from_bytes(raw).best()
    return (raw.decode(best.encoding, "replace"), best.encoding) if best is not None else None
