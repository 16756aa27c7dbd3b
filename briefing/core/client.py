"""A client: the organisation through whose eyes one looks. It lives in workspace.db only."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.core.tlp import Tlp

SIZES = ("micro", "small", "medium", "large")
"""Sizes of an enterprise, smallest first (European Commission, Recommendation 2003/361/EC)."""


@dataclass(frozen=True, slots=True)
class Brand:
    """How a client's documents look.

    Attributes:
        logo: A PNG or JPEG picture; empty for none.
        primary: Colour as ``#rrggbb``, or "" for the program's own.
        secondary: Likewise.
        footer: One line under every page, or "".
    """

    logo: bytes = b""
    primary: str = ""
    secondary: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """Who is advised, in the codes of the vocabularies.

    Attributes:
        id: Our own id in the workspace; "" for one that was read from a file and not kept.
        name: As its documents print it.
        sectors: Codes of its own sectors.
        countries: ISO 3166-1 alpha-2 codes of where it works.
        size: One of ``SIZES``, or "" where it is not stated.
        customer_sectors: Codes of the sectors it serves: whose supply chain it is in.
        supplier_sectors: Codes of the sectors that serve it.
        uses_msp: Whether a managed service provider runs its computers.
        technology: ``vendor:product`` as in CPE (small letters, figures, underscore).
        tlp: The audience's ceiling.
        example: Whether it is an example and nobody's client.
    """

    name: str
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    size: str = ""
    customer_sectors: tuple[str, ...] = ()
    supplier_sectors: tuple[str, ...] = ()
    uses_msp: bool = False
    technology: tuple[str, ...] = ()
    tlp: Tlp = Tlp.AMBER
    brand: Brand = field(default_factory=Brand)
    id: str = ""
    example: bool = False
