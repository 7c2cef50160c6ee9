"""A noun phrase read by itself: whom it names or describes, with which titles, countries and organisations."""

from __future__ import annotations

from collections.abc import Iterator

from .persons import PersonPiece
from .phrases import Kind, Phrase, changed, gender_of_name, gender_of_titles, is_plural
from .places import countries
from .scan import Scan
from .ties import codes_of
from .vocabulary import Known, vocabulary


def read(scan: Scan, extent: tuple[int, int], *, mention: bool = True) -> Phrase:
    """What the words from the first to the last-but-one index of a scanned text say."""
    return _Reader(scan, *extent, mention).phrase()


_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class _Reader(PersonPiece):
    def phrase(self) -> Phrase:
        if self.start >= self.stop or self._is_clause():
            return Phrase(kind="nobody")
        return self._pronoun() or self._coordination() or self._person() or self._thing()

    def _is_clause(self) -> bool:
        """Whether a verb stands in it, outside any relative clause: a pointer that ran over a clause, "support is weak and Poland"."""
        finite = vocabulary().finite
        return any(
            word.text in finite and not word.possessive for word in self.found[self.start + 1 : min(self._cut(self.start), self.stop - 1)]
        )

    def _pronoun(self) -> Phrase | None:
        vocab = vocabulary()
        low = [word.low for word in self.found[self.start : self.stop]]
        first = low[0]
        if first in vocab.pronouns and (
            len(low) == 1 or (len(low) == 2 and low[1] in ("himself", "herself", "itself", "themselves", "both", "all"))
        ):
            capital_i = self.found[self.start].text
            kind = vocab.pronouns[first]
            if first == "i" and capital_i != "I":
                return None
            return Phrase(kind="pronoun", text=self.text, name=kind, plural=kind in ("they", "we"))
        if low in (["both"], ["the", "two"], ["the", "three"], ["all", "three"], ["both", "of", "them"], ["the", "pair"], ["the", "trio"]):
            count = 3 if "three" in low or "trio" in low else 2
            return Phrase(kind="definite", text=self.text, plural=True, definite=True, count=count)
        if " ".join(low) in vocab.parts or (len(low) == 3 and low[1:] == ["of", "them"]) or self._is_share_of_few(low):
            return Phrase(kind="definite", text=self.text, plural=True, unnamed=True, name="some of them")
        if " ".join(low) in vocab.anybody or ((low[0][0].isdigit() or low[0] in vocab.numbers) and all(map(self._counts, low))):
            return Phrase(kind="nobody", text=self.text, unnamed=True, plural=True)
        return None

    @staticmethod
    def _counts(low: str) -> bool:
        """Whether the word only says how many: "57", "210 people", "19 percent"."""
        return low[0].isdigit() or low in vocabulary().numbers or low in vocabulary().counted or not low[0].isalnum()

    def _is_share_of_few(self, low: list[str]) -> bool:
        """Whether some are told apart from a counted few: "two of the three people", "three of the four", "the other two"."""
        vocab = vocabulary()
        if low[:2] == ["the", "other"]:
            return len(low) == 3 and low[2] in vocab.numbers
        few = low[2:4] if low[2:3] and low[2] in ("the", "these", "those") else []
        if low[0] not in vocab.numbers or low[1:2] != ["of"] or len(few) < 2 or few[1] not in vocab.numbers:
            return False
        return len(low) == 4 or (low[4] in vocab.person_plurals | vocab.unnamed_nouns and not self.found[self.start + 4].capital)

    def _coordination(self) -> Phrase | None:
        stop = self._cut(self.start)
        while stop - self.start > 3 and self.found[stop - 1].low in ("both", "alike"):
            stop -= 1
        joins = [i for i in range(self.start + 1, stop) if self._joins(i) and i not in self.scan.inside]
        for join in joins:
            pieces = self._pieces(join, stop)
            parts = [_Reader(self.scan, *piece, self.mention).phrase() for piece in pieces]
            if all(_strong(part) for part in parts):
                flat = tuple(inner for part in parts for inner in (part.parts or (part,)))
                if len(flat) == 2 and flat[0].kind == "role" and flat[1].kind == "person" and not flat[0].plural and not flat[0].countries:
                    return None
                return Phrase(kind="several", text=self.text, plural=True, parts=flat)
        return None

    def _joins(self, i: int) -> bool:
        """Whether the word is an "and" between two; "Marsh & Kalda" is one firm."""
        if self.found[i].text == "&":
            return not (self.scan.plain_capital(i - 1) and i + 1 < self.stop and self.scan.plain_capital(i + 1))
        return self.found[i].low == "and"

    def _pieces(self, join: int, stop: int) -> Iterator[tuple[int, int]]:
        """The conjuncts around an "and": commas before it separate too where what they cut off can stand alone."""
        begin = self.start
        for i in range(self.start, join):
            if self.found[i].text == "," and i > begin and self._whole_name(begin, i):
                yield begin, i
                begin = i + 1
        end = join - 1 if self.found[join - 1].text == "," else join
        if begin < end:
            yield begin, end
        yield join + 1, stop

    def _whole_name(self, begin: int, end: int) -> bool:
        """Whether a known name, with its article, is all there is."""
        if self.found[begin].low in ("the", "both"):
            begin += 1
        return begin in self.scan.named and begin + self.scan.named[begin][0] == end

    def _thing(self) -> Phrase:
        vocab = vocabulary()
        segments = self._segments()
        if not segments:
            return Phrase(kind="nobody", text=self.text)
        begin, end = segments[0]
        if len(segments) > 1 and self._says_what(begin, end):
            named = _Reader(self.scan, *segments[1], self.mention)._thing()
            if named.kind in ("org", "outlet") and (named.name or named.keys) and not named.institution:
                return changed(named, text=self.text)
        while begin < end - 1 and self.found[begin].low in ("all", "even"):
            begin += 1
        share = self._share(begin, end)
        if share:
            inner = _Reader(self.scan, share, end, self.mention)._thing()
            name = inner.name or self._words(share, end)
            return changed(inner, kind="group", name=name, text=self.text, plural=True, unnamed=True, keys=())
        determiner = self.found[begin].low
        core = begin
        while (
            core < end - 1
            and (
                self.found[core].low in vocab.determiners
                or self.found[core].low in vocab.numbers
                or self.found[core].text[0].isdigit()
                or self.found[core].low.endswith("-based")
            )
            and core not in self.scan.inside
        ):
            core += 1
        if core > begin and self.found[core].low in vocab.prepositions and core not in self.scan.inside:
            core -= 1
        lead = [word.low for word in self.found[begin:core]]
        definite = any(word in ("the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "both") for word in lead)
        owner = next((word for word in lead if word in ("its", "his", "her", "their", "our", "my")), "")
        count = next((_NUMBERS[word] for word in lead if word in _NUMBERS), 0)
        whole = self.scan.named.get(core)
        if whole and core + whole[0] == end:
            return self._known(core, whole[1], definite, lead)
        stop = core + 1
        while stop < end and not (
            self.found[stop].low in vocab.prepositions and stop not in self.scan.inside and self.found[stop].low != "like"
        ):
            stop += 1
        return self._described(core, stop, end, definite, owner, count, determiner, lead)

    def _share(self, begin: int, end: int) -> int:
        """Where those begin of whom a share is meant: "Poles" in "71 per cent of Poles"; 0 where none is."""
        for i in range(begin, min(begin + 5, end - 2)):
            if self.found[i].low in vocabulary().shares and self.found[i + 1].low == "of":
                return i + 2
        return 0

    def _says_what(self, begin: int, end: int) -> bool:
        """Whether a common noun for an organisation comes first, and its name after the comma: "the rights group, X"."""
        word = self.found[end - 1]
        return not word.capital and (
            word.low in vocabulary().organisation_nouns or word.low in vocabulary().outlet_heads or word.low == "spender"
        )

    def _known(self, core: int, known: Known, definite: bool, lead: list[str]) -> Phrase:
        """A known name with nothing else in its part of the phrase."""
        word = self.found[core]
        if known.kind == "country" and known.form == "adjective":
            codes = (known.key,)
            if not definite or word.low.endswith(("ish", "ch", "ese", "iss")):
                return Phrase(kind="state", text=self.text, countries=codes, plural=definite, own=True)
            return Phrase(kind="role", text=self.text, name=word.text, countries=codes, own=True, definite=True)
        if known.kind == "country":
            if known.form == "people" and (not definite or any(low in vocabulary().quantifiers for low in lead)):
                return Phrase(
                    kind="group",
                    text=self.text,
                    name=word.text,
                    plural=True,
                    countries=(known.key,),
                    heads=frozenset((word.low,)),
                    own=True,
                )
            return Phrase(kind="state", text=self.text, countries=(known.key,), plural=known.form == "people", own=True)
        if known.kind == "collective":
            return Phrase(kind="collective", text=self.text, keys=(known.key,), plural=True)
        if known.kind == "region":
            return Phrase(
                kind="group", text=self.text, name=self.scan.text[word.start : self.found[core + self.scan.named[core][0] - 1].end]
            )
        if known.kind == "outlet":
            return Phrase(kind="outlet", text=self.text, name=known.key, definite=True)
        if known.key == "european-parliament" and word.text.startswith("MEP"):
            return Phrase(
                kind="group", text=self.text, name=word.text, plural=word.text.endswith("s"), unnamed=True, heads=frozenset(("meps",))
            )
        return Phrase(kind="org", text=self.text, keys=(known.key,))

    def _described(
        self, core: int, stop: int, end: int, definite: bool, owner: str, count: int, determiner: str, lead: list[str]
    ) -> Phrase:
        vocab, found, scan = vocabulary(), self.found, self.scan
        head = found[stop - 1].low
        plural = is_plural(head) and determiner not in ("a", "an", "this", "one")
        places, keys = self._ties()
        codes, own = codes_of(places, person=False, head=head)
        codes = codes or self._own_titles()
        unnamed = self._unnamed(head, lead)
        base = Phrase(
            kind="group", text=self.text, plural=plural, definite=definite, unnamed=unnamed, heads=self._heads(), countries=codes, own=own,
            keys=keys, owner=owner, count=count, gender=gender_of_titles(found[core:stop]),
        )  # fmt: skip
        if count > 1 and definite and head in vocab.sides:
            return changed(base, kind="definite", name=self._words(core, stop), plural=True, unnamed=False)
        last = scan.named.get(self._last_named(core, stop))
        collectives = self._collectives(core, stop)
        if (
            last
            and self._last_named(core, stop) + last[0] == stop
            and last[1].kind not in ("country", "region")
            and not (last[1].kind == "outlet" and codes)
        ):
            known = self._known(self._last_named(core, stop), last[1], definite, lead)
            return changed(known, text=self.text)
        quantified = any(low in vocab.quantifiers for low in lead)
        open_ended = unnamed or quantified
        whole = last is not None and last[1].kind == "country" and self._last_named(core, stop) + last[0] == stop
        if last and whole and last[1].form in ("name", "people") and not collectives and not open_ended:
            return Phrase(kind="state", text=self.text, countries=(last[1].key,), own=True)
        members_of = head in vocab.state_heads and plural and stop < end and found[stop].low == "of"
        if members_of and keys and keys[0] in vocab.collectives and not codes and not quantified:
            return changed(base, kind="collective", keys=keys[:1], unnamed=False)
        if collectives and head not in vocab.speaking_heads - vocab.some_heads - vocab.state_heads:
            grouped = self._collective(base, collectives, head, lead)
            if grouped:
                return grouped
        if found[core].low in ("earlier", "previous") and head in vocab.versions:
            return changed(base, kind="definite", name="earlier version", plural=False, unnamed=False)
        outlet = self._outlet(core, stop, end, base)
        if outlet:
            return outlet
        institution = self._institution(core, stop, end)
        if count > 1 and definite and plural and is_plural(institution):
            return changed(base, kind="definite", name=self._words(core, stop), unnamed=False)
        if (
            institution
            and ("-of-" in institution or not self._own_name(core, stop, end))
            and (head in vocab.institution_heads or head == institution.split("-")[-1])
        ):
            return changed(base, kind="org", institution=institution, plural=False, unnamed=False)
        if head in vocab.state_nouns:
            return changed(base, kind="state", unnamed=False, institution=head)
        if keys and head in vocab.speaking_heads:
            return changed(base, kind="org", keys=keys[:1], unnamed=unnamed and not self._speaks_openly(head))
        behind = self._behind(stop, end) if head in vocab.speaking_heads else ""
        if institution and head in vocab.speaking_heads and ("-" in institution or " " not in behind):
            return changed(base, kind="org", institution=institution, unnamed=unnamed and not self._speaks_openly(head))
        if behind:
            return changed(
                base, kind="org", name=behind, unnamed=unnamed and not self._speaks_openly(head), keys=(), plural=False, countries=()
            )
        if head in vocab.writings | vocab.reports and (author := self._maker(stop)):
            return changed(author, text=self.text)
        if head in vocab.writings and (author := self._author(stop, end)):
            return changed(author, text=self.text)
        if head in vocab.offices:
            if (
                not plural
                and (definite or own or found[core].capital or not unnamed)
                and determiner not in ("a", "an", "one", "another", "some", "any")
            ):
                return changed(base, kind="role", name=self._words(core, stop), unnamed=False)
            kind: Kind = "definite" if definite and plural and (determiner in ("these", "those") or not codes) else "group"
            return changed(base, kind=kind, name=self._words(core, stop))
        unknown = self._unknown_name(core, end, base)
        if unknown:
            return unknown
        if definite and not codes:
            return changed(base, kind="definite", name=self._words(core, stop))
        return changed(base, name=self._words(core, stop))

    def _speaks_openly(self, head: str) -> bool:
        """Whether a named organisation answers for what its spokesman or its report says."""
        return head.startswith("spokes") or head in vocabulary().reports

    def _behind(self, stop: int, end: int) -> str:
        """The organisation of no known name that "analysts at", "a survey by" or "a spokesman for" names."""
        if stop >= end or self.found[stop].low not in ("at", "of", "from", "by", "for", "with"):
            return ""
        for i in range(stop + 1, end):
            last = self.scan.run(i, end)
            if last > i:
                while last + 1 < end and self.found[last].low in ("of", "for", "and", "on", "&") and self._continues(last, end):
                    last = self._continues(last, end)
                name = self.scan.text[self.found[i].start : self.found[last - 1].end]
                return name if self.scan.kind_of_run(i, last, mention=True) == "org" else ""
        return ""

    def _author(self, stop: int, end: int) -> Phrase | None:
        """Who wrote it, where a name or an office follows: "a statement by the Estonian president", "a letter from Olaf Brandvik"."""
        if stop < end and self.found[stop].low in vocabulary().issued:
            stop += 1
        if stop + 1 >= end or self.found[stop].low not in ("by", "from"):
            return None
        author = _Reader(self.scan, stop + 1, end, self.mention).phrase()
        return author if _strong(author) and author.kind != "several" else None

    def _maker(self, stop: int) -> Phrase | None:
        """Who made it, as a clause further on says: "a survey of 900 adults, carried out by the Meadow Institute"."""
        vocab, found = vocabulary(), self.found
        for i in range(stop + 1, min(stop + 14, self.stop - 1)):
            if found[i].low == "by" and any(found[k].low in vocab.issued for k in range(max(stop, i - 3), i)):
                author = _Reader(self.scan, i + 1, self._end_of_maker(i + 2), self.mention).phrase()
                return author if _strong(author) and author.kind != "several" else None
        return None

    def _end_of_maker(self, begin: int) -> int:
        """Where the name of a maker ends: before a mark, a clause, or when and where it was made."""
        for k in range(begin, self.stop):
            word, vocab = self.found[k], vocabulary()
            if (not word.text[0].isalnum() and word.text != "&") or word.low in vocab.cuts:
                return k
            if word.low in vocab.prepositions and word.low not in ("of", "for"):
                return k
        return self.stop

    def _last_named(self, core: int, stop: int) -> int:
        return max((i for i in range(core, stop) if i in self.scan.named), default=-1)

    def _words(self, core: int, stop: int) -> str:
        """The describing words, with countries in the form that ids have."""
        pieces, i = [], core
        while i < stop:
            hit = self.scan.named.get(i)
            if hit and i + hit[0] <= stop:
                pieces.append(
                    countries()[hit[1].key].slug
                    if hit[1].kind == "country"
                    else self.scan.text[self.found[i].start : self.found[i + hit[0] - 1].end]
                )
                i += hit[0]
                continue
            if not (self.found[i].possessive and self.found[i].low in ("country", "nation", "state", "alliance", "government")):
                pieces.append(self.found[i].text)
            i += 1
        return " ".join(pieces)

    def _unnamed(self, head: str, lead: list[str]) -> bool:
        vocab, text = vocabulary(), self.text.lower()
        return (
            head in vocab.unnamed_nouns
            or any(low in vocab.quantifiers for low in lead)
            or any(phrase in text for phrase in vocab.unnamed_phrases)
        )

    def _collectives(self, core: int, stop: int) -> list[str]:
        """The groups of states named before the head: "Baltic", "NATO" in "Baltic NATO states"."""
        found, i = [], core
        while i < stop - 1:
            hit = vocabulary().modifiers.at(self.found, i, stop - 1)
            if hit:
                found.append(hit[1])
                i += hit[0]
            else:
                i += 1
        return found

    def _collective(self, base: Phrase, keys: list[str], head: str, lead: list[str]) -> Phrase | None:
        """A group of states where the head means states, else people who speak for them."""
        vocab = vocabulary()
        organisation = any(key in vocab.organisations for key in keys)
        partial = any(low in vocab.quantifiers or (low in vocab.numbers and not base.definite) or low.isdigit() for low in lead)
        if head in vocab.state_heads or (head in ("allies", "partners") and not organisation):
            if partial or (not base.plural and head not in ("states",)):
                return changed(base, keys=(), countries=(), name=self._group_name(base), unnamed=True, kind="group")
            return changed(base, kind="collective", keys=tuple(keys), unnamed=False)
        if organisation:
            if head in vocab.some_heads and head not in ("officials", "official"):
                return changed(base, keys=(), countries=base.countries, name=self._group_name(base), kind="group")
            return None
        return changed(base, kind="group", keys=tuple(keys), name=self._group_name(base), unnamed=base.unnamed)

    def _group_name(self, base: Phrase) -> str:
        words = [
            word
            for word in self.found[self.start : self._segments()[0][1]]
            if word.low not in vocabulary().determiners and not word.text[0].isdigit()
        ]
        return " ".join(word.text for word in words)

    def _outlet(self, core: int, stop: int, end: int, base: Phrase) -> Phrase | None:
        """ "the daily Kurier Wschodni", "the paper", and names that an outlet's word is part of."""
        vocab, found, scan = vocabulary(), self.found, self.scan
        for i in range(core, stop):
            hit = scan.named.get(i)
            if hit and hit[1].kind == "outlet" and (i + hit[0] == stop or found[stop - 1].low in vocab.outlet_heads):
                return changed(base, kind="outlet", name=hit[1].key, unnamed=False)
            last = scan.run(i, stop)
            if last > i and last < stop and found[stop - 1].low in vocab.outlet_heads and not found[stop - 1].capital and last >= stop - 3:
                return changed(base, kind="outlet", name=scan.text[found[i].start : found[last - 1].end], unnamed=False)
            if last > i:
                break
        if found[stop - 1].low in vocab.reports and stop + 1 < end and found[stop].low in ("by", "in", "from"):
            hit = next((scan.named[i] for i in (stop + 1, stop + 2) if i in scan.named), None)
            if hit and hit[1].kind == "outlet":
                return changed(base, kind="outlet", name=hit[1].key, unnamed=False)
        for i in range(core, end):
            last = scan.run(i, end)
            if last > i:
                if scan.kind_of_run(i, last, mention=True) == "outlet" and last == end:
                    begin = i - 1 if i and self._article_of_name(i) else i
                    return changed(base, kind="outlet", name=scan.text[found[begin].start : found[last - 1].end], unnamed=False)
                break
        if found[stop - 1].low in vocab.outlet_heads and stop == end:
            if base.definite and found[stop - 1].low not in ("agency", "network", "channel", "site", "journal", "wire"):
                return changed(base, kind="definite", name="outlet", unnamed=False, heads=base.heads | {"outlet"})
            if "news" in (word.low for word in found[core:stop]) or base.definite:
                return changed(
                    base,
                    kind="definite" if base.definite else "group",
                    name=self._words(core, stop),
                    heads=base.heads | {found[stop - 1].low},
                    unnamed=not base.definite,
                )
        return None

    def _own_name(self, core: int, stop: int, end: int) -> bool:
        """Whether an institution goes by a name that is more than its kind: "the Famine Review Committee", "the Council of Weavers"."""
        vocab = vocabulary()
        if self.found[stop - 1].capital and stop + 1 < end and self.found[stop].low in ("of", "for", "on"):
            after = self.found[stop + 1]
            if self.scan.plain_capital(stop + 1) and after.low not in vocab.topics | vocab.before_office | vocab.offices:
                return True
        kinds = vocab.topics | vocab.before_office | vocab.institution_heads | vocab.institution_words
        before = enumerate(self.found[core : stop - 1], core)
        return self.found[stop - 1].capital and any(
            self.scan.plain_capital(i) and not word.possessive and word.low not in kinds for i, word in before
        )

    def _article_of_name(self, i: int) -> bool:
        """Whether the article before a name belongs to it: a foreign one, or "The" in the middle of a sentence."""
        article = self.found[i - 1]
        if article.text in vocabulary().name_articles:
            return True
        return article.text == "The" and i > 1 and self.found[i - 2].text[-1].isalnum()

    def _institution(self, core: int, stop: int, end: int) -> str:
        """The end of an institution's id: "foreign-ministry" of "the Polish foreign ministry" and of "the Ministry of Foreign Affairs"."""
        vocab, found = vocabulary(), self.found
        low = [word._replace(text=word.low) for word in found[core:end]]
        best = ""
        for i in range(len(low)):
            hit = vocab.institutions.at(low, i, len(low))
            if not hit:
                continue
            noun, begin = hit[1], i
            while (
                begin
                and core + begin - 1 not in self.scan.inside
                and (
                    low[begin - 1].low in vocab.topics
                    or (noun == "office" and (low[begin - 1].low in vocab.offices or low[begin - 1].low in vocab.before_office))
                )
            ):
                begin -= 1
            topics = [word.low + "s" * word.possessive for word in low[begin:i]]
            after = i + hit[0]
            if noun in ("ministry", "department", "office") and not topics and after + 1 < len(low) and low[after].low in ("of", "for"):
                topics = [word.low for word in low[after + 1 : after + 4] if word.low in vocab.topics]
            name = "-".join([*topics, noun]).replace("defense", "defence").replace("labor", "labour").replace("'s", "s").replace("’s", "s")
            best = name.replace(" ", "-")
            break
        return best

    def _opens_only(self, i: int, last: int) -> bool:
        """Whether a capital is only there because a sentence begins: "Local reports", where no other sentence has the word inside it."""
        word, after, words = self.found[i], self.found[last], self.scan.words
        opens = i == 0 or self.scan.sentence(words[i - 1].start) != self.scan.sentence(word.start)
        if not opens or word.possessive or after.capital or not is_plural(self.found[self._noun(last)].low) or word.text.isupper():
            return False
        return not any(
            other.text == word.text
            and k
            and words[k - 1].text[0].isalnum()
            and self.scan.sentence(words[k - 1].start) == self.scan.sentence(other.start)
            for k, other in enumerate(words)
        )

    def _noun(self, i: int) -> int:
        """The last of the lower-case words that follow one another from a place on, up to the first small one."""
        vocab = vocabulary()
        while (
            i + 1 < self.stop
            and self.found[i + 1].text[0].isalpha()
            and self.found[i + 1].low not in vocab.function_words | vocab.prepositions
        ):
            i += 1
        return i

    def _opens_name(self, i: int) -> bool:
        """Whether a country's adjective is the first word of a name, as in "Georgian Dream"."""
        hit = self.scan.named.get(i)
        return hit is not None and hit[0] == 1 and hit[1].form == "adjective" and not self.found[i].possessive

    def _names_a_place(self, core: int, end: int) -> int:
        """Where people or things are said to be somewhere, up to which a name may be theirs: "a shopkeeper in Otepää"; else ``end``."""
        vocab = vocabulary()
        for i in range(core + 1, end):
            low = self.found[i].low
            if i not in self.scan.inside and (
                low in ("in", "near") or (low == "from" and self.found[i - 1].low in vocab.offices | vocab.inhabitants)
            ):
                return i
            if low in vocab.prepositions:
                break
        return end

    def _unknown_name(self, core: int, end: int, base: Phrase) -> Phrase | None:
        """A name that nothing is known about: an organisation where a word in it says so, else a bare name."""
        found, scan = self.found, self.scan
        if found[core].low in vocabulary().before_office and core + 1 == end:
            return None
        stop = self._names_a_place(core, end)
        for i in range(core, stop):
            last = scan.run(i, end)
            if last == i:
                if scan.plain_capital(i) and i == core and found[i].low not in scan.lower and found[i].text not in vocabulary().honorifics:
                    last = i + 1
                    while last < end and scan.plain_capital(last):
                        last += 1
                    if last < end and not found[last - 1].possessive and not base.definite:
                        return None
                else:
                    continue
            while last + 1 < end and found[last].low in ("of", "for", "and", "on", "the", "&") and self._continues(last, end):
                last = self._continues(last, end)
            single = last - i == 1
            if (
                single
                and (found[i].low in scan.lower or is_plural(found[i].low))
                and i == core
                and not found[i].text.isupper()
                and not base.definite
            ):
                return None
            if single and i == core and last < end and not base.definite and self._opens_only(i, last):
                return None
            if single and last < end and found[i].possessive and is_plural(found[last].low) and not found[last].capital:
                return None
            if found[last - 1].text in vocabulary().partisans or (single and found[i].low in vocabulary().unnamed_nouns):
                name = scan.text[found[i].start : found[last - 1].end]
                return changed(base, name=name, plural=True, heads=base.heads | {"democrats"})
            kind = scan.kind_of_run(i, last, mention=True)
            first = i - 1 if i > core and self._opens_name(i - 1) else i
            name = scan.text[found[first].start : found[last - 1].end]
            if kind == "org" or last < end or base.definite or i > core:
                return changed(base, kind="org", name=name, unnamed=False, keys=(), plural=False)
            return changed(base, kind="name", name=name, unnamed=False, gender=gender_of_name(found[i:last]), plural=False)
        return None


def _strong(part: Phrase) -> bool:
    """Whether a conjunct stands for somebody by itself."""
    return part.kind in ("person", "state", "org", "outlet", "collective", "several") or (
        part.kind == "role" and bool(part.countries or part.definite)
    )
