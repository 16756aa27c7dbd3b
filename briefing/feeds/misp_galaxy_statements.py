"""What one cluster of a MISP galaxy says, as statements: one reader a type of galaxy.

Quirks met on real data: fields are a list or a string; ``cfr-suspected-victims`` mixes countries,
regions and companies; ``attribution-confidence`` is "50" almost everywhere and therefore no signal,
so it is not read; newer files name who coined a name (``name-attribution``, ``origin:NAME``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.profile import parse_partial_date
from briefing.feeds.misp_cluster import Cluster, folded

_DEPLOYS = {"uses", "deploys", "delivers"}


def statements_of(cluster: Cluster) -> Iterator[StatementDraft]:
    """What a cluster says; one of a galaxy without a reader of its own states its names alone."""
    return _READERS.get(cluster.kind, _named)(cluster)


def _named(cluster: Cluster) -> Iterator[StatementDraft]:
    for name, coined in cluster.coined_names():
        yield cluster.state(Predicate.NAMED, value=name, detail=coined)


def _described(cluster: Cluster) -> Iterator[StatementDraft]:
    description = cluster.value.get("description")
    if isinstance(description, str) and description.strip():
        yield cluster.state(Predicate.DESCRIBED_AS, object="description", value=description.strip())


def _mentioned(cluster: Cluster) -> Iterator[StatementDraft]:
    for document in cluster.documents():
        yield cluster.state(
            Predicate.MENTIONED_IN,
            object=document.id,
            value=document.url,
            documents=(document.id,),
        )


def _related(cluster: Cluster) -> Iterator[StatementDraft]:
    for relation, native in cluster.related():
        kind = native.split("--", 1)[0]
        if kind == "attack-pattern" and relation in _DEPLOYS:
            yield cluster.state(Predicate.USES_TECHNIQUE, object=native, value=relation)
        elif kind in {"malware", "tool"} and relation in _DEPLOYS:
            yield cluster.state(Predicate.USES_SOFTWARE, object=native, value=relation)
        elif kind in {"threat-actor", "intrusion-set"} and relation != "revoked-by":
            yield cluster.state(Predicate.OVERLAPS_WITH, object=native, value=relation)


def _targets(cluster: Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        target = cluster.vocabulary.target_of(raw)
        code = target.code if target else ""
        yield cluster.state(Predicate.TARGETS_COUNTRY, object=code, value=raw)


def _sectors(cluster: Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        codes = [sector.code for sector in cluster.vocabulary.sectors_of(raw)]
        for code in codes or [""]:
            yield cluster.state(Predicate.TARGETS_SECTOR, object=code, value=raw)


def _origin(cluster: Cluster, predicate: Predicate, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        whole = cluster.vocabulary.target_of(raw)
        for part in (raw,) if whole else re.split(r"[,;/]", raw):
            if part.strip():
                target = cluster.vocabulary.target_of(part)
                code = target.code if target else ""
                yield cluster.state(predicate, object=code, value=part.strip())


def _motives(cluster: Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        yield from _motive(cluster, raw)


def _motive(cluster: Cluster, raw: str) -> Iterator[StatementDraft]:
    motives = cluster.vocabulary.motives_of(raw)
    for code in [motive.code for motive in motives] or [""]:
        yield cluster.state(Predicate.MOTIVATED_BY, object=code, value=raw)
    for goal in dict.fromkeys(motive.goal for motive in motives if motive.goal):
        yield cluster.state(Predicate.HAS_GOAL, object=goal, value=raw)


def _kinds(cluster: Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        yield from _kind(cluster, raw)


def _kind(cluster: Cluster, raw: str) -> Iterator[StatementDraft]:
    kind = cluster.vocabulary.kind_of(raw)
    if kind and kind.code != "unknown":
        yield cluster.state(Predicate.OF_KIND, object=kind.code, value=raw)


def _date_or_none(text: str) -> str:
    """The text where it is a date; a source may also write "around 2014"."""
    try:
        return parse_partial_date(text)
    except ValueError:
        return ""


def _threat_actor(cluster: Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    yield from _described(cluster)
    yield from _origin(cluster, Predicate.SPONSORED_BY, "cfr-suspected-state-sponsor")
    yield from _origin(cluster, Predicate.LOCATED_IN, "country")
    yield from _targets(cluster, "cfr-suspected-victims", "suspected-victims")
    yield from _sectors(cluster, "targeted-sector", "cfr-target-category")
    yield from _motives(cluster, "cfr-type-of-incident", "motive")
    yield from _kinds(cluster, "motive", "sector")
    for since in cluster.stated("since"):
        yield cluster.state(Predicate.ACTIVE_SINCE, value=since, first_seen=_date_or_none(since))
    yield from _related(cluster)
    yield from _mentioned(cluster)


def _microsoft(cluster: Cluster) -> Iterator[StatementDraft]:
    """Microsoft's own name is the main one; two fields hold an origin, a kind or a motive."""
    for place, name in enumerate(cluster.names()):
        coined = {"coined_by": "Microsoft"} if place == 0 else {}
        yield cluster.state(Predicate.NAMED, value=name, detail=coined)
    yield from _described(cluster)
    located = list(_origin(cluster, Predicate.LOCATED_IN, "country"))
    yield from located
    words = cluster.vocabulary
    said = _origins_or_threats(cluster)
    for raw in said:
        yield from _kind(cluster, raw)
    for raw in said:
        target = words.target_of(raw)
        # The origin stands in ``country`` too, where that is filled in; what is neither origin nor
        # kind is kept as a motive.
        if target and target.code not in {statement.object for statement in located}:
            yield cluster.state(Predicate.LOCATED_IN, object=target.code, value=raw)
        if words.motive_of(raw) or not (target or words.kind_of(raw)):
            yield from _motive(cluster, raw)
    yield from _related(cluster)
    yield from _mentioned(cluster)


def _origins_or_threats(cluster: Cluster) -> list[str]:
    """What ``sector`` says and, beyond it, Microsoft's own column, which lists with commas."""
    found = dict.fromkeys(cluster.stated("sector"))
    # "Korea" says no more than "South Korea" beside it.
    words = {word for raw in found for word in folded(raw).split()}
    for column in cluster.stated("microsoft-origin-threat"):
        for part in (column,) if cluster.vocabulary.target_of(column) else column.split(","):
            raw = part.strip()
            if raw and folded(raw) not in words and not cluster.vocabulary.is_unstated(raw):
                found[raw] = None
    return list(found)


def _tidal(cluster: Cluster) -> Iterator[StatementDraft]:
    """Facts only: the name, target categories, observed countries and motivations."""
    yield cluster.state(Predicate.NAMED, value=cluster.name)
    yield from _sectors(cluster, "target_categories")
    yield from _targets(cluster, "observed_countries")
    yield from _motives(cluster, "observed_motivations")


def _attack_object(cluster: Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    if cluster.kind == "mitre-intrusion-set":
        yield from _described(cluster)
        yield from _mentioned(cluster)
    yield from _related(cluster)


def _course_of_action(cluster: Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    for relation, native in cluster.related():
        if relation == "mitigates":
            yield StatementDraft(native, Predicate.MITIGATED_BY, object=cluster.native)


_READERS: dict[str, Callable[[Cluster], Iterator[StatementDraft]]] = {
    "threat-actor": _threat_actor,
    "microsoft-activity-group": _microsoft,
    "groups": _tidal,
    "mitre-intrusion-set": _attack_object,
    "mitre-attack-pattern": _attack_object,
    "mitre-malware": _attack_object,
    "mitre-tool": _attack_object,
    "mitre-course-of-action": _course_of_action,
}
