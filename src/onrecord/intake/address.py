"""Addresses on the web in the one form under which a page is known, and which of a page's two addresses is believed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from onrecord.lexicons import load

MAX_LENGTH = 2000
_PORTS = {"http": 80, "https": 443}
_BLANK = re.compile(r"^[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+|[\t\r\n]+|[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+$")
_NUMBERS = re.compile(r"[\d.]+|\[.*\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH = "/:@!$&'()*+,;=-._~%"


def tidy(address: str, base: str | None = None) -> str | None:
    """The address in its one form, or None where it is none on the web (http, https), or longer than any real one.

    Host in lower case and ASCII; without user, standard port, fragment, trackers; ``..`` resolved; escapes in one form.

    Args:
        base: what it is relative to, where it may be.
    """
    address = _BLANK.sub("", address)
    if len(address) > MAX_LENGTH:
        return None
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host = _host(parts)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or host is None:
        return None
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, place, _path(parts.path), _query(parts.query), ""))


def believed(said: Iterable[str], fetched: str | None) -> tuple[str | None, bool]:
    """The address under which a page is known, and whether it named one of another site.

    A page may name another address of its own site, never one of somebody else's: else anybody's page could pass for any outlet's.
    Nor is it known under the front page of its site, which some name on all their pages.

    Args:
        said: what the page says of itself, the most trusted first.
        fetched: where it was fetched; None for a file, whose word is believed.
    """
    at = tidy(fetched) if fetched else None
    named = (tidy(each, at) for each in said if at or "://" in each)
    own = [each for each in named if each is not None and (each == at or urlsplit(each)[2:4] != ("/", ""))]
    if at is None:
        return (own[0] if own else None), False
    home = site(at)
    ours = [each for each in own if site(each) == home]
    return (ours[0] if ours else at), len(ours) < len(own)


def site(address: str) -> str:
    """The domain that somebody registered: ``harbour.example`` for every host under it; of shared hosting, and of numbers, the host."""
    import tld  # it comes with trafilatura, and only pages need it

    host = urlsplit(address).hostname or ""
    if _NUMBERS.fullmatch(host) or ":" in host:
        return host
    return tld.get_fld(address, fail_silently=True, search_private=True) or ".".join(host.split(".")[-2:])


def host(address: str | None) -> str | None:
    """Host of the address without ``www.``, which names the outlet where nothing else does."""
    return (urlsplit(address).hostname or "").removeprefix("www.") or None if address else None


def _host(parts: SplitResult) -> str | None:
    """The host in ASCII; None where it is none."""
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        return f"[{name}]"
    try:
        name = name.encode("idna").decode("ascii").lower() if not name.isascii() else name
    except UnicodeError:
        return None
    return name if name and len(name) <= 253 and all(_LABEL.fullmatch(label) for label in name.split(".")) else None


def _path(path: str) -> str:
    """Dots resolved, escapes in one form; a slash at the end stays, because it may be another page."""
    path = _escaped(path, _PATH)
    if "/." in path:
        slash = "/" if path.endswith(("/", "/.", "/..")) else ""
        path = posixpath.normpath(path).rstrip("/") + slash
    return "/" + path.lstrip("/") if path else "/"


def _query(query: str) -> str:
    kept = [pair for pair in query.split("&") if pair and not _tracks(unquote(pair.partition("=")[0]).casefold())]
    return "&".join(_escaped(pair, _PATH + "?[]|") for pair in kept)


def _escaped(text: str, safe: str) -> str:
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if chr(int(found[1], 16)) in _UNRESERVED else found[0].upper(), text)
    # A sign of percent that begins no escape is one itself.
    return re.sub(r"%(?![0-9A-F]{2})", "%25", quote(plain, safe=safe))


def _tracks(name: str) -> bool:
    exact, beginnings = _trackers()
    return name in exact or name.startswith(beginnings)


@cache
def _trackers() -> tuple[frozenset[str], tuple[str, ...]]:
    names = load("webpages")["trackers"]
    return frozenset(name for name in names if not name.endswith("*")), tuple(name[:-1] for name in names if name.endswith("*"))
