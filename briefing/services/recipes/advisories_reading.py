"""The advisories of a period as the audience may see them, and what CISA lists as exploited."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from briefing.analysis import advisory_digest as digest
from briefing.core.actor import Basis
from briefing.core.advisory import Advisory, AdvisoryRow, Deadline, Link, VulnerabilityRow, deadline
from briefing.core.brief_filter import BriefFilter
from briefing.core.changes import Predicate
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.gathered import Gathered, gather
from briefing.store.advisories import list_advisories, open_advisory, product_wordings
from briefing.store.advisory_bases import mention_bases, products_of, required_actions
from briefing.store.case_actors import known_actors
from briefing.store.labels import Labels
from briefing.store.statement_bases import bases_about
from briefing.store.vulnerabilities import list_vulnerabilities

MOST: Final = 250
"""Advisories that are printed one by one; of a longer period the most urgent, the rest counted."""
_OF_ADVISORY: Final = (
    Predicate.NAMED,
    Predicate.ISSUED_BY,
    Predicate.HAPPENED,
    Predicate.AFFECTS,
    Predicate.DEPLOYED_IN,
    Predicate.CONCERNS,
    Predicate.DESCRIBED_AS,
    Predicate.ADVISED,
)
_OF_VULNERABILITY: Final = (
    Predicate.NAMED,
    Predicate.HAPPENED,
    Predicate.AFFECTS,
    Predicate.ADVISED,
)


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One advisory, and what its row rests on: its own document comes first."""

    advisory: Advisory
    basis: Basis

    @property
    def row(self) -> AdvisoryRow:
        """Its head."""
        return self.advisory.row


@dataclass(frozen=True, slots=True)
class Exploited:
    """A vulnerability that CISA lists as exploited.

    Attributes:
        row: The vulnerability.
        action: What CISA requires, in its words, or "".
        named_by: The advisories of the digest that name it.
        basis: What its row rests on.
    """

    row: VulnerabilityRow
    action: str
    named_by: tuple[AdvisoryRow, ...]
    basis: Basis

    def state(self, today: date) -> Deadline:
        """Whether its due date has passed."""
        return deadline(self.row.due, today)


