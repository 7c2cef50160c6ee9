"""Addresses on the web: which ones may be asked, and to which network addresses no name may lead."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit

from onrecord.intake.web.trouble import WebError
from onrecord.records import Record

LONGEST = 4000
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_PORTS = {"http": 80, "https": 443}
_LEAST_PORT = 1024
"""Under it are mail, files and other services that a forged address could be made to speak to; 80 and 443 are the web's."""
_SAFE = "/%:@!$&'()*+,;=~-._?[]"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_WRAPPED = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")))
"""IPv6 that stands for IPv4 (compatible, local NAT64, Teredo, 6to4), or for a site: no news is read there."""
_RELAY = ipaddress.IPv4Network("192.88.99.0/24")


class Address(Record, frozen=True, kw_only=True):
    """An http or https address taken apart: ``target`` is path and query, as they are asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """Host and port: ``harbour.example:443``, ``[::1]:8000``."""
        return f"{self._bracketed}:{self.port}"

    @property
    def origin(self) -> str:
        """Where a robots.txt holds: ``https://harbour.example``, with the port where it is not the scheme's own."""
        return f"{self.scheme}://{self._bracketed}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        return self.origin + self.target


def parsed(text: str, base: Address | None = None) -> Address:
    """The address, relative to the base where there is one.

    Raises:
        WebError: with a sentence that says why it is not asked.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise _refused(f"an address of {len(text):,} characters is not asked; the longest may have {LONGEST:,}")
    if _BLANK.search(text):
        raise _refused("an address with blanks, control characters or backslashes is not asked; write them as %20 and the like")
    try:
        parts = urlsplit(urljoin(str(base), text) if base else text)
        port = parts.port
    except ValueError as error:
        raise _refused("this is no address that can be understood; see how it is written") from error
    scheme = "http" if parts.scheme.casefold() == "feed" else parts.scheme.casefold()
    if scheme not in _PORTS:
        raise _refused(f"only http and https are read, not {scheme[:20] or 'an address without a scheme'}; give files by their path")
    if parts.username is not None or parts.password is not None:
        raise _refused("an address with a name or password in it is not asked; what has to be signed in for, save as a file")
    port = port or _PORTS[scheme]
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Address(scheme=scheme, host=_host(parts.hostname or ""), port=port, target=target)


def usual(address: Address) -> bool:
    """Whether its port is one on which the web is served."""
    return address.port in _PORTS.values() or address.port >= _LEAST_PORT


def unfit(number: str) -> str | None:
    """Why nothing is fetched from this network address, in words; None where it is a public one.

    Args:
        number: an IPv4 or IPv6 address, as a resolver gives it.
    """
    try:
        ip = ipaddress.ip_address(number)
    except ValueError:
        return "no address of a public server"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return unfit(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return unfit(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    if ip.is_loopback or ip.is_unspecified:
        return "this machine itself"
    if ip.is_link_local:
        return "a link-local address"
    if ip.is_multicast:
        return "a multicast address"
    if ip.is_private:
        return "a private address"
    special = any(ip in net for net in _WRAPPED) if isinstance(ip, ipaddress.IPv6Address) else ip in _RELAY
    return None if ip.is_global and not ip.is_reserved and not special else "a reserved address"


def _host(host: str) -> str:
    if not host:
        raise _refused("this address names no host; see how it is written")
    if ":" in host:
        try:
            # With a zone (%eth0) it is of a local network.
            return str(ipaddress.IPv6Address(host if "%" not in host else ""))
        except ValueError as error:
            raise _refused("this address has a host that is no IPv6 address; see how it is written") from error
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii").casefold()
    except UnicodeError as error:
        raise _refused("this address has a host that is no name; see how it is written") from error
    if not _NAME.fullmatch(host) or len(host) > 253:
        raise _refused("this address has a host that is no name; see how it is written")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return _four(host)
    return host


def _four(host: str) -> str:
    """A host in numbers, only as four decimal ones: other forms (2130706433, 0x7f.1, 0177.0.0.1) hide where they lead."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise _refused("a host in numbers is asked only where it is written as four decimal ones, such as 192.0.2.1") from error


def _refused(why: str) -> WebError:
    return WebError(why, lasting=True)
