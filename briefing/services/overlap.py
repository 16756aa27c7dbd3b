"""The overlap of an incident with known groups, and as one piece of evidence about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from briefing.analysis.case_origins import Origins
from briefing.analysis.overlap import compare, is_feature
from briefing.core.case import Case, Cited, Evidence
from briefing.core.case_words import EvidenceKind, Level, Relevance, Vertex
from briefing.core.dates import long_date
from briefing.core.errors import BriefingError
from briefing.core.moments import after
from briefing.core.tlp import highest
from briefing.core.weighing import Overlap, Ranked
from briefing.services.cases import new_id
from briefing.services.overlap_words import standing
from briefing.store.actor_features import (
    KnownFeatures,
    StatedUse,
    group_page,
    read_features,
    read_uses,
)
from briefing.store.actors import source_entries
from briefing.store.connection import Connection

ORIGIN: Final = "MITRE ATT&CK"
"""Origin of every overlap: however many groups are compared, the catalogue has one vote."""
MOST_DOCUMENTS: Final = 6
"""Documents of the catalogue that evidence cites, beside those that the case cites as well."""
_CREDIBILITY: Final = 3
"""Possibly true: the features were seen, that they tell whose they are is only inferred."""
_WEB: Final = frozenset(("http", "https"))


def overlap_with_groups(
    connection: Connection, features: Sequence[str], as_of: str = ""
) -> Overlap:
    """Known groups in the order of what they share with an incident.

    A withdrawn id is compared as the one that took its place; an id that no catalogue here holds is
    not compared, and is named. Sub-techniques are features of their own.

    Args:
        connection: A reader; below a ceiling it gives what that audience may see.
        features: ATT&CK ids as written.
        as_of: ISO 8601 day of which the catalogues are to be compared; "" for what is held now.
    """
    known = read_features(connection, as_of)
    written: dict[str, str] = {}
    for text in map(str.strip, features):
        written.setdefault(text.upper(), text)
    found = [text for text in written if is_feature(text) and text in known.names]
    overlap = compare(
        [known.replaced.get(text, text) for text in found],
        known.groups,
        known.names,
        as_of=known.as_of,
    )
    return replace(
        overlap,
        refused=_nothing_then(known, as_of) or overlap.refused,
        absent=tuple(text for key, text in written.items() if key not in found),
        replaced=tuple((text, known.replaced[text]) for text in found if text in known.replaced),
    )


def overlap_evidence(
    connection: Connection,
    case: Case,
    overlap: Overlap,
    author: str,
    now: str,
    *,
    actor: str = "",
) -> Evidence:
    """What the overlap with one group says, as a piece of evidence to be looked at and kept.

    Where the case holds such evidence about this group already, it is a later version of that, so
    that it enters the matrix once. It cites ATT&CK's page of the group, what the catalogue and the
    case cite both (the warning about an incident's own reports rests on that), and a few documents
    that the catalogue cites for most of what is shared.

    Args:
        connection: The reader by which the overlap was found.
        case: The incident with all that was recorded.
        overlap: What ``overlap_with_groups`` found for it.
        author: Who records it.
        now: RFC 3339 in UTC with milliseconds.
        actor: Id of the group; "" for the first.

    Raises:
        BriefingError: where the group is not in the ranking, or nothing was ranked.
    """
    group = _chosen(overlap, actor)
    shares = {one.feature: one.share for one in group.matched}
    uses = read_uses(connection, group.actor, shares, overlap.as_of)
    page = _page(connection, group, overlap.as_of)
    held = _held(case, page)
    return Evidence(
        id=held.id if held else new_id("evidence"),
        created=held.created if held else now,
        modified=after(held.modified, now) if held else now,
        author=author,
        tlp=highest((case.incident.tlp, *(use.tlp for use in uses))),
        documents=(page, *_documents(case, uses, shares)),
        place=held.place if held else max((one.place for one in case.evidence), default=-1) + 1,
        incident=case.incident.id,
        text=standing(overlap, group),
        kind=EvidenceKind.TTP,
        vertex=Vertex.CAPABILITY,
        level=Level.TACTICAL,
        reliability=_reliability(connection, uses),
        credibility=_CREDIBILITY,
        relevance=Relevance.MEDIUM,
        bears_on=tuple(claim.id for claim in case.claims if claim.actor == group.actor),
        origin=ORIGIN,
        method="overlap",
    )


def _nothing_then(known: KnownFeatures, as_of: str) -> str:
    """Why there is nothing to compare with as of a day."""
    if known.groups or not as_of:
        return ""
    begins = (
        f"the first release of ATT&CK held here is of {long_date(known.begins)}"
        if known.begins
        else "no release of ATT&CK is held here"
    )
    return f"No known groups can be compared as of {long_date(as_of)}: {begins}."


def _chosen(overlap: Overlap, actor: str) -> Ranked:
    found = [group for group in overlap.ranked if actor in ("", group.actor)]
    if not found:
        raise BriefingError(
            overlap.refused or "The group shares no feature with the incident.",
            remedy="Nothing was recorded.",
        )
    return found[0]


def _reliability(connection: Connection, uses: Iterable[StatedUse]) -> str:
    """That of whoever states most of what is shared; F where that is hidden."""
    (source, _), *_ = (*Counter(use.source for use in uses).most_common(1), ("", 0))
    entry = source_entries(connection, {source: 1}).get(source)
    return entry.grade.reliability if entry else "F"


def _page(connection: Connection, group: Ranked, as_of: str) -> Cited:
    url = group_page(connection, group.actor)
    return Cited(
        url or f"https://attack.mitre.org/groups/{group.attack_id}",
        f"{group.name} ({group.attack_id})",
        ORIGIN,
        as_of,
    )


def _held(case: Case, page: Cited) -> Evidence | None:
    """What the case holds already of the overlap with a group."""
    return next(
        (
            one
            for one in case.evidence
            if one.method == "overlap" and page.url in (cited.url for cited in one.documents)
        ),
        None,
    )


def _documents(
    case: Case, uses: Iterable[StatedUse], shares: Mapping[str, float]
) -> tuple[Cited, ...]:
    """What the catalogue cites for what is shared.

    First whatever the case cites too, then, one after another, the document that stands for the
    most that is not covered yet, until all is covered or ``MOST_DOCUMENTS`` are reached.
    """
    supports: defaultdict[Cited, set[str]] = defaultdict(set)
    for use in uses:
        for cited in use.documents:
            if _is_on_the_web(cited.url):
                supports[_titled(cited)].add(use.feature)
    origins = Origins(case)
    own = {
        root
        for row in case.rows()
        if not (isinstance(row, Evidence) and row.method == "overlap")
        for root in origins.roots(row.documents)
    }
    shared = [cited for cited in supports if not own.isdisjoint(origins.roots((cited,)))]
    chosen = list(shared)
    covered = {feature for cited in shared for feature in supports[cited]}
    left = [cited for cited in supports if cited not in chosen]
    while left and len(chosen) < len(shared) + MOST_DOCUMENTS:
        gained = {cited: _gain(supports[cited] - covered, shares) for cited in left}
        best = max(left, key=lambda cited: (gained[cited], cited.published, cited.url))
        if not gained[best]:
            break
        chosen.append(best)
        covered |= supports[best]
        left.remove(best)
    return tuple(chosen)


def _gain(features: Iterable[str], shares: Mapping[str, float]) -> float:
    return sum(shares[feature] for feature in sorted(features))


def _titled(cited: Cited) -> Cited:
    """A document with a title; one that a catalogue only links to is called by its address."""
    if cited.title.strip():
        return cited
    return replace(cited, title=cited.url.partition("://")[2].rstrip("/"))


def _is_on_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket of an IPv6 address that does not close
        return False
    return parts.scheme in _WEB and "." in (parts.hostname or "")
