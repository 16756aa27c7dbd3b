"""Where sources differ about an actor's origin, who says what and who is silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.core.actor import Basis, OriginRow, Said, SourceEntry
from briefing.core.tlp import highest


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
    by_country: dict[str, list[str]] = {}
    for origin in origins:
        by_country.setdefault(origin.country.label, []).append(origin.by)
    basis = merged_basis([origin.basis for origin in origins])
    unnamed = by_country.pop("", [])
    if not by_country:
        return Said("No source here names a country.", basis)
    if len(by_country) == 1:
        aside = f"; none is named by {_listed(dict.fromkeys(unnamed))}" if unnamed else ""
        return Said(f"No source here names another country{aside}.", basis)
    parts = [f"{label}, {_say(names)}" for label, names in by_country.items()]
    if unnamed:
        parts.append(f"no country is named by {_listed(dict.fromkeys(unnamed))}")
    return Said(f"Sources differ: {'; '.join(parts)}.", basis)


def _say(names: Sequence[str]) -> str:
    speakers = dict.fromkeys(names)
    return f"{'says' if len(speakers) == 1 else 'say'} {_listed(speakers)}"


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
