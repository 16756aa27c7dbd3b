"""Reads the vocabularies (TOML) and refuses what would make a look-up ambiguous."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from briefing.core.errors import BriefingError
from briefing.core.vocabulary import (
    Country,
    Goal,
    Kind,
    Motive,
    Place,
    Scope,
    Sector,
    Stage,
    Tactic,
    Vocabulary,
    by_code,
    fold,
    fold_tactic,
)

# File → what it may hold at its top.
_TOPS = {
    "sectors.toml": "sector scope compound",
    "countries.toml": "country",
    "places.toml": "unstated place",
    "goals.toml": "goal",
    "motives.toml": "motive compound",
    "kinds.toml": "kind",
    "stages.toml": "stage",
}
FILES = tuple(_TOPS)

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ALPHA2 = re.compile(r"[A-Z]{2}")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_PLACE = re.compile(r"(region|org|company):[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NACE = re.compile(r"\d{2}(\.\d{1,2})?")
_NAICS = re.compile(r"\d{2,6}|\d{2}-\d{2}")
_TACTIC_ID = re.compile(r"TA\d{4}")
_PREFIXES = {"region": "region", "organisation": "org", "company": "company"}
_DOMAINS = ("enterprise", "mobile", "ics")

_Entry = TypeVar("_Entry", Sector, Scope, Country, Place, Goal, Motive, Kind, Stage)


@dataclass(frozen=True)
class _Row:
    """One table of one file, whose values are taken with their type and form checked."""

    file: str
    values: Mapping[str, Any]

    def wrong(self, sentence: str) -> BriefingError:
        return BriefingError(
            f"The vocabulary {self.file} cannot be used: {sentence}",
            detail=f"{self.file}: {dict(self.values)}"[:500],
            remedy="Correct the file and build again.",
        )

    def text(self, key: str, form: re.Pattern[str] | None = None) -> str:
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self.wrong(f"“{key}” is missing or no text in {self._name}.")
        if form and not form.fullmatch(value):
            raise self.wrong(f"“{value}” is no {key} of the form expected.")
        return value

    def texts(self, key: str, form: re.Pattern[str] | None = None) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(f"“{key}” is no list of texts in {self._name}.")
        for item in value:
            if form and not form.fullmatch(item):
                raise self.wrong(f"“{item}” is no code of the form that {key} needs.")
        return tuple(value)

    def rows(self, key: str, keys: str) -> Iterator[_Row]:
        """The tables under ``key``, which may hold these keys and no others."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(f"“{key}” is no list of tables.")
        for item in value:
            row = _Row(self.file, item)
            row.only(keys)
            yield row

    def only(self, keys: str) -> None:
        for key in self.values:
            if key not in keys.split():
                raise self.wrong(f"“{key}” is not known here, in {self._name}.")

    @property
    def _name(self) -> str:
        return f"“{self.values.get('code', self.values.get('short_name', 'the file'))}”"


@dataclass
class _Claims:
    """Which word leads to which code, so that no word can lead to two."""

    owners: dict[str, str] = field(default_factory=dict)

    def take(self, row: _Row, code: str, named: Iterable[str], listed: Iterable[str]) -> None:
        """Claim code and label (which a list may repeat) and the words that a file lists."""
        for word in {fold(name): name for name in named}.values():
            self._claim(row, code, word)
        seen: set[str] = set()
        for word in listed:
            if fold(word) in seen:
                raise row.wrong(f"“{word}” stands twice under {code}.")
            seen.add(fold(word))
            self._claim(row, code, word)

    def _claim(self, row: _Row, code: str, word: str) -> None:
        owner = self.owners.setdefault(fold(word), code)
        if owner != code:
            raise row.wrong(f"“{word}” would mean both {owner} and {code}.")


