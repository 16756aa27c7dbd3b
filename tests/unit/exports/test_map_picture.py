"""The map as a file: shapes, legend and every word that must stand beside it."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.analysis.map_classes import actor_classes
from briefing.core.tlp import Tlp
from briefing.core.world import BOUNDARY_NOTE, World
from briefing.exports.map_picture import MapContent, MapRow, map_csv, map_svg, ranked
from briefing.exports.world_svg import NO_DATA, RAMP
from briefing.services.world_map import read_world

WORLD = Path(__file__).resolve().parents[3] / "resources" / "map" / "world.json"
SVG = "{http://www.w3.org/2000/svg}"
ROWS = (
    MapRow("US", "United States", "country", 40, 61, ("APT29", "Lazarus Group")),
    MapRow("UA", "Ukraine", "country", 16, 20, ("APT28",)),
    MapRow("SG", "Singapore", "country", 1, 1),
    MapRow("region:middle-east", "Middle East", "region", 3, 3),
)
CONTENT = MapContent(
    title="Actors per victim country",
    chosen="Sector: Finance & insurance · Dated 2018–2022",
    rows=ROWS,
    classes=actor_classes({"US": 40, "UA": 16, "SG": 1}),
    noun=("actor", "actors"),
    denominator="Victim countries known for 138 of 1,041 actors. 115 countries named.",
    notes=(BOUNDARY_NOTE, "Regions and organisations (Middle East 3) are not spread."),
    source="Sources: A galaxy (349) and 2 documents.",
    tlp=Tlp.GREEN,
)


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(WORLD)


def parsed(content: MapContent, world: World) -> ElementTree.Element:
    return ElementTree.fromstring(map_svg(content, world))  # noqa: S314 - made by our function


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_every_word_that_belongs_to_a_map_stands_in_its_picture(world: World) -> None:
    said = " ".join(texts(parsed(CONTENT, world)))
    for words in (
        CONTENT.title,
        CONTENT.chosen,
        CONTENT.denominator,
        *CONTENT.notes,
        CONTENT.source,
        "TLP:GREEN",
        "no reports (244)",
    ):
        assert words in said


def test_the_legend_says_how_many_countries_share_a_shade(world: World) -> None:
    said = texts(parsed(CONTENT, world))
    assert {"1 (1)", "2–4 (0)", "13–29 (1)", "30–40 (1)"} <= set(said)


def test_countries_have_the_shade_of_their_class_and_say_their_number(world: World) -> None:
    root = parsed(CONTENT, world)
    group = root.find(f"{SVG}g")
    assert group is not None
    fills: dict[str, set[str]] = {}
    for shape in group:
        title = shape.findtext(f"{SVG}title") or "no reports"
        fills.setdefault(title, set()).add(shape.attrib["fill"])
    assert fills == {
        "no reports": {NO_DATA},
        "United States · 40 actors": {RAMP[4]},
        "Ukraine · 16 actors": {RAMP[3]},
        "Singapore · 1 actor": {RAMP[0]},
    }


def test_a_map_of_statements_says_statements(world: World) -> None:
    content = replace(CONTENT, noun=("statement", "statements"))
    assert "United States · 61 statements" in map_svg(content, world).decode()


def test_a_small_state_is_a_dot(world: World) -> None:
    [dot] = parsed(CONTENT, world).iter(f"{SVG}circle")
    assert dot.findtext(f"{SVG}title") == "Singapore · 1 actor"


def test_long_notes_are_broken_into_lines_and_the_picture_grows(world: World) -> None:
    longer = replace(CONTENT, notes=(" ".join(["Regions are not countries."] * 40),))
    short, tall = (int(parsed(c, world).attrib["height"]) for c in (CONTENT, longer))
    assert tall > short
    assert max(map(len, texts(parsed(longer, world)))) <= 178


def test_a_country_without_a_shape_is_no_fault(world: World) -> None:
    content = replace(
        CONTENT,
        rows=(MapRow("AQ", "Antarctica", "country", 2, 2),),
        classes=actor_classes({"AQ": 2}),
    )
    group = parsed(content, world).find(f"{SVG}g")
    assert group is not None
    assert len(group) == 1


def test_markup_in_words_stays_words(world: World) -> None:
    content = replace(CONTENT, chosen="Actor: <script>alert(1)</script> & Co")
    assert "Actor: <script>alert(1)</script> & Co" in texts(parsed(content, world))
    assert b"<script" not in map_svg(content, world)


def test_the_spreadsheet_begins_with_what_its_rows_are() -> None:
    rows = lines(map_csv(CONTENT))
    heads = rows.index(
        ["code", "place", "kind", "actors", "statements", "actors with most statements"]
    )
    assert [row[0] for row in rows[:heads]] == [
        f"# {words}"
        for words in (
            CONTENT.title,
            CONTENT.chosen,
            CONTENT.denominator,
            *CONTENT.notes,
            CONTENT.source,
            "TLP:GREEN",
        )
    ]
    assert rows[heads + 1] == [
        "US", "United States", "country", "40", "61", "APT29; Lazarus Group",
    ]  # fmt: skip
    assert len(rows) == heads + 1 + len(ROWS)


def test_a_name_that_a_spreadsheet_would_run_is_marked_as_text() -> None:
    content = replace(CONTENT, rows=(MapRow("UA", "=cmd()", "country", 1, 1, ("@actor",)),))
    assert lines(map_csv(content))[-1] == ["UA", "'=cmd()", "country", "1", "1", "'@actor"]


def test_rows_are_ranked_by_actors_then_statements_then_name() -> None:
    equal = MapRow("AT", "Austria", "country", 1, 1)
    assert [row.code for row in ranked((*ROWS, equal))] == [
        "US", "UA", "region:middle-east", "AT", "SG",
    ]  # fmt: skip
