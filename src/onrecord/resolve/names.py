"""Names to members of the cast: persons, states, organisations and outlets, and whom a pronoun points back to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from math import log1p

from onrecord.records import Entity, Extent, Record, Role, span

from .cast import Cast, Member, Step
from .home import Home
from .phrases import Phrase
from .places import countries, members
from .scan import Scan
from .vocabulary import vocabulary
from .words import slug

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z.&-]{1,8})\)")
_INITIALS = re.compile(r"[A-Z]{3,6}")
_OUTLET = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|tabloid|portal|website|news site|news agency|broadcaster|channel|radio station|newsletter)"
    r" ((?:[A-Z][\w’'-]+)(?: (?:al-|del |de |la |el )?[A-Z][\w’'-]+){0,3})"
)


# What it is worth, for "he": to be known as a man; to have been named often (by the logarithm); to stand in the same paragraph; to be the
# first of its sentence as its subject; and for the "he" of "he said", to have spoken before. Set on GUM's training part, where they took
# "he" from .76 to .93.
_SEX, _OFTEN, _PARAGRAPH, _FIRST, _SPEAKER = 1.0, 4.0, 3.0, 3.0, 3.0
# What it costs to be spoken of only inside a quotation that the pronoun does not stand in; and, for the "he" of "he said", to be named in
# a quotation beside it, or only as whose something is.
_QUOTED, _BESIDE, _OWNER = 4.0, 20.0, 4.0
# Behind the "he" of "they will go, he said on Monday" there is no more of what is said, in "the talks, he said, …" a comma.
_CLOSED = re.compile(r" \w+(?: (?:[oO]n|[iI]n|[aA]t|[aA]fter|last|this|yesterday|today)\b[^.,;:\n“\"]{0,40})?[.,;]")
_LAST_WORD = re.compile(r"(\w+), $")
# How far after somebody "who" may stand, and after a name that nobody asked about: a comma and a space.
_WHO, _WHO_NAMED = 40, 3


# The agency in a dateline: "TALLINN, May 27 (BNW) -".
_AGENCY = re.compile(r"^[A-ZÀ-Ž][A-ZÀ-Ž .]{2,25}\b[^\n()]{0,20}\(([A-Z][\w ]{1,15})\) ?[—–-]", re.MULTILINE)


class Found(Record, frozen=True, kw_only=True):
    """Whom a noun phrase stands for, while the article is still being read."""

    members: tuple[Member, ...] = ()
    countries: tuple[str, ...] = ()
    unnamed: bool = False
    human: bool = True
    plural: bool = False


class Names:
    """One article's cast, and the ways into it by name."""

    def __init__(
        self,
        text: str,
        entities: Sequence[Entity],
        sentences: Sequence[Extent],
        at: str | None,
        outlet: str | None,
        quotes: Sequence[Extent],
    ) -> None:
        """An article whose names are known, and nobody in it yet."""
        self.text, self.at, self.outlet, self.quotes = text, at, outlet, sorted(quotes)
        self.scan = Scan(text, entities, sentences)
        self.cast = Cast(self.scan)
        self.aliases = self._acronyms()
        self.outlets = {slug(match[1]) for match in (*_OUTLET.finditer(text), *_AGENCY.finditer(text))}
        self.home = Home(self.scan)
        self.found: dict[Extent, Found] = {}

    def _step(self, extent: Extent, found: Found, phrase: Phrase, subject: bool, *, asked: bool = True) -> None:
        """Put a resolved noun phrase on the trail."""
        gender = found.members[0].gender if len(found.members) == 1 else None
        self.cast.add(
            Step(
                *extent, found.members, countries=found.countries, plural=found.plural or len(found.members) > 1, human=found.human,
                subject=subject, gender=gender, heads=phrase.heads, unnamed=found.unnamed, read=asked,
            )
        )  # fmt: skip

    def _acronyms(self) -> dict[str, str]:
        """ "XYZ" -> "X Y Z" where the text introduces it so."""
        found = {}
        for match in _ACRONYM.finditer(self.text):
            letters = match[1].replace(".", "").upper()
            words = self.text[max(0, match.start() - 120) : match.start()].split()
            for n in range(len(words) - 1, max(-1, len(words) - 12), -1):
                tail = words[n:]
                initials = "".join(word[0] for word in tail if word[0].isupper())
                if initials.upper() == letters and tail[0][0].isupper():
                    found[match[1]] = " ".join(tail)
                    break
        for short in {word.text for word in self.scan.words if _INITIALS.fullmatch(word.text)} - found.keys():
            if long := self._spelled_out(short):
                found[short] = long
        return found

    def _spelled_out(self, initials: str) -> str:
        """The capitals in a row, with "of" and the like between, that some initials are short for; empty where the text has none."""
        vocab, names = vocabulary(), self.scan.words
        if vocab.known.at([word for word in names if word.text == initials][:1], 0, 1):
            return ""
        for i, word in enumerate(names):
            if word.text[0] != initials[0] or word.text.isupper():
                continue
            end, taken = i, 0
            while end < len(names) and taken < len(initials):
                if names[end].capital and names[end].text[0] == initials[taken] and not names[end].text.isupper():
                    taken += 1
                elif names[end].low not in ("of", "for", "the", "and", "on", "&"):
                    break
                end += 1
            goes_on = end < len(names) and names[end].capital and names[end].start == names[end - 1].end + 1
            if taken == len(initials) and not goes_on:
                return self.text[word.start : names[end - 1].end]
        return ""

    def _person(self, phrase: Phrase, start: int) -> Member:
        """The person of a phrase, who learns from it titles, countries, and he or she."""
        member = self.cast.person(phrase.name, phrase.gender, start)
        member.gender = member.gender or phrase.gender
        member.heads |= phrase.heads
        codes, sure = phrase.countries, phrase.own
        if phrase.owner in ("its", "their", "his", "her", "whose") and not phrase.own and not member.countries:
            codes = self._owner(phrase.owner, start)[1] or codes
        if codes and (not member.countries or (sure and not member.sure)):
            member.countries, member.sure = codes, sure
        member.orgs = member.orgs or phrase.keys
        for title in phrase.titles:
            role = Role(
                title=title.words,
                country=title.country or (member.countries[0] if member.countries else None),
                span=span(self.text, title.extent),
            )
            if all(role.span.extent != other.span.extent for other in member.roles):
                member.roles.append(role)
        return member

    def _bare_name(self, phrase: Phrase, start: int) -> Found:
        """A name with nothing beside it: a person known by a part of it, an acronym, else a new person or organisation."""
        member = self.cast.known_by(phrase.name.split()[-1], start) if phrase.name else None
        if slug(phrase.name) in self.outlets:
            return Found(members=(self._outlet(phrase.name),), human=False)
        if member is None and " " in phrase.name:
            member = self.cast.known_by(phrase.name.split()[0], start)
        if member:
            return Found(members=(member,), countries=member.countries)
        if self._own_outlet(phrase.name):
            return Found(members=(self._outlet(self.outlet or phrase.name),), human=False)
        if self.aliases.get(phrase.name, "").split(" ")[-1] in vocabulary().outlet_marks:
            return Found(members=(self._outlet(phrase.name),), human=False)
        if phrase.name in self.aliases or phrase.name.isupper():
            found = self._org(phrase.name)
            return Found(members=(found,), countries=found.countries, human=False)
        if label := self.scan.label(start, len(phrase.text)):
            return Found(members=(self._org(phrase.name),) if label == "ORG" else (), human=False)
        return self._as_person(phrase, start)

    def _publishes_itself(self) -> bool:
        """Whether the publisher's name is an organisation's and no outlet's: an institute with its own brief."""
        vocab, words = vocabulary(), re.split(r"[ -]", self.outlet or "")
        return any(word in vocab.publishers for word in words) and not any(word in vocab.outlet_marks for word in words)

    def _own_outlet(self, name: str) -> bool:
        """Whether the name is a part of the name of the outlet that published the article: "COURIER" in its interview."""
        own = slug(self.outlet or "")
        return bool(own) and (slug(name) == own or (name.isupper() and slug(name) in own.split("-")))

    def _state(self, code: str) -> Member:
        member = self.cast.member(f"state:{code}", countries()[code].name, "state")
        member.countries = (code,)
        return member

    def _members_of(self, phrase: Phrase) -> tuple[str, ...]:
        """The states in all the groups named, with any country named beside them."""
        inside = [set(members(key, self.at)) for key in phrase.keys]
        codes = sorted(set.intersection(*inside)) if inside else []
        return tuple(dict.fromkeys([*phrase.countries, *codes]))

    def _as_person(self, phrase: Phrase, start: int) -> Found:
        if not phrase.titles and " " in phrase.name and self._own_outlet(phrase.name):
            return Found(members=(self._outlet(phrase.name),), human=False)
        member = self._person(phrase, start)
        return Found(members=(member,), countries=member.countries)

    def _as_org(self, phrase: Phrase, start: int) -> Found:
        if phrase.keys and not phrase.institution:
            found = self._known_org(phrase.keys[0])
        elif phrase.institution:
            return self._institution(phrase, start)
        elif len(phrase.name.split()) == 1 and (phrase.name.isupper() or not phrase.definite) and self.cast.known_by(phrase.name, start):
            return self._bare_name(phrase, start)
        elif (
            self.aliases.get(phrase.name, "").split(" ")[-1] in vocabulary().outlet_marks
            or self._own_outlet(phrase.name)
            or slug(phrase.name) in self.outlets
        ):
            return Found(members=(self._outlet(phrase.name),), human=False)
        else:
            found = self._org(phrase.name)
            found.heads |= phrase.heads
            found.countries = found.countries or (phrase.countries if phrase.own else ())
        plural = phrase.plural and phrase.unnamed
        return Found(members=(found,), countries=self._speaks_for(found), unnamed=phrase.unnamed, human=phrase.unnamed, plural=plural)

    def _speaks_for(self, member: Member) -> tuple[str, ...]:
        """An alliance has members, and speaks for none of them."""
        return () if len(member.countries) > 1 and member.kind == "org" else member.countries

    def _known_org(self, key: str) -> Member:
        entry = vocabulary().organisations[key]
        names = entry["names"]
        member = self.cast.member(f"org:{key}", str(names[0]) if isinstance(names, list) else key, "org")
        nouns = entry.get("nouns", ())
        if not member.heads and isinstance(nouns, list):
            member.heads = frozenset(nouns)
            country = entry.get("country")
            member.countries = (str(country),) if country else members(key, self.at)
        return member

    def _org(self, name: str) -> Member:
        """The organisation of that name, by the long form where the text introduced an acronym."""
        plain = re.sub(r"^(?:the|a|an)\s+|\s*\([^)]*\)\s*$", "", name, flags=re.IGNORECASE)
        long = self.aliases.get(plain, plain)
        long = re.sub(r"^(?:the|a|an)\s+", "", long, flags=re.IGNORECASE)
        key = slug(long) or "unnamed"
        outlet = next((member for identity, member in self.cast.members.items() if identity == f"outlet:{key}"), None)
        if outlet:
            return outlet
        fuller = next(
            (member for identity, member in self.cast.members.items() if member.kind == "org" and _part_of(key, identity[4:])), None
        )
        return fuller or self.cast.member(f"org:{key}", long, "org")

    def _institution(self, phrase: Phrase, start: int) -> Found:
        """A state's organ: "the Polish foreign ministry", "its embassy", and "the ministry" that was named before."""
        codes = phrase.countries
        if not codes and phrase.owner:
            owner, codes = self._owner(phrase.owner, start)
            if phrase.institution == "ministry" and len(owner) == 1 and (led := self._led_by(owner[0], start)):
                return Found(members=(led,), countries=led.countries, unnamed=phrase.unnamed, human=False)
            if not codes and owner:
                return Found(members=owner, countries=(), human=False)
        if not codes and phrase.keys:
            return self._as_org(_without_institution(phrase), start)
        last = phrase.institution.split("-")[-1]
        if not codes:
            step = self.cast.nearest(
                start,
                lambda step: len(step.members) == 1 and step.members[0].kind == "org" and (
                    step.members[0].id.endswith(phrase.institution) or (phrase.institution == last and last in step.members[0].heads)
                    or (phrase.institution == last and last in step.members[0].id.split("-"))
                ),
                reach=40,
            )  # fmt: skip
            if step:
                return Found(members=step.members, countries=self._speaks_for(step.members[0]), unnamed=phrase.unnamed, human=False)
            codes = () if last in vocabulary().abroad else self.home.focus(start)
            if phrase.institution == "ministry" and (led := self._minister_in_sight(start, codes)):
                return Found(members=(led,), countries=led.countries, unnamed=phrase.unnamed, human=False)
        if codes and phrase.institution == last and (fuller := self._fuller(codes[0], last, start)):
            member = fuller
        elif codes:
            name = f"{countries()[codes[0]].slug}-{phrase.institution}"
            member = self.cast.member(f"org:{name}", phrase.text, "org")
            member.countries = codes[:1]
        else:
            member = self._org(phrase.institution.replace("-", " "))
        member.heads |= phrase.heads | {last}
        plural = phrase.plural and phrase.unnamed
        return Found(members=(member,), countries=member.countries, unnamed=phrase.unnamed, human=phrase.unnamed, plural=plural)

    def _minister_in_sight(self, start: int, codes: tuple[str, ...]) -> Member | None:
        """The ministry of the minister last spoken of, in an article that names none: of the country it is about, if that is known."""
        step = self.cast.nearest(
            start,
            lambda step: (
                len(step.members) == 1
                and self._topic(step.members[0]) != ""
                and not (codes and step.members[0].countries and step.members[0].countries != codes)
            ),
            reach=40,
        )
        return self._led_by(step.members[0], start) if step else None

    def _led_by(self, member: Member, start: int) -> Member | None:
        """The ministry that a minister leads; None where the person is no minister, or of nobody knows what."""
        topic = self._topic(member)
        if not topic:
            return None
        codes = member.countries or self.home.focus(start)
        place = f"{countries()[codes[0]].slug}-" if codes else ""
        found = self.cast.member(f"org:{place}{topic}-ministry", f"{topic} ministry", "org")
        found.countries = codes[:1]
        found.heads |= {"ministry"}
        return found

    @staticmethod
    def _topic(member: Member) -> str:
        """What a minister is minister of: "defence"; empty for everybody else."""
        topics = sorted(member.heads & vocabulary().topics)
        if member.kind != "person" or "minister" not in member.heads or len(topics) != 1:
            return ""
        return topics[0].replace("defense", "defence").replace("labor", "labour")

    def _fuller(self, code: str, noun: str, start: int) -> Member | None:
        """The organ of a country that a bare noun for it means: the one of that kind last spoken of."""
        step = self.cast.nearest(
            start,
            lambda step: (
                len(step.members) == 1
                and step.members[0].kind == "org"
                and step.members[0].countries == (code,)
                and noun in step.members[0].id.split("-")
            ),
            reach=40,
        )
        return step.members[0] if step else None

    def _outlet(self, name: str) -> Member:
        plain = self.aliases.get(name, vocabulary().short_outlets.get(name, name))
        tail = slug(plain)
        if self.outlet and tail == slug(self.outlet) and self._publishes_itself():
            return self.cast.member(f"org:{tail}", plain, "org")
        for identity, member in self.cast.members.items():
            if member.kind == "outlet" and (
                identity == f"outlet:{tail}" or identity.split("-", 1)[-1] == tail or identity.endswith(f"-{tail}")
            ):
                return member
        if self.outlet and (slug(self.outlet) == tail or slug(self.outlet).endswith(f"-{tail}") or tail.endswith(slug(self.outlet))):
            return self.cast.member(f"outlet:{slug(self.outlet)}", self.outlet, "outlet")
        return self.cast.member(f"outlet:{tail}", plain, "outlet")

    def _antecedent(self, pronoun: str, position: int) -> Step | None:
        """Whom a pronoun points back to."""
        match pronoun:
            case "he" | "she":
                return self._he_or_she(pronoun, position)
            case "it":
                return self.cast.nearest(
                    position,
                    lambda step: not step.human and not step.plural and len(step.members) == 1,
                    prefer=lambda step: 2.0 * step.read,
                )
            case "they":
                return self.cast.nearest(
                    position,
                    lambda step: bool(step.members) and (step.plural or not step.human) and step.members[0].kind != "outlet",
                    prefer=lambda step: 2.0 if step.plural else -2.0 if step.read else -8.0,
                )
            case "who":
                near = [
                    step
                    for step in self.cast.before(position)
                    if step.members and position - step.end < (_WHO if step.read or step.human else _WHO_NAMED)
                ]
                return next((step for step in reversed(near) if step.end >= near[0].end), None)
            case "i" | "we":
                return self._speaker_of_quote(position, plural=pronoun == "we")
        return None

    def _he_or_she(self, pronoun: str, position: int) -> Step | None:
        """The person of that sex most likely meant: much spoken of, in this paragraph, first in a sentence, speaking too."""
        scan, speaks = self.scan, self.scan.speaks(position, position + len(pronoun))
        mentions: Counter[tuple[Member, ...]] = Counter()
        first: dict[int, Step] = {}
        for step in self.cast.before(position):
            mentions[step.members] += 1
            first[scan.sentence(step.start)] = step
        paragraph, quoted = self.text.rfind("\n", 0, position), self._quotation(position)
        outside = speaks and quoted is None
        told = scan.sentence(position) if outside and self._closes(pronoun, position) else None

        def likely(step: Step) -> float:
            return (
                _SEX * (step.members[0].gender == pronoun)
                + _SPEAKER * (speaks and step.speaks)
                + _OFTEN * log1p(mentions[step.members])
                + _PARAGRAPH * (step.start > paragraph)
                + _FIRST * (step.subject and first[scan.sentence(step.start)] is step)
                - _OWNER * (outside and self._owns(step))
                - _BESIDE * (told is not None and scan.sentence(step.start) == told)
                - self._hidden(step.start, quoted, beside=outside and step.start > paragraph)
            )

        return self.cast.nearest(
            position,
            lambda step: step.human and not step.plural and len(step.members) == 1 and step.members[0].gender in (None, pronoun),
            prefer=likely,
            clear=True,
        )

    def _closes(self, pronoun: str, position: int) -> bool:
        """Whether the words that attribute stand behind what is said, or in its middle: "Kask will go, he said" is told by another."""
        last = _LAST_WORD.search(self.text, max(position - _WHO, 0), position)
        opens = last is None or last[1].lower() in vocabulary().opens_clause
        return not opens and _CLOSED.match(self.text, position + len(pronoun)) is not None

    def _owns(self, step: Step) -> bool:
        """Whether somebody is only named as whose something is: "Marrow’s death"."""
        return self.text[step.start].isupper() and self.text.startswith(("’s ", "'s "), step.end)

    def _hidden(self, place: int, quoted: Extent | None, *, beside: bool) -> float:
        """What it costs that somebody is named in another quotation than the pronoun's."""
        around = self._quotation(place)
        return 0.0 if around is None or around == quoted else _BESIDE if beside else _QUOTED

    def _quotation(self, position: int) -> Extent | None:
        """The quotation that a place stands in."""
        at = bisect_right(self.quotes, position, key=_start)
        return self.quotes[at - 1] if at > 0 and position < self.quotes[at - 1][1] else None

    def _speaker_of_quote(self, position: int, *, plural: bool) -> Step | None:
        """Who says the quotation that the word stands in: the nearest subject outside it, first after it in its sentence, then before."""
        inside = self._quotation(position)
        if inside is None:
            return self._own_voice(position)
        after = next((step for step in self.cast.trail if step.start >= inside[1] and (plural or step.human)), None)
        if after and after.read and after.start - inside[1] < 40 and "\n" not in self.text[inside[1] : after.start]:
            return self._spokesman(after, plural)
        before = next((step for step in self.cast.before(inside[0]) if step.read and step.subject and step.end <= inside[0]), None)
        if before and inside[0] - before.end < 400:
            return self._spokesman(before, plural)
        return None

    def _own_voice(self, position: int) -> Step | None:
        """Who says "I" or "we" outside quotations: the name before a colon that opens the paragraph, else the outlet."""
        begin = self.text.rfind("\n", 0, position) + 1
        label = re.match(r"([A-ZÀ-Ž][\w .’'-]{1,40})(?: \([^)]*\))?:", self.text[begin:position])
        if label:
            member = self.cast.known_by(label[1].split()[-1], position)
            if member:
                return Step(begin, begin + 1, (member,), countries=member.countries, plural=False, human=True, subject=True)
        if self.outlet and not label:
            return Step(begin, begin + 1, (self._outlet(self.outlet),), countries=(), plural=False, human=False, subject=True)
        return None

    def _spokesman(self, step: Step, plural: bool) -> Step | None:
        """Who is meant by the "I" or "we" of somebody: one person's "we" is the organisation or the state that they speak for."""
        if not plural or not step.human or step.plural:
            return step
        behind = self._represented(step.members[0]) if len(step.members) == 1 else ()
        return (
            Step(step.start, step.end, behind, countries=behind[0].countries, plural=False, human=False, subject=True) if behind else None
        )

    def _represented(self, member: Member) -> tuple[Member, ...]:
        """Whom a person speaks for: the organisation named with the office, else the state whose office it is."""
        if member.orgs:
            return (self._known_org(member.orgs[0]),)
        if member.kind == "person" and len(member.countries) == 1 and member.heads & vocabulary().spokespeople:
            return (self._state(member.countries[0]),)
        return ()

    def _owner(self, word: str, position: int) -> tuple[tuple[Member, ...], tuple[str, ...]]:
        """Whose: the members that "its", "his" or "their" points to, and their countries."""
        step = self._antecedent({"its": "it", "his": "he", "her": "she", "their": "they", "whose": "who"}.get(word, ""), position)
        if step is None:
            return (), ()
        return step.members, step.countries or tuple(code for member in step.members for code in self._speaks_for(member))


def _start(quote: Extent) -> int:
    return quote[0]


def _part_of(key: str, name: str) -> bool:
    """Whether a short name is how a longer one of two words or more begins or ends: "ledger-project" of "sunlight-ledger-project"."""
    return len(key) > 3 and (name.startswith(f"{key}-") or name.endswith(f"-{key}"))


def _without_institution(phrase: Phrase) -> Phrase:
    return Phrase(kind="org", text=phrase.text, keys=phrase.keys, heads=phrase.heads, unnamed=phrase.unnamed)
