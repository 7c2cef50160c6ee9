"""Who is meant: noun phrases to persons, states, organisations, outlets and groups, with the countries they speak for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from onrecord.records import Actor, Entity, Extent, Record, span

from .cast import Member, Step
from .names import Found
from .newcomers import newcomer
from .phrases import Phrase, is_plural
from .places import countries, members
from .reading import read
from .sightings import Sightings
from .vocabulary import vocabulary
from .words import reach, slug


class Reference(Record, frozen=True, kw_only=True):
    """Whom a noun phrase stands for: ids of actors, the countries they speak for, and whether they go unnamed."""

    actors: tuple[str, ...]
    countries: tuple[str, ...]
    unnamed: bool


class Resolution(Record, frozen=True, kw_only=True):
    """An article's actors, and for each noun phrase whom it stands for."""

    actors: tuple[Actor, ...]
    of: Mapping[Extent, Reference]


def resolve(
    text: str,
    mentions: Sequence[Extent],
    entities: Sequence[Entity],
    *,
    at: str | None,
    sentences: Sequence[Extent],
    outlet: str | None = None,
    quotes: Sequence[Extent] = (),
) -> Resolution:
    """Whom each noun phrase of an article stands for, and the actors among them.

    Args:
        text: the article's text.
        mentions: the noun phrases, in any order.
        entities: names the reader saw; what is missing here is found by capitals and lexicons.
        at: the ISO day of publication, by which groups of states have their members; None takes the newest known.
        sentences: where the sentences are; an empty one counts the text as a single sentence.
        outlet: who published the article, for "this newspaper" and "we".
        quotes: quotations with their marks, for "I".
    """
    return _Resolver(text, entities, sentences, at, outlet, quotes).resolve(mentions)


