"""What comes over real sockets: redirects, limits, deadlines and names that lead inwards."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.intake.server import Site, conditional, raw, redirect

from onrecord.intake.web import WebError
from onrecord.intake.web.addresses import parsed
from onrecord.intake.web.fetching import REDIRECTS, Answer, Fetcher
from onrecord.intake.web.line import Guard

LIMIT = 100_000
AGENT = "OnRecord/test (reads news for a ledger)"
OK = b"HTTP/1.1 200 OK\r\n"
PUBLIC, INNER = "93.184.215.14", "127.0.0.1"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        yield found


def fetch(site: Site, address: str, *, seconds: float = 10.0, limit: int = LIMIT, **more: Any) -> Answer:
    return Fetcher(Guard([site.place]), AGENT, seconds=seconds).get(parsed(address), limit=limit, **more)


def test_a_page_comes_with_what_its_head_says(site: Site) -> None:
    address = site.put("/a", "hello", content_type="Text/HTML; charset=utf-8", etag='"1"', cache_control="public, max-age=600")
    answer = fetch(site, address)
    assert (answer.body, answer.media, answer.etag, answer.fresh) == (b"hello", "text/html; charset=utf-8", '"1"', 600.0)
    assert str(answer.address) == address
    assert site.asked[0].headers["user-agent"] == AGENT
    assert "cookie" not in site.asked[0].headers


def test_the_same_page_is_not_sent_twice(site: Site) -> None:
    address = site.put("/a", conditional("hello", '"1"'))
    first = fetch(site, address)
    again = fetch(site, address, etag=first.etag)
    assert (first.same, again.same, again.body) == (False, True, b"")


def test_a_proxy_in_the_environment_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetch(site, site.put("/a", "hello")).body == b"hello"


# Where it may lie


def guarded(answers: Sequence[Sequence[str]], asked: list[str] | None = None, **allowed: Any) -> Fetcher:
    """A fetcher for which the names lead to these addresses, look-up by look-up; the last stays."""
    left = list(answers)

    def resolve(host: str, port: int) -> Sequence[str]:
        if asked is not None:
            asked.append(host)
        return left.pop(0) if len(left) > 1 else left[0]

    return Fetcher(Guard(resolve=resolve, **allowed), AGENT, seconds=5)


@pytest.mark.parametrize(
    "numbers", [[INNER], [PUBLIC, INNER], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254"], ["10.1.1.1"], ["64:ff9b::a00:1"]]
)
def test_a_name_that_leads_inwards_is_not_asked(site: Site, numbers: list[str]) -> None:
    """Not even where only one of its addresses does."""
    site.put("/a", "inner secrets")
    with pytest.raises(WebError, match=r"harbour\.example leads to .*where nothing is fetched; if it is yours, --allow-host harbour"):
        guarded([numbers]).get(parsed(f"http://harbour.example:{site.port}/a"), limit=LIMIT)
    assert not site.asked


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that first leads outwards and then inwards gains nothing: there is no second look-up."""
    asked: list[str] = []
    reached: list[tuple[str, int]] = []

    def connect(to: tuple[str, int], **_: Any) -> socket.socket:
        reached.append(to)
        raise OSError("no way out of this test")

    monkeypatch.setattr(socket, "create_connection", connect)
    fetcher = guarded([[PUBLIC], [INNER]], asked)
    with pytest.raises(WebError, match="cannot be reached"):
        fetcher.get(parsed(f"http://harbour.example:{site.port}/a"), limit=LIMIT)
    assert (asked, reached) == (["harbour.example"], [(PUBLIC, site.port)])
    with pytest.raises(WebError, match="leads to this machine"):
        fetcher.get(parsed(f"http://harbour.example:{site.port}/a"), limit=LIMIT)
    assert reached == [(PUBLIC, site.port)]


