"""Addresses: one form for each, and what a page may say of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.address import believed, host, site, tidy

TIDIED = [
    ("HTTPS://WWW.Harbour.Example:443/News/Pass", "https://www.harbour.example/News/Pass"),
    ("http://harbour.example:80", "http://harbour.example/"),
    ("http://harbour.example:8080/", "http://harbour.example:8080/"),
    ("https://harbour.example/a?utm_source=x&id=7&fbclid=y&gclid=z#top", "https://harbour.example/a?id=7"),
    ("https://harbour.example/a?UTM_Source=x", "https://harbour.example/a"),
    ("https://harbour.example/a/../b/./c", "https://harbour.example/b/c"),
    ("https://harbour.example/a/b/..", "https://harbour.example/a/"),
    ("https://harbour.example/../../a", "https://harbour.example/a"),
    ("https://häfen.example/über", "https://xn--hfen-loa.example/%C3%BCber"),
    ("https://harbour.example/%7euser/%c3%bc", "https://harbour.example/~user/%C3%BC"),
    ("https://user:secret@harbour.example/", "https://harbour.example/"),
    ("https://harbour.example./a", "https://harbour.example/a"),
    ("  https://harbour.example/a\n", "https://harbour.example/a"),
    ("https://harbour.example/a?b=1&c=", "https://harbour.example/a?b=1&c="),
    ("https://harbour.example/amp/a", "https://harbour.example/amp/a"),
]
NONE = [
    "ftp://harbour.example/a", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "", "a/b", "https://", "https://a b/",
    "https://[::1", "https://harbour.example:port/", "https://-a-.example/", "https://harbour.example/" + "a" * 3000,
    "file:///etc/passwd", "https://harbour..example/",
]  # fmt: skip

# What the page says, where it was fetched, under what it is known, and whether it named another site.
BELIEVED = [
    (["https://harbour.example/a"], "https://amp.harbour.example/a?amp=1", "https://harbour.example/a", False),
    (["/a"], "https://harbour.example/a?page=1", "https://harbour.example/a", False),
    (["https://wire.example/a"], "https://harbour.example/b", "https://harbour.example/b", True),
    (["https://wire.example/a", "https://harbour.example/a"], "https://harbour.example/b", "https://harbour.example/a", True),
    (["https://harbour.example/"], "https://harbour.example/b", "https://harbour.example/b", False),
    (["https://harbour.example/"], "https://harbour.example/", "https://harbour.example/", False),
    ([], "https://harbour.example/b#c", "https://harbour.example/b", False),
    (["javascript:1"], "https://harbour.example/b", "https://harbour.example/b", False),
    (["https://harbour.example/a"], None, "https://harbour.example/a", False),
    (["/a"], None, None, False),
    (["https://b.github.io/a"], "https://a.github.io/a", "https://a.github.io/a", True),
    (["https://other.co.uk/a"], "https://harbour.co.uk/a", "https://harbour.co.uk/a", True),
    (["https://news.harbour.co.uk/a"], "https://m.harbour.co.uk/a", "https://news.harbour.co.uk/a", False),
]


@pytest.mark.parametrize("address, tidied", TIDIED)
def test_an_address_has_one_form(address: str, tidied: str) -> None:
    assert tidy(address) == tidied
    assert tidy(tidied) == tidied


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_on_the_web_is_none(address: str) -> None:
    assert tidy(address) is None


@pytest.mark.parametrize("said, fetched, known, doubted", BELIEVED)
def test_a_page_may_only_name_addresses_of_its_own_site(said: list[str], fetched: str | None, known: str | None, doubted: bool) -> None:
    assert believed(said, fetched) == (known, doubted)


def test_hosts_of_one_site_belong_together() -> None:
    assert site("https://www.harbour.co.uk/a") == site("http://harbour.co.uk/") != site("https://co.uk/")
    assert host("https://www.harbour.example/a") == "harbour.example"
    assert host(None) is None


@given(st.text(max_size=80), st.one_of(st.none(), st.just("https://harbour.example/a/b")))
def test_any_text_is_tidied_once_and_for_all(text: str, base: str | None) -> None:
    once = tidy(text, base)
    assert once is None or tidy(once) == once
    believed([text], "https://harbour.example/a")


@given(st.text(alphabet="ab/.%2eÄ?&=#:;", max_size=40))
def test_any_path_is_tidied_once_and_for_all(path: str) -> None:
    once = tidy("https://harbour.example/" + path)
    assert once is None or tidy(once) == once