@dataclass(frozen=True, slots=True)
class DigestReading:
    """What a digest of advisories is made from.

    Attributes:
        since: First day of the period, ISO 8601.
        until: Its last day.
        today: By which due dates are judged.
        chosen: What it is narrowed to.
        held: How many advisories there are at all.
        newest: Date of the newest of them, or "".
        in_period: How many of the period there are before anything is chosen.
        silent: On what some of these state nothing although it was chosen by, and how many.
        total: How many there are of the choice.
        new: Those published in the period, the most urgent first; at most ``MOST``.
        changed: Those published before and updated in it, likewise.
        lists: Whether CISA's list of exploited vulnerabilities is on record at all.
        exploited: What CISA listed in the period, or what these name of its list; most urgent
            first.
        words: Code of a product to its words.
        chosen_at: The level of the words for the technology it is narrowed to.
        named: Actor → level of its name.
        labels: Words of codes.
        gathered: What all of it rests on.
    """

    since: str
    until: str
    today: date
    chosen: BriefFilter
    held: int
    newest: str
    in_period: int
    silent: Mapping[str, int]
    total: int
    new: tuple[DigestRow, ...]
    changed: tuple[DigestRow, ...]
    lists: bool
    exploited: tuple[Exploited, ...]
    words: Mapping[str, str]
    chosen_at: Tlp
    named: Mapping[str, Tlp]
    labels: Labels
    gathered: Gathered

    @property
    def rows(self) -> tuple[DigestRow, ...]:
        """All that are printed."""
        return (*self.new, *self.changed)

    @property
    def due(self) -> tuple[Exploited, ...]:
        """What is still to be dealt with in time."""
        return tuple(one for one in self.exploited if one.state(self.today) is Deadline.DUE)

    @property
    def issuers(self) -> tuple[tuple[str, tuple[DigestRow, ...]], ...]:
        """Who issued what, most advisories first; of each the newest first."""
        found: defaultdict[str, list[DigestRow]] = defaultdict(list)
        for one in self.rows:
            found[one.row.issuer].append(one)
        ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
        return tuple(
            (
                issuer,
                tuple(
                    sorted(rows, key=lambda one: one.row.updated or one.row.published, reverse=True)
                ),
            )
            for issuer, rows in ranked
        )

    @property
    def actors(self) -> tuple[tuple[Link, tuple[DigestRow, ...]], ...]:
        """Actors that are named, by most advisories first, with the advisories."""
        links: dict[str, Link] = {}
        found: defaultdict[str, list[DigestRow]] = defaultdict(list)
        for one in self.rows:
            for link in one.advisory.linked("actor"):
                links.setdefault(link.id, link)
                found[link.id].append(one)
        ranked = sorted(links, key=lambda id_: (-len(found[id_]), links[id_].name.casefold()))
        return tuple((links[actor], tuple(found[actor])) for actor in ranked)

    @property
    def usual_action(self) -> str:
        """What CISA requires of most of what is exploited, in its words, or ""."""
        counts = Counter(one.action for one in self.exploited if one.action)
        return counts.most_common(1)[0][0] if counts else ""

    def basis(self, rows: Iterable[DigestRow | Exploited]) -> Basis:
        """What some rows rest on together."""
        return joined(one.basis for one in rows)

    def level_of(self, rows: Iterable[DigestRow]) -> Tlp:
        """The highest level of the names of the actors that some advisories name."""
        ids = (link.id for one in rows for link in one.advisory.linked("actor"))
        return max((self.named.get(actor, Tlp.CLEAR) for actor in ids), default=Tlp.CLEAR)


def read_digest(
    allowed: Allowed, period: tuple[str, str], chosen: BriefFilter, today: date
) -> DigestReading:
    """Read the advisories of a period.

    Args:
        allowed: What the audience may see.
        period: First and last day, ISO 8601.
        chosen: What it is narrowed to.
        today: The present day.

    Raises:
        NotFoundError: when a sector or country that was chosen is none.
        BriefingError: when the database cannot be read, or was changed meanwhile.
    """
    connection = allowed.reader.connection
    _check(allowed.labels, chosen)
    everything = list_advisories(connection)
    in_period = [
        row for row in everything if digest.is_new(row, *period) or digest.is_changed(row, *period)
    ]
    places = frozenset(
        place for code in chosen.countries for place in places_of(allowed.labels, code)
    )
    found = [row for row in in_period if digest.meets(row, chosen, places)]
    opened = _opened(allowed, found, today)
    listed = {row.id: row for row in list_vulnerabilities(connection) if row.listed}
    exploited = _exploited(allowed, period, chosen, opened, listed, today)
    codes = {code for one in opened for code in one.row.products}
    actors = {link.id for one in opened for link in one.advisory.linked("actor")}
    named = known_actors(connection, actors)
    printed: tuple[DigestRow | Exploited, ...] = (*opened, *exploited)
    sectors = {label.code for label in allowed.labels.all("sector")}
    wordings = product_wordings(connection, [*codes, *chosen.technology])
    return DigestReading(
        since=period[0],
        until=period[1],
        today=today,
        chosen=chosen,
        held=len(everything),
        newest=max((row.published for row in everything), default=""),
        in_period=len(in_period),
        silent=Counter(
            what for row in in_period for what in digest.silent(_by_name(row, sectors), chosen)
        ),
        total=len(found),
        new=tuple(one for one in opened if digest.is_new(one.row, *period)),
        changed=tuple(one for one in opened if not digest.is_new(one.row, *period)),
        lists=bool(listed),
        exploited=exploited,
        words={code: words for code, (words, _) in wordings.items()},
        chosen_at=max((wordings[code][1] for code in chosen.technology), default=Tlp.CLEAR),
        named={native: one.tlp for native, one in named.items()},
        labels=allowed.labels,
        gathered=gather(allowed, [one.basis for one in printed]),
    )