def parse_vocabulary(files: Mapping[str, bytes]) -> Vocabulary:
    """The vocabularies of the seven files.

    Args:
        files: File name (see ``FILES``) → its TOML bytes.

    Raises:
        BriefingError: A file is missing or no TOML, a word leads to two codes, or a code is
            unknown or malformed; the sentence names the file and the value.
    """
    heads = {name: _head(name, files) for name in FILES}
    sector_claims, target_claims, motive_claims = _Claims(), _Claims(), _Claims()
    sectors = _sectors(heads["sectors.toml"], sector_claims)
    scopes = _scopes(heads["sectors.toml"], sector_claims)
    goals = _goals(heads["goals.toml"])
    motives = _motives(heads["motives.toml"], motive_claims, goals)
    return Vocabulary(
        sectors=sectors,
        scopes=scopes,
        countries=_countries(heads["countries.toml"], target_claims),
        places=_places(heads["places.toml"], target_claims),
        motives=motives,
        goals=goals,
        kinds=_kinds(heads["kinds.toml"], _Claims()),
        stages=_stages(heads["stages.toml"]),
        sector_compounds=_compounds(
            heads["sectors.toml"], "sectors", sector_claims, {*sectors, *scopes}
        ),
        motive_compounds=_compounds(heads["motives.toml"], "motives", motive_claims, {*motives}),
        unstated=_unstated(heads["places.toml"], target_claims),
    )


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabularies of the files in ``folder``.

    Raises:
        BriefingError: As :func:`parse_vocabulary`, or a file cannot be read.
    """
    files = {}
    for name in FILES:
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            raise BriefingError(
                f"The vocabulary {name} cannot be read.",
                detail=str(error),
                remedy="Install the program again, or name the right folder.",
            ) from error
    return parse_vocabulary(files)


def _head(name: str, files: Mapping[str, bytes]) -> _Row:
    if name not in files:
        raise BriefingError(f"The vocabulary {name} is missing.")
    try:
        head = _Row(name, tomllib.loads(files[name].decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BriefingError(
            f"The vocabulary {name} is no TOML in UTF-8.", detail=f"{name}: {error}"
        ) from error
    head.only(_TOPS[name])
    return head


def _sectors(head: _Row, claims: _Claims) -> dict[str, Sector]:
    sectors = []
    stix_claims = _Claims()
    for row in head.rows("sector", "code label stix opencti nace naics raw"):
        sector = Sector(
            code=row.text("code", _SLUG),
            label=row.text("label"),
            stix=row.texts("stix", _SLUG),
            opencti=row.text("opencti"),
            nace=row.texts("nace", _NACE),
            naics=row.texts("naics", _NAICS),
            raw=row.texts("raw"),
        )
        claims.take(row, sector.code, (sector.code, sector.label), sector.raw)
        stix_claims.take(row, sector.code, (), sector.stix)
        sectors.append(sector)
    return _unique(head, sectors)


def _scopes(head: _Row, claims: _Claims) -> dict[str, Scope]:
    scopes = []
    for row in head.rows("scope", "code label raw"):
        scope = Scope(row.text("code", _SLUG), row.text("label"), row.texts("raw"))
        claims.take(row, scope.code, (scope.code, scope.label), scope.raw)
        scopes.append(scope)
    return _unique(head, scopes)


def _countries(head: _Row, claims: _Claims) -> dict[str, Country]:
    countries = []
    for row in head.rows("country", "code alpha3 name sub_region aliases"):
        country = Country(
            code=row.text("code", _ALPHA2),
            alpha3=row.text("alpha3", _ALPHA3),
            name=row.text("name"),
            sub_region=row.text("sub_region"),
            aliases=row.texts("aliases"),
        )
        named = (country.code, country.alpha3, country.name)
        claims.take(row, country.code, named, country.aliases)
        countries.append(country)
    return _unique(head, countries)


def _places(head: _Row, claims: _Claims) -> dict[str, Place]:
    places = []
    for row in head.rows("place", "code label kind aliases"):
        place = Place(
            code=row.text("code", _PLACE),
            label=row.text("label"),
            kind=row.text("kind"),
            aliases=row.texts("aliases"),
        )
        if _PREFIXES.get(place.kind) != place.code.partition(":")[0]:
            raise row.wrong(f"the code {place.code} does not fit the kind “{place.kind}”.")
        claims.take(row, place.code, (place.code, place.label), place.aliases)
        places.append(place)
    return _unique(head, places)


def _unstated(head: _Row, claims: _Claims) -> frozenset[str]:
    words = head.texts("unstated")
    claims.take(head, "unstated", (), words)
    return frozenset(fold(word) for word in words)


def _goals(head: _Row) -> dict[str, Goal]:
    goals = []
    for row in head.rows("goal", "code label nist meaning"):
        nist = row.values.get("nist")
        if not isinstance(nist, bool):
            raise row.wrong(f"“nist” is neither true nor false in “{row.values.get('code')}”.")
        goals.append(Goal(row.text("code", _SLUG), row.text("label"), row.text("meaning"), nist))
    return _unique(head, goals)


def _motives(head: _Row, claims: _Claims, goals: Mapping[str, Goal]) -> dict[str, Motive]:
    allowed = {"", *(goal.code for goal in goals.values() if goal.nist)}
    motives = []
    for row in head.rows("motive", "code label goal raw"):
        motive = Motive(
            code=row.text("code", _SLUG),
            label=row.text("label"),
            goal=row.text("goal"),
            raw=row.texts("raw"),
        )
        if motive.goal not in allowed:
            raise row.wrong(f"“{motive.goal}” is none of NIST's goals in goals.toml.")
        claims.take(row, motive.code, (motive.code, motive.label), motive.raw)
        motives.append(motive)
    return _unique(head, motives)


def _kinds(head: _Row, claims: _Claims) -> dict[str, Kind]:
    kinds = []
    for row in head.rows("kind", "code label meaning raw"):
        kind = Kind(
            code=row.text("code", _SLUG),
            label=row.text("label"),
            meaning=row.text("meaning"),
            raw=row.texts("raw"),
        )
        claims.take(row, kind.code, (kind.code, kind.label), kind.raw)
        kinds.append(kind)
    return _unique(head, kinds)


def _stages(head: _Row) -> dict[str, Stage]:
    claims = _Claims()
    stages = []
    for number, row in enumerate(head.rows("stage", "number code name sentence tactic"), start=1):
        code = row.text("code", _SLUG)
        if row.values.get("number") != number:
            raise row.wrong(f"stage “{code}” should have the number {number}.")
        tactics = tuple(
            _tactic(table, code, claims)
            for table in row.rows("tactic", "short_name label ids aliases")
        )
        stages.append(Stage(number, code, row.text("name"), row.text("sentence"), tactics))
    _refuse_twice(head, [tactic.code for stage in stages for tactic in stage.tactics])
    return _unique(head, stages)


def _tactic(row: _Row, stage: str, claims: _Claims) -> Tactic:
    short_name = row.text("short_name", _SLUG)
    ids = row.values.get("ids")
    if not isinstance(ids, dict) or not ids or not set(ids) <= set(_DOMAINS):
        raise row.wrong(f"“{short_name}” needs an id in enterprise, mobile or ics.")
    by_domain = _Row(row.file, ids)
    tactic = Tactic(
        short_name=short_name,
        label=row.text("label"),
        stage=stage,
        ids=tuple(
            (domain, by_domain.text(domain, _TACTIC_ID)) for domain in _DOMAINS if domain in ids
        ),
        aliases=row.texts("aliases"),
    )
    listed = [tactic_id for _, tactic_id in tactic.ids] + list(tactic.aliases)
    claims.take(
        row,
        short_name,
        (fold_tactic(short_name), fold_tactic(tactic.label)),
        (fold_tactic(word) for word in listed),
    )
    return tactic


def _compounds(
    head: _Row, key: str, claims: _Claims, known: set[str]
) -> dict[str, tuple[str, ...]]:
    compounds = {}
    for row in head.rows("compound", f"raw {key}"):
        raw, codes = row.text("raw"), row.texts(key)
        for code in codes:
            if code not in known:
                raise row.wrong(f"“{raw}” is given the unknown code “{code}”.")
        if len(set(codes)) < 2:
            raise row.wrong(f"“{raw}” needs two different codes to be a compound.")
        claims.take(row, " + ".join(codes), (), (raw,))
        if fold(raw) in compounds:
            raise row.wrong(f"“{raw}” stands twice among the compounds.")
        compounds[fold(raw)] = codes
    return compounds


def _unique(head: _Row, entries: list[_Entry]) -> dict[str, _Entry]:
    _refuse_twice(head, [entry.code for entry in entries])
    if not entries:
        raise head.wrong("it lists nothing.")
    return by_code(entries)


def _refuse_twice(head: _Row, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise head.wrong(f"the code “{code}” stands twice.")
