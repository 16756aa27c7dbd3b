"""What a digest is narrowed to: sectors, countries, technology."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BriefFilter:
    """A choice; of each kind any one is enough, and nothing chosen leaves all in.

    Attributes:
        sectors: Codes of sectors in which a product is in use, or which an advisory is about.
        countries: ISO 3166-1 alpha-2 codes of countries in which it is.
        technology: ``vendor`` or ``vendor:product``.
    """

    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    technology: tuple[str, ...] = ()


EVERYTHING = BriefFilter()
"""The choice that leaves all in."""