def places_of(labels: Labels, country: str) -> tuple[str, ...]:
    """A country, the world, and the regions of UN M49 around the country."""
    known = {label.label.casefold(): label.code for label in labels.all("place")}
    detail = next((one.detail for one in labels.all("country") if one.code == country), "")
    regions = json.loads(detail).get("sub_region", []) if detail else []
    names = [name for region in regions for name in (region, region.rpartition(" ")[2])]
    around = (known[name.casefold()] for name in names if name.casefold() in known)
    return (country, digest.EVERYWHERE, *around)


def _by_name(row: AdvisoryRow, sectors: Collection[str]) -> AdvisoryRow:
    """An advisory without "several sectors": that names none."""
    return replace(
        row,
        sectors=tuple(code for code in row.sectors if code in sectors),
        about_sectors=tuple(code for code in row.about_sectors if code in sectors),
    )


def _check(labels: Labels, chosen: BriefFilter) -> None:
    for kind, codes in (("sector", chosen.sectors), ("country", chosen.countries)):
        known = {label.code for label in labels.all(kind)}
        for code in codes:
            if code not in known:
                raise NotFoundError(
                    f"“{code}” is no code of a {kind}.",
                    near=tuple(sorted(one for one in known if one[:2] == code[:2]))[:5],
                )


def _opened(allowed: Allowed, found: Iterable[AdvisoryRow], today: date) -> tuple[DigestRow, ...]:
    """Everything the most urgent of some advisories say, in that order."""
    connection = allowed.reader.connection
    read = [open_advisory(connection, allowed.labels, row.id) for row in found]
    read.sort(key=lambda one: digest.order(one.row, one.vulnerabilities, today))
    kept = read[:MOST]
    ids = [one.row.id for one in kept]
    own, mentions = bases_about(connection, ids, _OF_ADVISORY), mention_bases(connection, ids)
    nothing = Basis((), ())
    return tuple(
        DigestRow(
            one,
            replace(
                joined((own.get(one.row.id, nothing), mentions.get(one.row.id, nothing))),
                sources=own.get(one.row.id, nothing).sources,
            ),
        )
        for one in kept
    )


def _exploited(
    allowed: Allowed,
    period: tuple[str, str],
    chosen: BriefFilter,
    opened: Iterable[DigestRow],
    listed: Mapping[str, VulnerabilityRow],
    today: date,
) -> tuple[Exploited, ...]:
    """What CISA lists as exploited and these name, or what it listed in the period.

    Its list states neither sectors nor countries: where these were chosen, what is not named by an
    advisory is left out.
    """
    connection = allowed.reader.connection
    named: defaultdict[str, list[AdvisoryRow]] = defaultdict(list)
    for one in opened:
        for vulnerability in one.advisory.vulnerabilities:
            named[vulnerability.id].append(one.row)
    wanted = [cve for cve in named if cve in listed]
    if not chosen.sectors and not chosen.countries:
        new = [row.id for row in listed.values() if digest.within(row.listed, *period)]
        products = products_of(connection, new)
        wanted += [cve for cve in new if digest.runs(products.get(cve, ()), chosen)]
    rows = sorted(
        (listed[cve] for cve in dict.fromkeys(wanted)),
        key=lambda row: digest.urgency(row, today),
    )
    ids = [row.id for row in rows]
    bases = bases_about(connection, ids, _OF_VULNERABILITY)
    actions = required_actions(connection, ids)
    return tuple(
        Exploited(
            row=row,
            action=actions.get(row.id, ""),
            named_by=tuple(named[row.id]) if row.id in named else (),
            basis=bases.get(row.id, Basis((), ())),
        )
        for row in rows
    )