class _Resolver(Sightings):
    def resolve(self, mentions: Sequence[Extent]) -> Resolution:
        self._sight_persons()
        ordered = sorted(set(mentions))
        later = []
        for extent in ordered:
            indices = reach(self.scan.starts, extent)
            phrase = read(self.scan, indices)
            if phrase.kind == "pronoun" and phrase.name in ("i", "we"):
                later.append((extent, phrase))
                continue
            self._settle(extent, phrase, indices[0])
        for extent, phrase in later:
            self._settle(extent, phrase, reach(self.scan.starts, extent)[0])
        self._settle_countries()
        acting = sorted((member for member in self.cast.members.values() if member.mentions), key=lambda member: member.mentions[0].start)
        actors = tuple(member.actor() for member in acting)
        return Resolution(actors=actors, of={extent: _reference(found) for extent, found in self.found.items()})

    def _settle_countries(self) -> None:
        """Give those who hold a state's office and are of no known country the one that the article is about where they first stand."""
        for member in self.cast.members.values():
            if (
                member.kind == "person"
                and not member.countries
                and member.mentions
                and not member.orgs
                and member.heads & vocabulary().home_offices
            ):
                first = next((step.start for step in self.cast.trail if member in step.members), member.mentions[0].start)
                member.countries = self.home.focus(first)

    def _settle(self, extent: Extent, phrase: Phrase, first: int) -> None:
        found = self._who(phrase, extent)
        self.found[extent] = found
        for member in found.members:
            member.mentions.append(span(self.text, extent))
        if found.members and first < len(self.scan.words):
            self._step(extent, found, phrase, self.scan.subject(first))

    def _who(self, phrase: Phrase, extent: Extent) -> Found:
        start = extent[0]
        match phrase.kind:
            case "pronoun":
                return self._pronoun(phrase, extent)
            case "several":
                return self._several(phrase, extent)
            case "person":
                return self._as_person(phrase, start)
            case "name":
                return self._bare_name(phrase, start)
            case "state":
                return self._as_state(phrase, start)
            case "collective":
                codes = self._members_of(phrase)
                return Found(members=tuple(map(self._state, codes)), countries=codes, human=False, plural=True)
            case "org":
                return self._as_org(phrase, start)
            case "outlet":
                found = self._outlet(phrase.name)
                found.countries = found.countries or (phrase.countries if phrase.own else ())
                return Found(members=(found,), countries=found.countries, human=False)
            case "role":
                return self._as_role(phrase, start)
            case "definite":
                return self._as_definite(phrase, start)
            case "group":
                return self._as_group(phrase, start)
        return Found(unnamed=phrase.unnamed)

    def _several(self, phrase: Phrase, extent: Extent) -> Found:
        found = [self._who(part, extent) for part in phrase.parts]
        return Found(
            members=tuple(dict.fromkeys(member for one in found for member in one.members)),
            countries=tuple(dict.fromkeys(code for one in found for code in one.countries)),
            unnamed=any(one.unnamed for one in found), human=any(one.human for one in found), plural=True,
        )  # fmt: skip

    def _as_state(self, phrase: Phrase, start: int) -> Found:
        codes = phrase.countries
        if not codes and phrase.owner:
            codes = self._owner(phrase.owner, start)[1]
        if not codes and phrase.keys:
            return self._as_org(phrase, start)
        if not codes:
            codes = self.home.focus(start)
        if not codes or not phrase.definite and re.match(r"(?:a|an|any|no) ", phrase.text, re.IGNORECASE):
            return self._as_group(phrase, start)
        return Found(members=tuple(map(self._state, codes)), countries=codes, human=False, plural=phrase.plural)

    def _as_role(self, phrase: Phrase, start: int) -> Found:
        """An office without a name: its holder if the article names one, else a group of that description."""
        head = self._head(phrase)
        if phrase.definite and phrase.own and phrase.name and head not in vocabulary().offices and " " not in phrase.name:
            return self._as_national(phrase, start)
        owned = self._owner(phrase.owner, start)[1] if phrase.owner in ("its", "their") else ()
        codes = phrase.countries or owned
        wanted = phrase.heads & (vocabulary().topics | {"deputy", "prime", "vice", "former"})

        def fits(step: Step) -> bool:
            if len(step.members) != 1 or not step.human or step.plural or head not in step.members[0].heads | step.heads:
                return False
            have = step.members[0].heads | step.heads
            if not wanted <= have or (codes and step.countries and not set(codes) & set(step.countries)):
                return False
            if "deputy" in have and "deputy" not in wanted and head == "minister" and wanted:
                return False
            return not (phrase.gender and step.gender and phrase.gender != step.gender)

        step = self.cast.nearest(start, fits, reach=60) or self._later(
            start, fits, anyone=not phrase.definite or bool(phrase.own and wanted) or self._only_one(head)
        )
        if step:
            holder = step.members[0]
            if phrase.own and holder.kind == "person" and not holder.sure and (not holder.countries or step.start > start):
                holder.countries, holder.sure = codes, True
            return Found(members=step.members, countries=holder.countries or codes, unnamed=step.unnamed)
        if named := newcomer(self.cast, phrase, start):
            named.heads |= phrase.heads
            named.countries = named.countries or codes
            return Found(members=(named,), countries=named.countries)
        if phrase.keys:
            return self._as_org(phrase, start)
        if phrase.owner == "its" and slug(phrase.name) in vocabulary().mouthpieces:
            owner, speaks_for = self._owner(phrase.owner, start)
            if len(owner) == 1 and owner[0].kind == "org":
                return Found(members=owner, countries=speaks_for)
        if not codes and head in vocabulary().single_offices:
            codes = self.home.focus(start)
        return self._group(phrase, codes)

    def _only_one(self, head: str) -> bool:
        """Whether a single person of the article holds an office that a country has one of."""
        if head not in vocabulary().single_offices:
            return False
        return sum(member.kind == "person" and head in member.heads for member in self.cast.members.values()) == 1

    def _as_national(self, phrase: Phrase, start: int) -> Found:
        """ "the Estonian": the person of that country last spoken of, else somebody of that description."""
        step = self.cast.nearest(
            start,
            lambda step: len(step.members) == 1 and step.members[0].kind == "person" and step.members[0].countries == phrase.countries,
            reach=20,
        )
        return Found(members=step.members, countries=phrase.countries) if step else self._group(phrase, phrase.countries)

    def _later(self, start: int, fits: Callable[[Step], bool], *, anyone: bool) -> Step | None:
        """The first person named further down whom an office fits; without a country in common, only for the bare office of a headline."""
        for step in self.cast.trail:
            if step.start > start and fits(step) and step.members[0].kind == "person" and (anyone or step.countries):
                return step
        return None

    def _head(self, phrase: Phrase) -> str:
        return next(
            (word for word in reversed(phrase.name.lower().split()) if word in vocabulary().offices),
            phrase.name.lower().split()[-1] if phrase.name else "",
        )

    def _as_definite(self, phrase: Phrase, start: int) -> Found:
        """ "these representatives", "the two presidents", "the group", "the paper": whoever was last spoken of so."""
        if phrase.name == "outlet" or (phrase.heads & {"newspaper", "outlet"} and not phrase.plural):
            return self._last_outlet(phrase, start)
        if phrase.name == "earlier version":
            own = self.outlet and self.cast.nearest(start, _is_outlet, reach=3) is None
            return Found(members=(self._outlet(self.outlet or ""),), human=False) if own else self._last_outlet(phrase, start)
        if phrase.name == "some of them":
            return self._some_of_them(phrase, start)
        if phrase.count > 1:
            found = self._counted(phrase, start)
            if found:
                return found
        if phrase.plural:
            step = self._states_before(phrase, start)
            if not step and not phrase.heads & vocabulary().sides:
                step = self._plural_before(phrase, start)
            if step:
                return Found(members=step.members, countries=step.countries, unnamed=step.unnamed, human=step.human, plural=True)
            return self._as_group(phrase, start)
        head = phrase.name.lower().split()[-1] if phrase.name else ""
        if head in vocabulary().offices:
            step = self.cast.nearest(
                start,
                lambda step: len(step.members) == 1 and step.members[0].kind == "person"
                and bool({head, f"{head}s"} & step.members[0].heads) and phrase.gender in (None, step.gender),
                reach=20,
            )  # fmt: skip
            if step:
                return Found(members=step.members, countries=step.countries)
        if head in vocabulary().organisation_nouns:
            step = self.cast.nearest(
                start,
                lambda step: len(step.members) == 1 and step.members[0].kind in ("org", "outlet") and head in step.members[0].heads,
                reach=40,
            )
            step = step or self.cast.nearest(
                start,
                lambda step: (
                    len(step.members) == 1
                    and step.members[0].kind == "org"
                    and ((not step.members[0].heads and phrase.heads <= {head}) or head in step.members[0].id.split("-"))
                ),
                reach=6,
            )
            if step:
                return Found(members=step.members, countries=self._speaks_for(step.members[0]), human=False)
        elif head in vocabulary().reports:
            step = self.cast.nearest(
                start,
                lambda step: (
                    len(step.members) == 1
                    and (
                        step.members[0].kind == "outlet" or (step.members[0].kind == "org" and step.read and not step.members[0].countries)
                    )
                ),
                reach=12,
                prefer=lambda step: 8.0 * (step.members[0].kind == "outlet"),
            )
            if step:
                return Found(members=step.members, countries=self._speaks_for(step.members[0]), human=False)
        else:
            step = self.cast.nearest(start, lambda step: bool(head) and step.read and not step.plural and head in step.heads, reach=40)
            if step:
                return Found(members=step.members, countries=step.countries, unnamed=step.unnamed, human=step.human)
        return self._as_group(phrase, start)

    def _some_of_them(self, phrase: Phrase, start: int) -> Found:
        """ "one of them", "others": members of the group last spoken of, still without a name."""
        step = self.cast.nearest(start, lambda step: step.plural and step.human and bool(step.members), reach=2)
        if step is None and " the " in phrase.text:
            step = self.cast.nearest(start, lambda step: step.plural and step.unnamed and bool(step.members), reach=20)
        if step is None or any(member.kind == "person" for member in step.members):
            return Found(unnamed=True, plural=True)
        return Found(members=step.members, countries=step.countries, unnamed=True, plural=True)

    def _last_outlet(self, phrase: Phrase, start: int) -> Found:
        if self.outlet and re.match(r"(?:this|our) ", phrase.text, re.IGNORECASE):
            return Found(members=(self._outlet(self.outlet),), human=False)
        step = self.cast.nearest(start, lambda step: len(step.members) == 1 and step.members[0].kind == "outlet", reach=40)
        if step:
            return Found(members=step.members, countries=step.countries, human=False)
        before = [i for i in self.scan.named if self.scan.named[i][1].kind == "outlet" and self.scan.words[i].start < start]
        if before:
            return Found(members=(self._outlet(self.scan.named[max(before)][1].key),), human=False)
        return self._as_group(phrase, start)

    def _counted(self, phrase: Phrase, start: int) -> Found | None:
        """ "both", "the two presidents": two that were named together, else the last two that the words fit."""
        head = self._head(phrase) if phrase.name else ""
        single = head[:-1] if head.endswith("s") else head
        persons = single in vocabulary().offices
        together = self.cast.nearest(
            start,
            lambda step: len(step.members) == phrase.count and (not persons or all(member.kind == "person" for member in step.members)),
            reach=4,
        )
        if together and head in vocabulary().sides and all(member.kind == "person" for member in together.members):
            codes = together.countries
            return (
                Found(members=tuple(map(self._state, codes)), countries=codes, human=False, plural=True)
                if len(codes) == phrase.count
                else None
            )
        if together:
            return Found(members=together.members, countries=together.countries, human=together.human, plural=True)
        found: list[Member] = []
        here = self.scan.sentence(start)
        for step in self.cast.before(start):
            if here - self.scan.sentence(step.start) > 6:
                break
            for member in step.members:
                fits = (
                    member.kind == "person" and (single in member.heads or single in ("leader", "man", "woman", "politician"))
                    if persons
                    else self._may_be_counted(member, single)
                )
                if fits and member not in found and (not found or persons or member.kind == found[0].kind):
                    found.append(member)
            if len(found) >= phrase.count:
                kept = tuple(reversed(found[: phrase.count]))
                return Found(
                    members=kept,
                    countries=tuple(dict.fromkeys(code for member in kept for code in self._speaks_for(member))),
                    plural=True,
                    human=persons,
                )
        if head in vocabulary().sides or not head:
            codes = tuple(dict.fromkeys(code for at, code, *_ in reversed(self.home.named) if at < start))[: phrase.count]
            if len(codes) == phrase.count:
                return Found(members=tuple(map(self._state, reversed(codes))), countries=tuple(reversed(codes)), human=False, plural=True)
        return None

    def _may_be_counted(self, member: Member, noun: str) -> bool:
        """Whether a member can be one of "the two ministries", or of "both sides"."""
        if noun.endswith("ie"):
            noun = f"{noun[:-2]}y"
        elif noun not in vocabulary().institution_heads:
            return member.kind in ("state", "person", "org")
        return member.kind == "org" and (noun in member.heads or noun in member.id.split("-"))

    def _states_before(self, phrase: Phrase, start: int) -> Step | None:
        """ "these nations": the states last named together."""
        if not phrase.heads & (vocabulary().state_heads | {"governments"}):
            return None
        return self.cast.nearest(
            start, lambda step: len(step.members) > 1 and all(member.kind == "state" for member in step.members), reach=4
        )

    def _plural_before(self, phrase: Phrase, start: int) -> Step | None:
        head = (phrase.name or phrase.text).lower().split()[-1]
        same = self.cast.nearest(start, lambda step: step.plural and step.human and head in step.heads and bool(step.members), reach=20)
        if same:
            return same
        return self.cast.nearest(
            start, lambda step: step.plural and step.human and bool(step.members), reach=3, prefer=lambda step: 1.0 if step.read else 0.0
        )

    def _as_group(self, phrase: Phrase, start: int) -> Found:
        """People who are only described; a spokesman speaks for the organisation last spoken of."""
        if slug(phrase.name) in vocabulary().mouthpieces and not (
            phrase.countries or phrase.keys or phrase.owner or " for " in phrase.text
        ):
            step = self.cast.nearest(start, lambda step: len(step.members) == 1 and step.members[0].kind == "org", reach=2)
            if step:
                return Found(members=step.members, countries=self._speaks_for(step.members[0]))
        codes = phrase.countries
        if phrase.keys and all(key in vocabulary().organisations for key in phrase.keys):
            keys: tuple[str, ...] = ()
        else:
            keys = phrase.keys
        if keys:
            inside = [set(members(key, self.at)) for key in keys]
            codes = tuple(dict.fromkeys([*codes, *sorted(set.intersection(*inside))]))
        if not codes and phrase.owner in ("its", "their", "his", "her"):
            codes = self._owner(phrase.owner, start)[1]
        if not codes and not keys and phrase.heads & vocabulary().domestic:
            codes = self.home.focus(start)
        return self._group(phrase, codes)

    def _group(self, phrase: Phrase, codes: tuple[str, ...]) -> Found:
        name = phrase.name or phrase.text
        if " " not in name and name[:1].isupper() and (known := self.cast.known_by(name, -1)) and not phrase.definite:
            return Found(members=(known,), countries=known.countries)
        if len(codes) == 1 and countries()[codes[0]].slug not in slug(name):
            name = f"{countries()[codes[0]].slug} {name}"
        member = self.cast.member(f"group:{slug(name)[:80].strip('-') or 'unnamed'}", phrase.text, "group")
        member.countries = member.countries or codes
        member.heads |= phrase.heads
        member.gender = member.gender or phrase.gender
        member.plural = phrase.plural
        human = phrase.unnamed or phrase.plural or bool(phrase.heads & vocabulary().offices)
        return Found(members=(member,), countries=codes, unnamed=phrase.unnamed, plural=phrase.plural, human=human)

    def _before_who(self, start: int) -> Found:
        """The people described right before "who", where nobody asked about them: "hauliers, who", "those who"."""
        words, vocab = self.scan.words, vocabulary()
        end = reach(self.scan.starts, (start, start + 1))[0]
        if end and words[end - 1].text == ",":
            end -= 1
        begin = end
        while begin and end - begin < 5 and (begin == end or self._in_front(begin - 1)):
            begin -= 1
        if begin == end or not (is_plural(words[end - 1].low) or words[end - 1].low in vocab.anybody | {"those"}):
            return Found()
        return self._who(read(self.scan, (begin, end)), (words[begin].start, words[end - 1].end))

    def _in_front(self, i: int) -> bool:
        """Whether a word before a noun is surely part of what it describes, and no verb: a name, an article, a number, a kind of office."""
        vocab, word = vocabulary(), self.scan.words[i]
        kinds = vocab.determiners | vocab.numbers | vocab.before_office | vocab.topics | {"and"}
        return i in self.scan.inside or (word.capital and word.text[0].isalnum()) or word.low in kinds

    def _pronoun(self, phrase: Phrase, extent: Extent) -> Found:
        step = self._antecedent(phrase.name, extent[0])
        if step is None:
            return self._before_who(extent[0]) if phrase.name == "who" else Found()
        if phrase.text.lower() == "which" and any(member.kind == "person" for member in step.members):
            return Found()
        if phrase.name in ("he", "she") and len(step.members) == 1 and not step.members[0].gender:
            step.members[0].gender = "he" if phrase.name == "he" else "she"
        found = step.countries or tuple(code for member in step.members for code in self._speaks_for(member))
        return Found(members=step.members, countries=found, unnamed=step.unnamed, human=step.human, plural=step.plural)


def _reference(found: Found) -> Reference:
    """The record, made last of all, when every person bears the fullest name that the text has."""
    codes = found.countries
    if any(member.kind == "person" for member in found.members):
        codes = tuple(code for member in found.members if member.kind != "org" or len(member.countries) == 1 for code in member.countries)
    return Reference(
        actors=tuple(dict.fromkeys(member.id for member in found.members)), countries=tuple(dict.fromkeys(codes)), unnamed=found.unnamed
    )


def _is_outlet(step: Step) -> bool:
    return len(step.members) == 1 and step.members[0].kind == "outlet"
