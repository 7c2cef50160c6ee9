"""Rounds over the feeds that are followed: each is looked at when it is due, and each of its entries read once.

Hosts take turns, so that one that asks for long pauses holds up no other. An entry is remembered only after its article is stored, and a
look at a feed only after all its entries are done with: whoever is killed in between loses nothing and stores nothing twice.
"""

from __future__ import annotations

import collections
import datetime
import random
from collections.abc import Callable, Iterator

import msgspec

from onrecord import pipeline
from onrecord.errors import InputError
from onrecord.faces.view import many
from onrecord.intake import Given, Problem, feeds, lists, schedule
from onrecord.intake.listing import MAX_BYTES, Entry, Listing
from onrecord.intake.web import WebError
from onrecord.intake.web.addresses import Address, parsed
from onrecord.intake.web.fetching import Answer
from onrecord.intake.web.reading import Visited, Web, visit
from onrecord.records import Article, Reader, Receipt
from onrecord.store import SqliteLedger
from onrecord.store.feeds import Feed

SHORT = 1.0
"""A wait of so many seconds is waited out; before a longer one, what was fetched is stored."""
PART_LISTS = 20
"""Of a list of sitemaps, so many that changed last are followed."""
_IDLE = 60.0
MOST_SILENT = 5
"""Hosts of one feed that may keep us waiting for nothing in one look; the others that were never heard of are put off to the next."""
_NEW = ("added", "read anew")


class Look:
    """One look at a feed: what it brought, and how many of its entries are still to be done with."""

    def __init__(self, feed: Feed) -> None:
        """Look at this feed."""
        self.feed = feed
        self.answer: Answer | None = None
        self.listing: Listing | None = None
        self.open = self.new = self.changed = self.known = self.failed = self.later = self.silent = 0
        self.whole = True

    @property
    def name(self) -> str:
        """What people call the feed."""
        title = (self.listing and self.listing.title) or self.feed.title
        return f"{title} ({self.feed.address})" if title else self.feed.address

    def words(self) -> str:
        """How it went."""
        said = [many(self.new, "new article") if self.new else "nothing new"]
        said += [f"{many(self.changed, 'article')} changed"] if self.changed else []
        said += [f"{self.known:,} read before"] if self.known else []
        said += [f"{self.failed:,} not to be had"] if self.failed else []
        said += [f"{self.later:,} to be tried again"] if self.later else []
        return ", ".join(said)


class _Piece:
    """An entry to be read, for a look."""

    def __init__(self, look: Look, entry: Entry, visited: Visited, tries: int, held: bool) -> None:
        self.look, self.entry, self.visited, self.tries, self.held = look, entry, visited, tries, held


_Task = Look | _Piece


class _PageError(InputError):
    """What is followed is a page, which names its feed."""

    def __init__(self, feed: str) -> None:
        super().__init__(f"this is a page; its feed, {feed}, is followed in its place")
        self.feed = feed


