"""The words all statements share: sectors, countries, places, motives, goals, kinds, stages.

Sources write the same thing in many ways. Here each thing has one code, and every way of writing
it that was seen in a source leads to that code. A word that leads nowhere stays the source's word:
every look-up answers None for it, and the caller keeps, counts and shows it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar


class _Coded(Protocol):
    """Anything a vocabulary lists by its code."""

    @property
    def code(self) -> str: ...


class _Worded(_Coded, Protocol):
    """Anything that is found by what sources write."""

    @property
    def words(self) -> tuple[str, ...]: ...


_Entry = TypeVar("_Entry", bound=_Coded)
_WordedEntry = TypeVar("_WordedEntry", bound=_Worded)


class _FoundByRaw:
    """What code, label and raw words lead to."""

    __slots__ = ()
    code: str
    label: str
    raw: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that means this entry."""
        return (self.code, self.label, *self.raw)


@dataclass(frozen=True, slots=True)
class Sector(_FoundByRaw):
    """One of the 24 sectors.

    Attributes:
        code: Such as ``agriculture-food``.
        label: As shown.
        stix: Words of STIX 2.1's ``industry-sector-ov`` that mean this sector.
        opencti: The nearest sector of OpenCTI.
        nace: Codes of NACE Rev. 2: divisions, groups, classes.
        naics: Codes of NAICS 2022 of any length.
        raw: What sources write.
    """

    code: str
    label: str
    stix: tuple[str, ...] = ()
    opencti: str = ""
    nace: tuple[str, ...] = ()
    naics: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope(_FoundByRaw):
    """What a source says where it names no sector, such as ``private-sector``."""

    code: str
    label: str
    raw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """An entry of ISO 3166-1, or Kosovo.

    Attributes:
        code: ISO 3166-1 alpha-2 (XK for Kosovo, which is user-assigned).
        alpha3: ISO 3166-1 alpha-3.
        name: The short English name.
        sub_region: The finest grouping of UN M49, such as ``Western Asia``.
        aliases: What sources write besides code and name.
    """

    code: str
    alpha3: str
    name: str
    sub_region: str
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name, under the word that every other entry uses."""
        return self.name

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that means this country."""
        return (self.code, self.alpha3, self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Place:
    """A target that is no country: a region, an organisation or a company.

    Attributes:
        code: Such as ``region:middle-east``, ``org:nato``, ``company:hsbc``.
        label: As shown.
        kind: ``region``, ``organisation`` or ``company``.
        aliases: What sources write besides the label.
    """

    code: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that means this place."""
        return (self.code, self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Motive(_FoundByRaw):
    """Why an actor attacks.

    Attributes:
        code: Such as ``espionage``.
        label: As shown.
        goal: ``exfiltration`` or ``undermining``; "" where the motive serves neither by itself.
        raw: What sources write.
    """

    code: str
    label: str
    goal: str = ""
    raw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """What an attacker is after in the end.

    Attributes:
        code: Such as ``exfiltration``.
        label: As shown.
        meaning: One sentence.
        nist: Whether it is one of the two goals of NIST SP 800-39.
    """

    code: str
    label: str
    meaning: str
    nist: bool


@dataclass(frozen=True, slots=True)
class Kind(_FoundByRaw):
    """What kind of actor it is, such as ``state-linked``.

    Attributes:
        code: Such as ``criminal``.
        label: As shown.
        meaning: One sentence.
        raw: What sources write.
    """

    code: str
    label: str
    meaning: str
    raw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tactic:
    """A tactic of MITRE ATT&CK, and the stage it belongs to.

    Attributes:
        short_name: ATT&CK's ``x_mitre_shortname``, such as ``lateral-movement``.
        label: ATT&CK's name.
        stage: The code of its stage.
        ids: Domain (``enterprise``, ``mobile``, ``ics``) and ATT&CK id in it, one pair a domain.
        aliases: Phase names of older releases that were merged into this tactic.
    """

    short_name: str
    label: str
    stage: str
    ids: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The short name, under the word that every other entry uses."""
        return self.short_name

    @property
    def attack_id(self) -> str:
        """The id in the enterprise domain, or in the only other domain that has the tactic."""
        return self.ids[0][1]

    @property
    def domains(self) -> tuple[str, ...]:
        """The ATT&CK domains that have this tactic."""
        return tuple(domain for domain, _ in self.ids)

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that means this tactic."""
        return (self.short_name, self.label, *(tid for _, tid in self.ids), *self.aliases)


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four stages of an attack.

    Attributes:
        number: 1 to 4.
        code: Such as ``maintain-access``.
        name: As shown.
        sentence: What happens in it, for an executive.
        tactics: The ATT&CK tactics in it, in ATT&CK's order.
    """

    number: int
    code: str
    name: str
    sentence: str
    tactics: tuple[Tactic, ...]


def fold(raw: str) -> str:
    """The form in which words are compared: case, width and spacing do not count."""
    return " ".join(unicodedata.normalize("NFKC", raw).casefold().split())


def fold_tactic(raw: str) -> str:
    """A tactic's word for comparison.

    The MISP galaxy writes ``attack-Windows:lateral-movement`` and ATT&CK's own labels say
    ``Lateral Movement``: what stands before the colon and the kind of gap do not count.
    """
    return fold(raw.rpartition(":")[2]).replace(" ", "-")


def by_code(entries: Iterable[_Entry]) -> dict[str, _Entry]:
    """The entries by code, in their order."""
    return {entry.code: entry for entry in entries}


def _by_word(entries: Iterable[_WordedEntry]) -> dict[str, _WordedEntry]:
    return {fold(word): entry for entry in entries for word in entry.words}


@dataclass(frozen=True)
class Vocabulary:
    """All vocabularies: each a mapping by code in the order of its file, and look-ups by raw word.

    Attributes:
        sectors: The 24 sectors.
        scopes: What is said where no sector is named.
        countries: By alpha-2 code.
        places: Regions, organisations and companies.
        motives: Why actors attack.
        goals: NIST's two, and what sources state besides.
        kinds: Kinds of actor.
        stages: The four stages with their tactics.
        sector_compounds: Folded words that name two sectors → the codes, the weightier first.
        motive_compounds: Folded words that name two motives → the codes, the weightier first.
        unstated: Folded words by which sources say that they say nothing.
    """

    sectors: Mapping[str, Sector]
    scopes: Mapping[str, Scope]
    countries: Mapping[str, Country]
    places: Mapping[str, Place]
    motives: Mapping[str, Motive]
    goals: Mapping[str, Goal]
    kinds: Mapping[str, Kind]
    stages: Mapping[str, Stage]
    sector_compounds: Mapping[str, tuple[str, ...]]
    motive_compounds: Mapping[str, tuple[str, ...]]
    unstated: frozenset[str]

    @cached_property
    def tactics(self) -> Mapping[str, Tactic]:
        """All tactics by short name, in the order of the stages."""
        return by_code(tactic for stage in self.stages.values() for tactic in stage.tactics)

    def sectors_of(self, raw: str) -> tuple[Sector | Scope, ...]:
        """Every sector, or the scope, that a source means by ``raw``; () where none is known."""
        word = fold(raw)
        if word in self.sector_compounds:
            known: Mapping[str, Sector | Scope] = {**self.sectors, **self.scopes}
            return tuple(known[code] for code in self.sector_compounds[word])
        found = self._sector_words.get(word)
        return (found,) if found else ()

    def sector_of(self, raw: str) -> Sector | Scope | None:
        """The sector or scope that a source means by ``raw``; the weightier one of two."""
        return next(iter(self.sectors_of(raw)), None)

    def sector_of_stix(self, word: str) -> Sector | Scope | None:
        """The sector of a STIX ``industry-sector-ov`` word, else of any other word.

        STIX calls the media ``communications``; CISA means telecommunications by the same word.
        """
        return self._stix_words.get(fold(word)) or self.sector_of(word)

    def country(self, code: str) -> Country | None:
        """The country with this ISO 3166-1 code, alpha-2 or alpha-3, in any case."""
        return self._country_codes.get(code.strip().upper())

    def target_of(self, raw: str) -> Country | Place | None:
        """The country, or the place that is none, that a source means by ``raw``."""
        return self._target_words.get(fold(raw))

    def motives_of(self, raw: str) -> tuple[Motive, ...]:
        """Every motive that a source means by ``raw``; () where none is known."""
        word = fold(raw)
        if word in self.motive_compounds:
            return tuple(self.motives[code] for code in self.motive_compounds[word])
        found = self._motive_words.get(word)
        return (found,) if found else ()

    def motive_of(self, raw: str) -> Motive | None:
        """The motive that a source means by ``raw``; the weightier one of two."""
        return next(iter(self.motives_of(raw)), None)

    def kind_of(self, raw: str) -> Kind | None:
        """The kind of actor that a source means by ``raw``."""
        return self._kind_words.get(fold(raw))

    def tactic_of(self, raw: str) -> Tactic | None:
        """The tactic of a short name, an ATT&CK id, a label or a MISP kill-chain entry."""
        return self._tactic_words.get(fold_tactic(raw))

    def stage_of_tactic(self, short_name: str) -> Stage | None:
        """The stage of a tactic, written as :meth:`tactic_of` takes it."""
        tactic = self.tactic_of(short_name)
        return self.stages[tactic.stage] if tactic else None

    def is_unstated(self, raw: str) -> bool:
        """Whether the source says by ``raw`` that it says nothing ("Unknown", "Not available")."""
        return fold(raw) in self.unstated

    @cached_property
    def _sector_words(self) -> Mapping[str, Sector | Scope]:
        return {**_by_word(self.scopes.values()), **_by_word(self.sectors.values())}

    @cached_property
    def _stix_words(self) -> Mapping[str, Sector]:
        return {fold(word): sector for sector in self.sectors.values() for word in sector.stix}

    @cached_property
    def _country_codes(self) -> Mapping[str, Country]:
        return {c: country for country in self.countries.values() for c in _codes_of(country)}

    @cached_property
    def _target_words(self) -> Mapping[str, Country | Place]:
        return {**_by_word(self.places.values()), **_by_word(self.countries.values())}

    @cached_property
    def _motive_words(self) -> Mapping[str, Motive]:
        return _by_word(self.motives.values())

    @cached_property
    def _kind_words(self) -> Mapping[str, Kind]:
        return _by_word(self.kinds.values())

    @cached_property
    def _tactic_words(self) -> Mapping[str, Tactic]:
        tactics = self.tactics.values()
        return {fold_tactic(word): tactic for tactic in tactics for word in tactic.words}


def _codes_of(country: Country) -> Iterator[str]:
    yield country.code
    yield country.alpha3
