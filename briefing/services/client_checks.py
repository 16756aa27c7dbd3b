"""What a client may be, whether it was typed, read from a file or made by the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from briefing.core.client import SIZES, Client
from briefing.core.wording import listed
from briefing.feeds.products import product_code
from briefing.services.client_logo import LogoError, clean_logo
from briefing.services.client_words import shown

LONGEST_NAME: Final = 120
LONGEST_FOOTER: Final = 160
LONGEST_CODE: Final = 200
MOST_ENTRIES: Final = 500

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_LISTS = (
    ("sectors", "sectors"),
    ("countries", "countries"),
    ("customer_sectors", "sectors of customers"),
    ("supplier_sectors", "sectors of suppliers"),
    ("technology", "technology entries"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of a client that cannot stay as it is.

    Attributes:
        field: Its key in a client file, such as ``name`` or ``brand.primary``.
        text: A sentence: what is wrong, and what would do.
    """

    field: str
    text: str


def problems(client: Client) -> tuple[Problem, ...]:
    """Everything that keeps a client from being kept; codes are judged by their form only."""
    return tuple(
        Problem(field, text)
        for field, text in (
            ("name", _one_line(client.name, LONGEST_NAME, "The name", "needed")),
            ("size", _size(client.size)),
            *((field, _length(getattr(client, field), noun)) for field, noun in _LISTS),
            *(("technology", technology_problem(code)) for code in client.technology),
            ("brand.primary", colour_problem(client.brand.primary)),
            ("brand.secondary", colour_problem(client.brand.secondary)),
            ("brand.footer", _one_line(client.brand.footer, LONGEST_FOOTER, "The footer")),
            ("brand.logo", _logo(client.brand.logo)),
        )
        if text
    )


def technology_problem(code: str) -> str:
    """Why a text is no ``vendor:product``; "" where it is one."""
    vendor, _, product = code.partition(":")
    if len(code) <= LONGEST_CODE and code and code == product_code(vendor, product):
        return ""
    meant = technology_meant(code)
    hint = f"write it as “{meant}”" if meant and meant != code else "an example is “microsoft:word”"
    return (
        f"“{shown(code)}” is not written as vendor:product in small letters, figures and"
        f" underscores; {hint}."
    )


def technology_meant(text: str) -> str:
    """The ``vendor:product`` that a text most likely means; "" where it cannot be told.

    "Microsoft: Exchange Server" and a whole CPE 2.2 or 2.3 name are understood.
    """
    parts = [part for part in text.strip().split(":") if part]
    if len(parts) > 4 and parts[0].casefold() == "cpe" and not parts[1].startswith("/"):
        parts = parts[3:5]  # cpe:2.3:a:vendor:product:…
    elif len(parts) > 3 and parts[0].casefold() == "cpe":
        parts = parts[2:4]  # cpe:/a:vendor:product:…
    if len(parts) != 2:
        return ""
    code = product_code(*parts)
    return code if len(code) <= LONGEST_CODE else ""


def colour_problem(colour: str) -> str:
    """Why a text is no colour; "" where it is one, or none at all."""
    if not colour or _COLOUR.fullmatch(colour):
        return ""
    return (
        f"“{shown(colour)}” is no colour; write # and six figures from 0 to 9 and a to f, as in"
        " “#0b3c78”."
    )


def _size(size: str) -> str:
    if not size or size in SIZES:
        return ""
    return f"“{shown(size)}” is no size; sizes are {listed(SIZES, last='or')}."


def _one_line(text: str, most: int, what: str, needed: str = "") -> str:
    if needed and not text.strip():
        return f"{what} is missing."
    if text != text.strip() or not text.isprintable():
        return f"{what} must be one line, and must not begin or end with a blank."
    if len(text) > most:
        return f"{what} is {len(text):,} characters long; {most} are the most."
    return ""


def _length(entries: tuple[str, ...], noun: str) -> str:
    if len(entries) > MOST_ENTRIES:
        return f"{len(entries):,} {noun} are named; {MOST_ENTRIES} are the most."
    if len(set(entries)) < len(entries):
        twice = next(entry for at, entry in enumerate(entries) if entry in entries[:at])
        return f"“{shown(twice)}” stands twice among the {noun}."
    return ""


def _logo(logo: bytes) -> str:
    if not logo:
        return ""
    try:
        clean_logo(logo)
    except LogoError as error:
        return error.message
    return ""
