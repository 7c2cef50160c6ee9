"""Killed with ``kill -9`` at any moment, ``follow`` loses no article that it said was added, and its next look takes up the rest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from .intake.server import Site
from .test_faults import EACH, KILLS, SPEAKERS, Command, await_some_moment, command, left, opened

__all__ = ["command"]

PAGES = 40


@pytest.fixture
def feed() -> Iterator[tuple[Site, list[str]]]:
    """A feed of pages on this machine, and the pages' addresses."""
    with Site() as site:
        pages = [site.put(f"/{number}.html", _page(number), content_type="text/html") for number in range(PAGES)]
        items = "".join(f"<item><title>Pass {at}</title><link>{page}</link><guid>{page}</guid></item>" for at, page in enumerate(pages))
        site.put(
            "/feed.xml", f'<rss version="2.0"><channel><title>Passes</title>{items}</channel></rss>', content_type="application/rss+xml"
        )
        site.put("/robots.txt", "", 404)
        yield site, pages


def _page(number: int) -> str:
    speaker, other = SPEAKERS[number % 4], SPEAKERS[(number + 1) % 4]
    first = f"{speaker} said that Norland would open pass {number} if the snow melts on its northern side before the end of the spring."
    second = f"{other} warned that the old bridge at village {number} is weak, and that nobody had looked at its pillars for years."
    third = f"{speaker} promised that engineers would come to village {number} and look at the bridge before the first lorries use it."
    body = "".join(f"<p>{line}</p>" for line in (first, second, third))
    return f"<html><head><title>Pass {number}</title></head><body><article><h1>Pass {number}</h1>{body}</article></body></html>"


@pytest.mark.parametrize("seed", range(KILLS // EACH))
def test_follow_that_is_killed_loses_nothing_that_it_said_was_added(
    command: Command, tmp_path: Path, feed: tuple[Site, list[str]], seed: int
) -> None:
    """Each time the ledger is whole, holds no page twice, and holds what was said; the next look takes up the rest."""
    (site, pages), path, chance = feed, tmp_path / "l.db", random.Random(100 + seed)
    words = ("follow", "--once", "--ledger", str(path), "--allow-host", site.place, site.url("/feed.xml"))
    for _ in range(EACH):
        running = command.start(*words)
        await_some_moment(running, chance, 0, PAGES // EACH)
        running.kill()
        with opened(path) as ledger:
            assert list(ledger.verify()) == []
            there = [str(row["id"]) for row in ledger.rows("articles", {})]
            addresses = [ledger.article(each).url for each in there]
        assert len(addresses) == len(set(addresses))
        assert set(running.added) <= set(there)
    command.start(*words).end()
    with opened(path) as ledger:
        assert sorted(str(ledger.article(row["id"]).url) for row in ledger.rows("articles", {})) == sorted(pages)
        assert left(ledger) == []
        assert list(ledger.verify()) == []