def test_a_host_that_is_allowed_is_asked_and_only_at_its_port(site: Site) -> None:
    address = site.put("/a", "mine")
    assert fetch(site, address).body == b"mine"
    with Site() as other:
        other.put("/a", "not mine")
        with pytest.raises(WebError, match="leads to this machine"):
            fetch(site, other.url("/a"))
        assert not other.asked


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret", "//[::1]:{port}/secret", "http://[::ffff:127.0.0.1]:{port}/"]
)
def test_a_redirect_inwards_is_not_followed(site: Site, to: str) -> None:
    with Site() as inner:
        inner.put("/secret", "inner secrets")
        with pytest.raises(WebError, match="leads to this machine"):
            fetch(site, site.put("/a", redirect(to.format(port=inner.port))))
        assert not inner.asked


@pytest.mark.parametrize(
    "to, message",
    [
        ("file:///etc/passwd", "not asked: only http and https are read, not file"),
        ("gopher://harbour.example/", "only http"),
        ("http://0x7f.1/", "four decimal ones"),
        ("http://a:b@harbour.example/", "name or password"),
    ],
)
def test_a_redirect_to_what_is_not_asked_is_said(site: Site, to: str, message: str) -> None:
    with pytest.raises(WebError, match=message):
        fetch(site, site.put("/a", redirect(to)))


def test_redirects_are_followed_to_an_end(site: Site) -> None:
    for number in range(REDIRECTS):
        site.put(f"/{number}", redirect(f"/{number + 1}", [301, 302, 303, 307, 308][number % 5]))
    end = site.put(f"/{REDIRECTS}", "here")
    admitted: list[str] = []
    answer = fetch(site, site.url("/0"), admit=lambda address: admitted.append(address.target))
    assert (answer.body, str(answer.address)) == (b"here", end)
    assert admitted == [f"/{number}" for number in range(REDIRECTS + 1)]


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.put("/a", redirect("/b"))
    site.put("/b", redirect("/a"))
    with pytest.raises(WebError, match=f"redirects more than {REDIRECTS} times"):
        fetch(site, site.url("/a"))
    assert len(site.asked) == REDIRECTS + 1


# How large it may be


@pytest.mark.parametrize(
    "encoding, packed",
    [
        ("gzip", gzip.compress(b"hello")),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", zlib.compress(b"hello")[2:-4]),
        ("identity", b"hello"),
    ],
)
def test_what_is_packed_is_unpacked(site: Site, encoding: str, packed: bytes) -> None:
    assert fetch(site, site.put("/a", packed, content_encoding=encoding)).body == b"hello"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_stopped_at_the_limit(site: Site, encoding: str) -> None:
    zeros = bytes(100_000_000)
    packed = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    assert len(packed) < LIMIT
    begun = time.process_time()
    with pytest.raises(WebError, match=r"it has more than 0 MB, unpacked"):
        fetch(site, site.put("/a", packed, content_encoding=encoding))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_what_is_packed_otherwise_is_refused(site: Site, encoding: str) -> None:
    with pytest.raises(WebError, match="which was not asked for"):
        fetch(site, site.put("/a", b"\x0b\x02\x80hello\x03", content_encoding=encoding))
    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate"


def test_what_is_packed_and_broken_is_said(site: Site) -> None:
    with pytest.raises(WebError, match="packed, but broken"):
        fetch(site, site.put("/a", b"no gzip at all", content_encoding="gzip"))


def test_a_body_of_the_limit_is_read_and_one_byte_more_is_not(site: Site) -> None:
    assert len(fetch(site, site.put("/a", bytes(LIMIT))).body) == LIMIT
    with pytest.raises(WebError, match="so much is not read"):
        fetch(site, site.put("/b", bytes(LIMIT + 1)))
    cut = fetch(site, site.url("/b"), cut=True)
    assert (len(cut.body), cut.cut) == (LIMIT, True)


def test_an_endless_body_ends_at_the_limit(site: Site) -> None:
    endless = raw(lambda: itertools.chain([OK + b"\r\n"], itertools.repeat(bytes(10_000))))
    with pytest.raises(WebError, match="so much is not read"):
        fetch(site, site.put("/a", endless))


