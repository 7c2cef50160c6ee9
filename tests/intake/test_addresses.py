"""Addresses: what is asked, and to which network addresses no name may lead."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.web import WebError
from onrecord.intake.web.addresses import parsed, unfit, usual

# as written, as asked
ASKED = [
    ("https://harbour.example/news/1", "https://harbour.example/news/1"),
    ("HTTPS://Harbour.Example:443/News?a=1&b=2#top", "https://harbour.example/News?a=1&b=2"),
    ("http://harbour.example", "http://harbour.example/"),
    ("feed://harbour.example/rss", "http://harbour.example/rss"),
    ("http://harbour.example:8080/", "http://harbour.example:8080/"),
    ("https://häfen.example/straße", "https://xn--hfen-loa.example/stra%C3%9Fe"),
    ("http://192.0.2.1/", "http://192.0.2.1/"),
    ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ("https://harbour.example/a%20b", "https://harbour.example/a%20b"),
]

# as written, and what the refusal says
NOT_ASKED = [
    ("file:///etc/passwd", "only http and https are read, not file"),
    ("ftp://harbour.example/", "only http and https are read, not ftp"),
    ("gopher://harbour.example/", "only http"),
    ("javascript:alert(1)", "only http"),
    ("data:text/html,hello", "only http"),
    ("harbour.example/news", "without a scheme"),
    ("https://ada:secret@harbour.example/", "name or password"),
    ("https://harbour.example@127.0.0.1/", "name or password"),
    ("https://", "names no host"),
    ("https:///news", "names no host"),
    ("http://2130706433/", "four decimal ones"),
    ("http://0x7f000001/", "four decimal ones"),
    ("http://0x7f.0.0.1/", "four decimal ones"),
    ("http://0177.0.0.1/", "four decimal ones"),
    ("http://127.1/", "four decimal ones"),
    ("http://①②⑦.⓪.⓪.①:8000x/", "understood"),
    ("http://[fe80::1%25eth0]/", "no IPv6 address"),
    ("http://[::1/", "understood"),
    ("http://harbour.example:99999/", "understood"),
    ("http://har bour.example/", "blanks"),
    ("http://harbour.example/\r\nHost: inner", "blanks"),
    ("http://harbour.example\\@inner/", "blanks"),
    ("http://%31%32%37.0.0.1/", "no name"),
    ("http://har_bour..example/", "no name"),
    ("http://harbour.example/" + "a" * 5000, "characters is not asked"),
]

# a network address, and why nothing is fetched there (None: it is); which of its words a reserved one gets depends on the Python
NUMBERS = [
    ("93.184.215.14", None),
    ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", None),
    ("::ffff:93.184.215.14", None),
    ("64:ff9b::5db8:d70e", None),
    ("127.0.0.1", "this machine"),
    ("127.8.8.8", "this machine"),
    ("0.0.0.0", "this machine"),
    ("::", "this machine"),
    ("::1", "this machine"),
    ("::ffff:127.0.0.1", "this machine"),
    ("64:ff9b::7f00:1", "this machine"),
    ("10.0.0.1", "private"),
    ("172.16.0.1", "private"),
    ("192.168.1.1", "private"),
    ("::ffff:10.0.0.1", "private"),
    ("64:ff9b::a00:1", "private"),
    ("fd00::1", "private"),
    ("169.254.169.254", "link-local"),
    ("fe80::1", "link-local"),
    ("::ffff:169.254.169.254", "link-local"),
    ("100.64.0.1", "reserved"),
    ("100.127.255.255", "reserved"),
    ("224.0.0.1", "multicast"),
    ("ff02::1", "multicast"),
    ("240.0.0.1", "address"),
    ("255.255.255.255", "address"),
    ("192.0.2.1", "address"),
    ("198.18.0.1", "address"),
    ("192.88.99.1", "reserved"),
    ("2002:7f00:1::", "reserved"),
    ("2002:5db8:d70e::", "reserved"),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "address"),
    ("64:ff9b:1::7f00:1", "address"),
    ("::7f00:1", "reserved"),
    ("fec0::1", "address"),
    ("fe80::1%eth0", "link-local"),
    ("harbour", "no address"),
]


@pytest.mark.parametrize("text, asked", ASKED)
def test_an_address_is_asked_in_one_form(text: str, asked: str) -> None:
    assert str(parsed(text)) == asked
    assert parsed(asked) == parsed(text)


@pytest.mark.parametrize("text, message", NOT_ASKED)
def test_what_is_not_asked_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(WebError, match=message) as refused:
        parsed(text)
    assert refused.value.lasting


def test_numbers_in_other_scripts_are_read_as_what_they_are() -> None:
    assert parsed("http://①②⑦.⓪.⓪.①/").host == "127.0.0.1"


@pytest.mark.parametrize("number, why", NUMBERS)
def test_only_public_network_addresses_are_fit(number: str, why: str | None) -> None:
    found = unfit(number)
    assert found is None if why is None else why in (found or ""), found


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_as_fit_in_every_ipv6_form_that_leads_to_it(number: int) -> None:
    plain = ipaddress.IPv4Address(number)
    for form in (f"::ffff:{plain}", f"64:ff9b::{plain}"):
        assert unfit(form) == unfit(str(plain))
    if not plain.is_global:
        assert unfit(str(plain))


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for address in (text, f"http://{text}", f"https://harbour.example/{text}"):
        try:
            found = parsed(address)
        except WebError:
            continue
        assert str(found).isascii()
        assert parsed(str(found)) == found


@pytest.mark.parametrize("port, fit", [(80, True), (443, True), (8000, True), (22, False), (25, False), (1023, False)])
def test_ports_of_other_services_are_not_the_webs(port: int, fit: bool) -> None:
    assert usual(parsed(f"http://harbour.example:{port}/")) is fit
