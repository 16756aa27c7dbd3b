"""Whom an incident hit: countries, sectors and organisations, from either table."""

from __future__ import annotations

from typing import Any

import pytest
from eurepoc_samples import incidents, receivers, said
from galaxy_samples import real_vocabulary

from briefing.feeds.eurepoc_cells import texts


def test_a_region_that_was_hit_is_a_region_and_a_bloc_a_country_belongs_to_is_nothing() -> None:
    changes = receivers(
        {"receiver_country": "Germany", "receiver_region": "EUROPE; NATO; EU"},
        {"receiver_country": "NATO (region)"},
        {"receiver_country": "EU (region)"},
        {"receiver_country": "Atlantis"},
    )
    assert [(s.object, s.value) for s in said(changes, "targets-country")] == [
        ("", "Atlantis"),
        ("org:european-union", "EU (region)"),
        ("DE", "Germany"),
        ("org:nato", "NATO (region)"),
    ]


def test_a_sector_is_read_from_the_subcode_where_there_is_one_with_where_and_whom() -> None:
    energy = {"receiver_category": "Critical infrastructure", "receiver_category_subcode": "Energy"}
    changes = receivers(
        {"receiver_country": "Germany", **energy, "receiver_name": "Strom AG"},
        {"receiver_country": "Atlantis", **energy},
        {"receiver_country": "Unknown", "receiver_category": "Critical infrastructure"},
        {"receiver_category": "Fortune telling"},
    )
    assert [(s.object, s.value, s.detail) for s in said(changes, "targets-sector")] == [
        ("critical-infrastructure", "Critical infrastructure", {}),
        (
            "energy",
            "Energy",
            {
                "category": ["Critical infrastructure"],
                "countries": ["Atlantis", "DE"],
                "names": ["Strom AG"],
            },
        ),
        ("", "Fortune telling", {}),
    ]
    assert said(changes, "targets-country")[1].detail == {"names": ["Strom AG"]}


def test_a_word_for_two_sectors_gives_both() -> None:
    compound = next(iter(real_vocabulary().sector_compounds))
    assert len(said(receivers({"receiver_category": compound}), "targets-sector")) == 2


@pytest.mark.parametrize(
    ("countries", "categories", "subcodes", "names", "expected"),
    [
        (
            "['Germany', 'France']",
            "[['Media'], ['Science', 'Media']]",
            "[[''], ['', '']]",
            "[['Blatt'], ['Not available']]",
            {("media", "DE FR", "Blatt"), ("research", "FR", "")},
        ),
        (
            "['Germany']",
            "[['Media'], ['Science']]",
            "",
            "",
            {("media", "DE", ""), ("research", "DE", "")},
        ),
        ("", "[['Media']]", "", "", {("media", "", "")}),
        ("['Germany']", "[[]]", "[[]]", "[['Blatt']]", set()),
        # Nobody can say which belongs to which: no sector has a country.
        ("['Germany', 'France', 'Italy']", "[['Media'], ['Science']]", "", "", None),
        ("['Germany']", "[['Media', 'Science']]", "[['', '', '']]", "", None),
    ],
)
def test_lists_of_the_table_of_incidents_are_paired_only_where_they_fit(
    countries: str, categories: str, subcodes: str, names: str, expected: Any
) -> None:
    changes = incidents(
        {
            "receiver_country": countries,
            "receiver_category": categories,
            "receiver_category_subcode": subcodes,
            "receiver_name": names,
        }
    )
    found = {
        (s.object, " ".join(s.detail.get("countries", [])), " ".join(s.detail.get("names", [])))
        for s in said(changes, "targets-sector")
    }
    apart = {("media", "", ""), ("research", "", "")}
    assert found == (apart if expected is None else expected)
    assert len(said(changes, "targets-country")) == len(texts(countries))
