"""Where sources differ about an actor's origin or identity: who says what, and who is silent.

A source that dates what it says is quoted with that date; of any other it is told since when it has
been held here, which is no later than the day on which it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.core.actor import Basis, OriginRow, RelatedActor, Said, SourceEntry
from briefing.core.dates import short_date
from briefing.core.tlp import highest

_WORDS = {
    "overlaps-with": "overlaps with",
    "disputed-with": "is disputed with",
    "apart": "is kept apart from",
    "same-as": "is the same as",
}
_FEW = 3
"""So many others are named in a sentence; the rest is counted, and listed elsewhere."""


def origin_dissent(
    origins: Sequence[OriginRow], catalogues: Sequence[SourceEntry]
) -> tuple[Said, ...]:
    """Sentences on agreement, dissent and silence about the origin.

    Args:
        origins: Everything stated.
        catalogues: The catalogues that know the actor at all; one that states no origin is silent.
    """
    if not origins:
        return ()
    return (_countries(origins), *_silence(origins, catalogues))


def _countries(origins: Sequence[OriginRow]) -> Said:
    """Who says which country; a source that speaks of the origin may also name none."""
    by_country: dict[str, list[OriginRow]] = {}
    for origin in origins:
        by_country.setdefault(origin.country.label, []).append(origin)
    basis = merged_basis([origin.basis for origin in origins])
    unnamed = dict.fromkeys(origin.by for origin in by_country.pop("", []))
    if not by_country:
        return Said("No source here names a country.", basis)
    if len(by_country) == 1:
        aside = f"; none is named by {_listed(unnamed)}" if unnamed else ""
        return Said(f"No source here names another country{aside}.", basis)
    parts = [f"{label}, {_say(rows)}" for label, rows in by_country.items()]
    if unnamed:
        parts.append(f"no country is named by {_listed(unnamed)}")
    return Said(f"Sources differ: {'; '.join(parts)}.", basis)


def _say(rows: Sequence[OriginRow]) -> str:
    """Who says so, each with the first day that is known."""
    first: dict[str, tuple[str, str]] = {}
    for row in rows:
        since = (row.date, "") if row.date else (row.since, "here ")
        first[row.by] = min(first.get(row.by, since), since, key=lambda one: (not one[0], one))
    speakers = [
        f"{by} ({held}since {short_date(day)})" if day else by for by, (day, held) in first.items()
    ]
    return f"{'says' if len(speakers) == 1 else 'say'} {_listed(speakers)}"


def identity_dissent(
    related: Sequence[RelatedActor], catalogues: Sequence[SourceEntry]
) -> tuple[Said, ...]:
    """Sentences on who says what about an actor's identity, since when, and who does not speak.

    Args:
        related: Other actors that may be the same, overlap, are disputed or kept apart.
        catalogues: The catalogues that know the actor at all.
    """
    stated: dict[tuple[str, str], list[RelatedActor]] = {}
    for other in related:
        if other.by and other.relation in _WORDS:
            stated.setdefault((other.by, other.relation), []).append(other)
    # What this program or a person asks or decides rests on what those say who know the actor.
    known = Basis(tuple(entry.key for entry in catalogues), ())
    said = [_identity(by, relation, others, known) for (by, relation), others in stated.items()]
    asked = [other.name for other in related if other.relation == "may be the same"]
    if asked:
        is_one = len(asked) == 1
        text = f"Whether {_few(asked)} {'is' if is_one else 'are'} the same actor is not decided."
        said.append(Said(text, known))
    speaking = {by for by, _relation in stated}
    silent = [entry for entry in catalogues if stated and entry.title not in speaking]
    if silent:
        names = _listed(entry.title for entry in silent)
        verb = "says" if len(silent) == 1 else "say"
        basis = Basis(tuple(entry.key for entry in silent), ())
        said.append(Said(f"{names} {verb} nothing of that.", basis))
    return tuple(said)


def _identity(by: str, relation: str, others: Sequence[RelatedActor], known: Basis) -> Said:
    since = min((other.since for other in others if other.since), default="")
    when = f", here since {short_date(since)}" if since else ""
    text = f"{by} says that it {_WORDS[relation]} {_few([o.name for o in others])}{when}."
    stated = [other.basis for other in others if other.basis is not None]
    return Said(text, merged_basis(stated) if stated else known)


def _few(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= _FEW + 1:
        return _listed(names)
    return f"{', '.join(names[:_FEW])} and {len(names) - _FEW} others"


def _silence(origins: Sequence[OriginRow], catalogues: Sequence[SourceEntry]) -> tuple[Said, ...]:
    speaking = {key for origin in origins for key in origin.basis.sources}
    silent = [entry for entry in catalogues if entry.key not in speaking]
    if not silent:
        return ()
    names = _listed(entry.title for entry in silent)
    one = len(silent) == 1
    verb, own = ("states", "its") if one else ("state", "their")
    text = f"{names} {verb} no origin in a field of {own} own."
    return (Said(text, Basis(tuple(entry.key for entry in silent), ())),)


def merged_basis(parts: Sequence[Basis]) -> Basis:
    """What several things said together rest on."""
    return Basis(
        tuple(dict.fromkeys(key for part in parts for key in part.sources)),
        tuple(dict.fromkeys(key for part in parts for key in part.statements)),
        highest(part.tlp for part in parts),
    )


def _listed(names: Iterable[str]) -> str:
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