class Rounds:
    """Looks at feeds and reads what they name; ``stop`` ends it from a signal's handler or another thread."""

    def __init__(
        self,
        ledger: SqliteLedger,
        reader: Reader,
        web: Web,
        *,
        now: Callable[[], datetime.datetime],
        sleep: Callable[[float], None],
        say: Callable[[str], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Work with these.

        Args:
            ledger: whose feeds are followed, and where articles go.
            reader: reads them.
            web: the way to the feeds and their pages.
            now: the time of day.
            sleep: waits so many seconds, or less where work is to stop.
            say: says a sentence about the work.
            chance: a number from 0 to 1, which spreads looks in time.
        """
        self.stopped = False
        self._ledger, self._reader, self._web = ledger, reader, web
        self._now, self._sleep, self._say, self._chance = now, sleep, say, chance
        self._tasks: dict[str, collections.deque[_Task]] = {}
        self._looking: set[str] = set()
        self._lined_up: set[str] = set()

    def stop(self) -> None:
        """End as soon as what is in work is stored or dropped."""
        self.stopped = True
        self._web.visits.fetcher.stop()

    def run(self, *, once: bool = False) -> None:
        """Keep the feeds current until stopped; or look at each once, but for those that failed and are not due yet."""
        self._begin(every=once)
        if once and not self._tasks:
            self._say("no feed is due: each has failed and is left alone for a while; onrecord follow --list says how long")
        while not self.stopped:
            self._work(refill=not once)
            if once:
                # Feeds that lists and pages named are looked at too.
                self._begin(fresh=True)
                if not self._tasks:
                    return
            elif not self.stopped:
                self._rest()
                self._begin()

    def _begin(self, *, every: bool = False, fresh: bool = False) -> None:
        """Line up the feeds that are due (or all that did not fail, or those never looked at), unless they are being looked at."""
        moment = self._now().isoformat()
        for feed in self._ledger.feeds.all():
            due = feed.looked_at is None if fresh else feed.next_at <= moment or (every and not feed.failures)
            if due and feed.address not in self._looking:
                self._looking.add(feed.address)
                self._line_up(parsed(feed.address), Look(feed))

    def _line_up(self, address: Address, task: _Task) -> None:
        self._tasks.setdefault(address.host, collections.deque()).append(task)

    def _rest(self) -> None:
        """Sleep until the next feed is due, or until somebody may have named another one."""
        wait = _IDLE
        if followed := self._ledger.feeds.all():
            due = datetime.datetime.fromisoformat(followed[0].next_at)
            wait = min(_IDLE, max(0.0, (due - self._now()).total_seconds()))
        self._sleep(max(SHORT, wait))

    def _work(self, *, refill: bool) -> None:
        """Do all that is lined up. Articles are stored whenever a wait comes, and where there is none eight at a time."""
        while self._tasks and not self.stopped:
            pieces: collections.deque[_Piece] = collections.deque()
            for receipt in pipeline.add(self._articles(pieces), self._reader, self._ledger):
                self._stored(pieces.popleft(), receipt)
            if refill:
                self._begin()
            if self._tasks and not self.stopped:
                self._sleep(self._next()[1])

    def _articles(self, pieces: collections.deque[_Piece]) -> Iterator[Article]:
        """The articles that can be had without a wait; for each, the piece that it is of is noted."""
        while self._tasks and not self.stopped:
            host, wait = self._next()
            if wait > (SHORT if not pieces else 0.1):
                return
            task = self._taken(host)
            if isinstance(task, Look):
                self._look(task)
                continue
            for article in self._read(task):
                pieces.append(task)
                yield article

    def _next(self) -> tuple[str, float]:
        """The host that may be visited first, and in how many seconds; of several that may be now, the one that waits longest."""
        waits = {host: self._web.visits.wait_for(host) for host in self._tasks}
        host = min(waits, key=lambda each: waits[each])
        return host, waits[host]

    def _taken(self, host: str) -> _Task:
        tasks = self._tasks.pop(host)
        task = tasks.popleft()
        if tasks:
            # To the end of the line.
            self._tasks[host] = tasks
        return task

    def _look(self, look: Look) -> None:
        """Fetch the feed and line up its entries that were not read yet."""
        feed = look.feed
        try:
            address = parsed(feed.address)
            answer = look.answer = self._web.visits.get(address, limit=MAX_BYTES, etag=feed.etag, modified=feed.last_modified)
            listing = look.listing = self._listing(answer, feed)
        except InputError as error:
            if isinstance(error, _PageError):
                self._replace(look, error)
            else:
                self._failed(look, error)
            return
        self._join(feed, listing)
        for entry in reversed(listing.entries):
            self._weigh(look, entry)
        if not look.open:
            self._finish(look)

    def _listing(self, answer: Answer, feed: Feed) -> Listing:
        if answer.same:
            return Listing(kind="feed", title=feed.title)
        try:
            return lists.read(answer.body, str(answer.address))
        except InputError as error:
            better = feeds.alternate(answer.body) if feed.found_in is None else None
            if better is None:
                raise
            raise _PageError(str(parsed(better, answer.address))) from error

    def _replace(self, look: Look, page: _PageError) -> None:
        """Follow, in the place of a page, the feed that it names."""
        self._ledger.feeds.end(look.feed.address, str(page))
        self._ledger.feeds.follow(page.feed, look.feed.address)
        self._looking.discard(look.feed.address)
        self._say(f"{look.feed.address}: {page}")

    def _join(self, feed: Feed, listing: Listing) -> None:
        """Follow the lists that a list names; lists of lists of lists are not."""
        if feed.found_in is not None:
            return
        for each in listing.lists[:PART_LISTS] if listing.kind == "sitemap" else listing.lists:
            try:
                if self._ledger.feeds.follow(str(parsed(each)), feed.address):
                    self._say(f"{each}: followed from now on, since {feed.address} names it")
            except InputError as error:
                self._say(f"{each}: {error}")

    def _weigh(self, look: Look, entry: Entry) -> None:
        """Line the entry up, unless it was read or is to be left alone."""
        visited = visit(entry, look.feed.address)
        if visited.key in self._lined_up:
            # Another feed named it a moment ago, or this one twice.
            look.known += 1
            return
        seen = self._ledger.feeds.seen(visited.key)
        if seen is not None:
            age = (self._now() - datetime.datetime.fromisoformat(seen.seen_at)).total_seconds()
            held, same = seen.article is not None, seen.stamp == visited.stamp
            if not schedule.wanted(held=held, same=same, tries=seen.tries, idle=seen.idle, age=age):
                look.known += held
                look.failed += not held
                look.whole &= same
                return
        try:
            address = parsed(entry.link or look.feed.address)
        except WebError as error:
            self._lost(look, entry, visited, error)
            return
        look.open += 1
        self._lined_up.add(visited.key)
        tries, held = (0, False) if seen is None else (seen.tries, seen.article is not None)
        self._line_up(address, _Piece(look, entry, visited, tries, held))

    def _read(self, piece: _Piece) -> Iterator[Article]:
        """The entry's article; none where it cannot be had."""
        assert piece.look.listing is not None
        given = Given(today=self._now().date())
        try:
            if piece.look.silent >= MOST_SILENT and not self._web.visits.heard(parsed(piece.entry.link or piece.look.feed.address).host):
                raise WebError("put off, since many hosts that this feed names do not answer", retry_after=_IDLE)
            for each in self._web.piece(piece.entry, piece.look.listing, given, patient=piece.tries < schedule.TRIES - 1):
                if isinstance(each, Problem):
                    self._say(str(each))
                elif isinstance(each, Article):
                    yield each
                    # One entry, one article: a file of many lines is no page of a feed.
                    return
            raise InputError("nothing that could be an article is there")
        except InputError as error:
            if self.stopped:
                # Cut off by the stop: as if it had not been begun.
                return
            if isinstance(error, WebError) and not error.lasting:
                self._put_off(piece, error)
            else:
                self._lost(piece.look, piece.entry, piece.visited, error)
                self._done(piece)

    def _put_off(self, piece: _Piece, error: WebError) -> None:
        """Try at the next look again; a host that asks to be left alone, or was not asked, costs no try."""
        look = piece.look
        look.later += 1
        if error.retry_after is None:
            look.silent += error.status is None
            self._ledger.feeds.saw(piece.visited.key, piece.visited.stamp, None)
        self._say(f"{piece.entry.link or look.feed.address}: {error}")
        self._done(piece)

    def _lost(self, look: Look, entry: Entry, visited: Visited, error: InputError) -> None:
        look.failed += 1
        self._ledger.feeds.give_up(visited.key, visited.stamp, schedule.TRIES)
        self._say(f"{entry.link or entry.title or look.feed.address}: {error}")

    def _stored(self, piece: _Piece, receipt: Receipt) -> None:
        """The article is stored: now its entry may be remembered."""
        new = receipt.outcome in _NEW
        self._ledger.feeds.saw(piece.visited.key, piece.visited.stamp, receipt.article, changed=new)
        if new and not piece.held:
            piece.look.new += 1
            self._ledger.feeds.brought(piece.look.feed.address)
        piece.look.changed += new and piece.held
        piece.look.known += not new
        if new:
            title = piece.entry.title or piece.entry.link or ""
            self._say(f"{receipt.outcome}: {title} ({receipt.article}; {many(receipt.statements, 'statement')})")
        self._done(piece)

    def _done(self, piece: _Piece) -> None:
        look = piece.look
        self._lined_up.discard(piece.visited.key)
        look.open -= 1
        if not look.open:
            self._finish(look)

    def _finish(self, look: Look) -> None:
        """Every entry is done with: keep how the look went, and when the next one is."""
        feed, answer = look.feed, look.answer
        assert answer is not None
        assert look.listing is not None
        pace = schedule.pace(feed.pace, look.new + look.changed)
        asked = max(answer.fresh or 0.0, look.listing.wait or 0.0)
        # What is to be read later would not be told to whoever says that it has all of it.
        known = (feed.etag, feed.last_modified) if answer.same else (answer.etag, answer.modified)
        etag, modified = known if look.whole and not look.later else (None, None)
        words = "nothing has changed" if answer.same else look.words()
        wait, title = schedule.wait(pace, asked, self._chance()), look.listing.title or feed.title
        self._keep(look, wait, words, pace=int(pace), failures=0, etag=etag, last_modified=modified, title=title)

    def _failed(self, look: Look, error: InputError) -> None:
        """The feed itself cannot be had: longer and longer pauses; none that is gone is asked again."""
        if self.stopped:
            return
        if isinstance(error, WebError) and error.status == 410:
            self._ledger.feeds.end(look.feed.address, str(error))
            self._looking.discard(look.feed.address)
            self._say(f"{look.name}: {error}; it is followed no more")
            return
        failures = look.feed.failures + 1
        asked = error.retry_after if isinstance(error, WebError) else None
        answered = not isinstance(error, WebError) or error.lasting or error.status is not None
        self._keep(look, schedule.after_failure(failures, asked, self._chance(), answered=answered), str(error), failures=failures)

    def _keep(self, look: Look, wait: float, words: str, **changes: str | int | None) -> None:
        moment = self._now()
        next_at = moment + datetime.timedelta(seconds=wait)
        feed = msgspec.structs.replace(look.feed, looked_at=moment.isoformat(), next_at=next_at.isoformat(), status=words[:400], **changes)
        self._ledger.feeds.looked(feed)
        self._looking.discard(feed.address)
        local = next_at.astimezone()
        shown = f"{local:%H:%M}" if local.date() == moment.astimezone().date() else f"{local:%Y-%m-%d %H:%M}"
        self._say(f"{look.name}: {words}; next look {shown}")