def test_a_flood_of_headers_is_refused(site: Site) -> None:
    flood = raw([OK, b"".join(b"X-%d: y\r\n" % number for number in range(5000)), b"\r\nhello"])
    with pytest.raises(WebError, match="no answer that could be understood"):
        fetch(site, site.put("/a", flood))
    long = raw([OK, b"X: " + b"y" * 1_000_000 + b"\r\n\r\nhello"])
    with pytest.raises(WebError, match="no answer that could be understood"):
        fetch(site, site.put("/b", long))


# How long it may take


SLOW = {
    "no answer": lambda: iter(lambda: b"", None),
    "slow head": lambda: itertools.chain([OK], itertools.repeat(b"X")),
    "slow headers": lambda: itertools.chain([OK], (b"X-%d: y\r\n" % number for number in itertools.count())),
    "go on, go on": lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "slow body": lambda: itertools.chain([OK, b"\r\n"], itertools.repeat(b"x")),
    "slow chunks": lambda: itertools.chain([OK, b"Transfer-Encoding: chunked\r\n\r\n"], itertools.repeat(b"1\r\nx\r\n")),
}


@pytest.mark.parametrize("name", SLOW)
def test_an_answer_that_trickles_is_cut_at_the_deadline(site: Site, name: str) -> None:
    begun = time.monotonic()
    with pytest.raises(WebError, match="did not answer in 1 seconds") as slow:
        fetch(site, site.put("/a", raw(SLOW[name], pause=0.05)), seconds=0.6)
    assert time.monotonic() - begun < 3
    assert not slow.value.lasting


def test_redirects_share_one_deadline(site: Site) -> None:
    site.put("/a", raw([b"HTTP/1.1 302 Found\r\n", b"Location: /a\r\n\r\n"], pause=0.2))
    begun = time.monotonic()
    with pytest.raises(WebError, match="did not answer"):
        fetch(site, site.url("/a"), seconds=0.5)
    assert time.monotonic() - begun < 3


def test_a_fetch_is_stopped_from_outside(site: Site) -> None:
    fetcher = Fetcher(Guard([site.place]), AGENT)
    threading.Timer(0.2, fetcher.stop).start()
    begun = time.monotonic()
    with pytest.raises(WebError, match="stopped"):
        fetcher.get(parsed(site.put("/a", raw(SLOW["slow body"], pause=0.05))), limit=LIMIT)
    assert time.monotonic() - begun < 3
    with pytest.raises(WebError, match="stopped"):
        fetcher.get(parsed(site.url("/b")), limit=LIMIT)


# What else comes


# status, what is said of it, and whether it will last
ERRORS = [
    (404, "it is not there", True),
    (410, "it is gone", True),
    (403, "not given to us", True),
    (401, "signed in", True),
    (418, "refused", True),
    (302, "refused", True),
    (304, "refused", True),
    (206, "refused", True),
    (500, "cannot now", False),
    (503, "cannot now", False),
    (429, "cannot now", False),
]

NO_ANSWERS = [
    b"",
    b"hello",
    b"HTTP/1.1 abc\r\n\r\n",
    b"\x00" * 500,
    OK + b"Content-Length: 100\r\n\r\nshort",
    OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
]


@pytest.mark.parametrize("status, message, lasting", ERRORS)
def test_an_error_says_whether_it_will_pass(site: Site, status: int, message: str, lasting: bool) -> None:
    with pytest.raises(WebError, match=message) as found:
        fetch(site, site.put("/a", "no", status))
    assert (found.value.lasting, found.value.status) == (lasting, status)


@pytest.mark.parametrize("value, seconds", [("120", 120.0), ("99999999", 604800.0), ("soon", None), ("-5", None), ("9" * 500, None)])
def test_a_busy_host_says_for_how_long(site: Site, value: str, seconds: float | None) -> None:
    with pytest.raises(WebError) as found:
        fetch(site, site.put("/a", "no", 503, retry_after=value))
    assert found.value.retry_after == seconds


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_no_answer_that_is_none_raises_anything_else(site: Site, answer: bytes) -> None:
    with pytest.raises(WebError, match="no answer that could be understood") as found:
        fetch(site, site.put("/a", raw([answer])))
    assert not found.value.lasting


