"""What is said about a client that is kept all the same: pale colours, unknown technology."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from advisory_samples import database
from client_samples import PRACTICE

from briefing.core.client import Brand, Client
from briefing.services.client_checks import problems, technology_meant
from briefing.services.client_notes import better_shade, notes, primary_note, secondary_note
from briefing.services.technology import KnownTechnology, known_technology
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

KNOWN = KnownTechnology(
    {
        "microsoft:exchange_server": "Microsoft Exchange Server",
        "microsoft:windows": "Microsoft Windows",
        "fortinet:fortios": "Fortinet FortiOS",
        "fortinet:fortimanager": "Fortinet FortiManager",
    }
)


def test_a_known_technology_needs_no_note() -> None:
    assert KNOWN.note("fortinet:fortios") == ""
    assert KNOWN.notes(Client("Acme", technology=("microsoft:windows",))) == ()


def test_an_unknown_technology_is_told_with_the_nearest_that_is_known() -> None:
    note = KNOWN.note("microsoft:exchnge_server")
    assert note == (
        "Nothing is known here about “microsoft:exchnge_server”."
        " The nearest that is known is “microsoft:exchange_server”."
    )
    assert KNOWN.note("acme:rocket_skates") == "Nothing is known here about “acme:rocket_skates”."


def test_a_database_without_vulnerabilities_says_that_and_suggests_nothing() -> None:
    assert "no source of vulnerabilities has been taken in yet" in KnownTechnology({}).note("a:b")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("forti", ("fortinet:fortios", "fortinet:fortimanager")),
        ("Exchange", ("microsoft:exchange_server",)),
        ("microsoft:win", ("microsoft:windows",)),
        ("server microsoft", ("microsoft:exchange_server",)),
        ("  ", ()),
        ("skates", ()),
    ],
)
def test_completion_finds_every_word_wherever_it_stands(typed: str, found: tuple[str, ...]) -> None:
    assert KNOWN.find(typed) == found


def test_completion_is_bounded() -> None:
    many = KnownTechnology({f"maker:thing_{number}": "" for number in range(100)})
    assert len(many.find("thing")) == 12


def test_the_database_tells_which_products_it_knows(tmp_path: Path) -> None:
    knowledge = KnowledgeFile(database(tmp_path / "knowledge.db"))
    known = known_technology(knowledge)
    assert known.note("pumpworks:panel") == ""
    assert "pumpworks:panel" in known.note("pumpworks:panell")
    knowledge.close()


def test_an_empty_database_knows_no_product(tmp_path: Path) -> None:
    open_knowledge(tmp_path / "empty.db").close()
    knowledge = KnowledgeFile(tmp_path / "empty.db")
    assert known_technology(knowledge).words == {}
    knowledge.close()


def test_a_pale_colour_is_told_with_the_nearest_shade_that_can_be_read() -> None:
    note = primary_note("#ffb347")
    assert "#ffb347 has a contrast of 1.7 to 1 against white; 4.5 to 1 is needed" in note
    assert f"The nearest shade that has it is {better_shade('brand.primary', '#ffb347')}." in note
    assert primary_note(better_shade("brand.primary", "#ffb347")) == ""


def test_a_colour_for_lines_needs_less_contrast_than_one_for_text() -> None:
    assert primary_note("#4f94c9") != ""
    assert secondary_note("#4f94c9") == ""
    assert "3 to 1 is needed" in secondary_note("#ffff00")


def test_a_ratio_just_below_the_bar_is_not_rounded_up_to_it() -> None:
    assert "4.4 to 1" in primary_note("#777777")


@pytest.mark.parametrize("colour", ["", "#12", "blue"])
def test_no_colour_and_half_a_colour_get_no_note(colour: str) -> None:
    assert primary_note(colour) == secondary_note(colour) == ""


def test_all_notes_of_a_client_come_with_their_fields() -> None:
    pale = replace(PRACTICE, brand=Brand(b"", "#ffb347", "#ffff00", ""))
    assert [note.field for note in notes(pale, KNOWN)] == [
        "brand.primary",
        "brand.secondary",
        "technology",
    ]
    assert notes(Client("Acme"), KNOWN) == ()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (Client("x" * 121), "name", "121 characters long; 120 are the most"),
        (Client(" Acme"), "name", "must not begin or end with a blank"),
        (Client("Acme", sectors=("energy", "energy")), "sectors", "stands twice"),
        (Client("Acme", countries=("DE",) * 501), "countries", "500 are the most"),
        (Client("Acme", technology=("a:" + "b" * 200,)), "technology", "vendor:product"),
        (Client("Acme", brand=Brand(b"GIF89a")), "brand.logo", "not a PNG or JPEG"),
    ],
)
def test_what_keeps_a_client_from_being_kept_is_told_at_its_field(
    wrong: Client, field: str, words: str
) -> None:
    (found,) = problems(wrong)
    assert found.field == field
    assert words in found.text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Microsoft: Exchange Server", "microsoft:exchange_server"),
        ("cpe:2.3:a:microsoft:exchange_server:2019:*:*:*:*:*:*:*", "microsoft:exchange_server"),
        ("cpe:/o:fortinet:fortios:7.0", "fortinet:fortios"),
        ("fortios", ""),
        ("a:b:c", ""),
        ("::", ""),
        ("a:" + "b" * 300, ""),
    ],
)
def test_what_a_person_writes_for_a_product_is_understood(text: str, meant: str) -> None:
    assert technology_meant(text) == meant
