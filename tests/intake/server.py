"""A web of one's own on this machine: pages and feeds behind real sockets, which do what they are told, politely or not."""

from __future__ import annotations

import contextlib
import html
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

Respond = Callable[[BaseHTTPRequestHandler], None]


class Asked(NamedTuple):
    """One request as it came."""

    path: str
    headers: dict[str, str]


class Site:
    """A server of 127.0.0.1 that answers each path as ``put`` says, and keeps what it was asked. Use it with ``with``."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.asked: list[Asked] = []
        self._paths: dict[str, Respond] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.scheme = "http" if certificate is None else "https"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def place(self) -> str:
        """What --allow-host takes."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://{self.place}{path}"

    def put(self, path: str, body: bytes | str | Respond, status: int = 200, **headers: str) -> str:
        """Answer this path so; its address. Headers are named with underscores: ``content_type="text/html"``."""
        self._paths[path] = body if callable(body) else _plain(body, status, headers)
        return self.url(path)

    def drop(self, path: str) -> None:
        self._paths.pop(path, None)

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [each.path for each in self.asked if each.path != "/robots.txt"]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(Asked(self.path, {name.casefold(): value for name, value in self.headers.items()}))
                respond = site._paths.get(self.path) or site._paths.get(self.path.partition("?")[0]) or _plain("not here", 404, {})
                with contextlib.suppress(OSError):
                    respond(self)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _plain(body: bytes | str, status: int, headers: dict[str, str]) -> Respond:
    data = body.encode() if isinstance(body, str) else body

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return respond


def conditional(body: bytes | str, etag: str, **headers: str) -> Respond:
    """Answers 304 to whoever has this already."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            _plain(body, 200, {"ETag": etag, **headers})(handler)

    return respond


def redirect(to: str, status: int = 302) -> Respond:
    return _plain("", status, {"Location": to})


def raw(pieces: Iterable[bytes] | Callable[[], Iterator[bytes]], pause: float = 0.0) -> Respond:
    """Sends these bytes as they are, head and all, a pause after each, until the other side has enough."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        for piece in pieces() if callable(pieces) else pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            if pause and threading.Event().wait(pause):
                break
        with contextlib.suppress(OSError):
            handler.connection.shutdown(socket.SHUT_WR)
        handler.close_connection = True

    return respond


def page(
    title: str, text: str, *, published: str | None = None, outlet: str | None = "Harbour Gazette", canonical: str | None = None
) -> str:
    """A page as outlets have them, with a menu and a foot."""
    head = f"<title>{html.escape(title)}</title><meta charset='utf-8'>"
    head += f'<meta property="article:published_time" content="{published}">' if published else ""
    head += f'<meta property="og:site_name" content="{outlet}">' if outlet else ""
    head += f'<link rel="canonical" href="{canonical}">' if canonical else ""
    paragraphs = "".join(f"<p>{html.escape(each)}</p>" for each in text.split("\n"))
    return f"""<!DOCTYPE html><html lang="en"><head>{head}</head><body><nav><a href="/">Home</a></nav>
<article><h1>{html.escape(title)}</h1>{paragraphs}</article><footer>All rights reserved.</footer></body></html>"""


def rss(items: Iterable[tuple[str, str] | tuple[str, str, str]], title: str = "Harbour Gazette", more: str = "") -> str:
    """A feed of (link, title, date) or (link, title), in this order."""
    found = ""
    for link, name, *date in items:
        found += f"<item><title>{html.escape(name)}</title><link>{html.escape(link)}</link>"
        found += "".join(f"<pubDate>{each}</pubDate>" for each in date) + "</item>\n"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{title}</title>{more}\n{found}</channel></rss>'


def opml(addresses: Iterable[str], depth: int = 1) -> str:
    feeds = "".join(f'<outline type="rss" text="a feed" xmlUrl="{html.escape(each)}"/>' for each in addresses)
    inner = '<outline text="in">' * depth + feeds + "</outline>" * depth
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>{inner}</body></opml>'


STORY = """Ada Quist said that Norland would open the pass if the snow melts. Bo Tamm warned that the bridge is weak and must be mended.
The council of the harbour met on Tuesday, and its members spoke for two hours about the road, the bridge and the price of both.
Ada Quist promised that engineers would come. Nobody in the hall asked when, and the council will meet again in the coming week."""
