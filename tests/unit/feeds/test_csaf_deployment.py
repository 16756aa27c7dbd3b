"""CSAF: sectors and countries in which a product is in use, out of notes in words."""

from __future__ import annotations

import pytest
from csaf_samples import advisory, note, read, said

SECTORS = "Critical infrastructure sectors"
COUNTRIES = "Countries/areas deployed"


def deployed(title: str, text: str) -> list[tuple[str, str]]:
    changes = read(advisory(notes=[note("other", title, text)]))
    scopes = {s.detail["scope"] for s in said(changes, "deployed-in")}
    assert scopes <= {"sector" if title.lower().startswith("critical") else "country"}
    return [(s.object, s.value) for s in said(changes, "deployed-in")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" Energy", [("energy", "Energy")]),
        (
            "Food and Agriculture, and Water and Wastewater Systems",
            [
                ("agriculture-food", "Food and Agriculture"),
                ("water", "Water and Wastewater Systems"),
            ],
        ),
        (
            "Chemical, Nuclear Reactors, Materials, and Waste, Dams",
            [
                ("chemical", "Chemical"),
                ("energy", "Nuclear Reactors, Materials, and Waste"),
                ("water", "Dams"),
            ],
        ),
        ("Energy and Chemical", [("energy", "Energy"), ("chemical", "Chemical")]),
        (
            "Energy; Chemical\nDams",
            [("energy", "Energy"), ("chemical", "Chemical"), ("water", "Dams")],
        ),
        ("Energy, Energy", [("energy", "Energy")]),
        ("Multiple", [("multiple", "Multiple")]),
        ("Basket weaving, Energy", [("", "Basket weaving"), ("energy", "Energy")]),
        ("Energy and basket weaving", [("", "Energy and basket weaving")]),
        (" , ;", []),
    ],
)
def test_sectors_are_told_apart_and_what_is_unknown_is_kept(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert deployed(SECTORS, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" Worldwide", [("region:world", "Worldwide")]),
        (
            "East Asia, United States",
            [("region:eastern-asia", "East Asia"), ("US", "United States")],
        ),
        ("Europe and Asia", [("region:europe", "Europe"), ("region:asia", "Asia")]),
        ("Bosnia and Herzegovina", [("BA", "Bosnia and Herzegovina")]),
        ("Sold in few regions.", [("", "Sold in few regions.")]),
        ("Unknown", []),
    ],
)
def test_countries_and_regions_are_told_apart_and_what_is_unknown_is_kept(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert deployed(COUNTRIES, text) == found


def test_titles_are_read_in_any_case_and_the_headquarters_are_no_deployment() -> None:
    assert deployed("CRITICAL INFRASTRUCTURE SECTOR(S)", "Energy") == [("energy", "Energy")]
    assert deployed("Countries/Areas Deployed", "Germany") == [("DE", "Germany")]
    assert deployed("Company headquarters location", "Germany") == []


def test_a_list_without_end_is_bounded() -> None:
    assert len(deployed(COUNTRIES, ", ".join(f"Land {number}" for number in range(9999)))) == 100
