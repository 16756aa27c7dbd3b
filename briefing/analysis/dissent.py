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
    by_country: dict[str, list[OriginRow]] = {}
    for origin in origins:
        by_country.setdefault(origin.country.label, []).append(origin)
    basis = merged_basis([origin.basis for origin in origins])
    if len(by_country) == 1:
        return Said("No source here names another country.", basis)
    parts = [
        f"{label}, says {_listed(dict.fromkeys(o.by for o in rows))}"
        for label, rows in by_country.items()
    ]
    return Said(f"Sources differ: {'; '.join(parts)}.", basis)


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