def test_nobody_there_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(WebError, match="cannot be reached"):
            Fetcher(Guard([f"127.0.0.1:{port}"]), AGENT).get(parsed(f"http://127.0.0.1:{port}/"), limit=LIMIT)


def test_an_etag_that_could_not_be_sent_back_is_forgotten(site: Site) -> None:
    assert fetch(site, site.put("/a", "hello", etag="x" * 5000)).etag is None
    assert fetch(site, site.put("/b", "hello", etag="caf\xe9")).etag is None


# Certificates


def certificate(folder: Path, name: str) -> Path:
    """A certificate for this name with its key, in one file, signed by itself."""
    path = folder / "both.pem"
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=test",
         "-addext", f"subjectAltName=DNS:{name}"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(key.read_bytes() + cert.read_bytes())
    return path


def trusting(guard: Guard, path: Path) -> Guard:
    guard._context = ssl.create_default_context(cafile=path)
    return guard


def test_a_certificate_is_checked_against_the_name_though_the_number_was_connected_to(tmp_path: Path) -> None:
    pem = certificate(tmp_path, "harbour.example")
    with Site(pem) as site:
        site.put("/a", "hello")

        def get(host: str, trusted: bool) -> Answer:
            guard = Guard([f"{host}:{site.port}"], lambda *_: [INNER])
            return Fetcher(trusting(guard, pem) if trusted else guard, AGENT).get(parsed(f"https://{host}:{site.port}/a"), limit=LIMIT)

        assert get("harbour.example", True).body == b"hello"
        for host, trusted in (("other.example", True), ("harbour.example", False)):
            with pytest.raises(WebError, match=f"certificate of {host} does not prove") as found:
                get(host, trusted)
            assert found.value.lasting


def test_a_way_back_from_https_to_http_is_refused(tmp_path: Path) -> None:
    pem = certificate(tmp_path, "harbour.example")
    with Site(pem) as site, Site() as plain:
        site.put("/a", redirect(plain.url("/b")))
        guard = trusting(Guard([f"harbour.example:{site.port}", plain.place], lambda *_: [INNER]), pem)
        with pytest.raises(WebError, match="from https to http; give http://127"):
            Fetcher(guard, AGENT).get(parsed(f"https://harbour.example:{site.port}/a"), limit=LIMIT)
        assert not plain.asked


def test_a_handshake_that_trickles_is_cut_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def trickle() -> None:
            line, _ = server.accept()
            with line:
                for _ in range(100):
                    try:
                        line.send(b"\x16" if _ == 0 else b"\x03")
                    except OSError:
                        return
                    time.sleep(0.05)

        threading.Thread(target=trickle, daemon=True).start()
        begun = time.monotonic()
        with pytest.raises(WebError):
            Fetcher(Guard([f"127.0.0.1:{port}"]), AGENT, seconds=0.5).get(parsed(f"https://127.0.0.1:{port}/"), limit=LIMIT)
        assert time.monotonic() - begun < 3


def test_an_ipv6_address_is_asked_by_its_number() -> None:
    class Six(ThreadingHTTPServer):
        address_family = socket.AF_INET6

    try:
        server = Six(("::1", 0), BaseHTTPRequestHandler)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        place = f"[::1]:{server.server_address[1]}"
        with pytest.raises(WebError, match="leads to this machine itself"):
            Fetcher(Guard(), AGENT).get(parsed(f"http://{place}/a"), limit=LIMIT)
        with pytest.raises(WebError, match=r"::1 answers that it cannot now \(501\)"):
            Fetcher(Guard([place]), AGENT).get(parsed(f"http://{place}/a"), limit=LIMIT)
        server.shutdown()


def test_a_name_that_nobody_has_is_said() -> None:
    def none(*_: object) -> list[str]:
        raise OSError("no such name")

    for resolve in (lambda *_: [], none):
        with pytest.raises(WebError, match=r"there is no host harbour\.example, or the network is down") as found:
            Fetcher(Guard(resolve=resolve), AGENT).get(parsed("http://harbour.example/"), limit=LIMIT)
        assert not found.value.lasting
