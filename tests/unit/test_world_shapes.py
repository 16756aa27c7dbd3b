"""The baked world map: what is on it, that nothing smears, and that baking repeats exactly."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.core.errors import BriefingError
from briefing.core.world import World, rings_of
from briefing.services.world_map import read_world

ROOT = Path(__file__).resolve().parents[2]
BAKE = ROOT / "resources" / "map" / "bake.py"
WORLD = ROOT / "resources" / "map" / "world.json"
COUNTRIES = ROOT / "data" / "vocabulary" / "countries.toml"

AFRICA = """
    AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR
    MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW
""".split()  # noqa: SIM905 - as a list it would take sixty lines


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(WORLD)


def box(points: tuple[tuple[int, int], ...]) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def test_the_map_has_more_than_240_shapes_and_stays_small(world: World) -> None:
    assert len(world.shapes) > 240
    assert WORLD.stat().st_size < 400_000


def test_antarctica_is_left_out(world: World) -> None:
    assert "AQ" not in world.shapes
    assert "Antarctica" not in {shape.name for shape in world.shapes.values()}


def test_every_shape_lies_on_the_map(world: World) -> None:
    for shape in world.shapes.values():
        for ring in shape.rings():
            left, top, right, bottom = box(ring)
            assert left >= 0
            assert top >= 0
            assert right <= world.width
            assert bottom <= world.height


def test_every_shape_can_be_seen_as_land_or_as_a_dot(world: World) -> None:
    assert [code for code, shape in world.shapes.items() if not (shape.path or shape.dot)] == []


@pytest.mark.parametrize(("code", "widest"), [("RU", 0.4), ("FJ", 0.01), ("US", 0.2), ("NZ", 0.1)])
def test_no_ring_smears_across_the_pacific(world: World, code: str, widest: float) -> None:
    for ring in world.shapes[code].rings():
        left, _, right, _ = box(ring)
        assert right - left < widest * world.width


def test_russia_and_fiji_lie_on_both_sides_of_the_map(world: World) -> None:
    for code in ("RU", "FJ"):
        boxes = [box(ring) for ring in world.shapes[code].rings()]
        assert min(left for left, *_ in boxes) < 0.2 * world.width
        assert max(right for _, _, right, _ in boxes) > 0.8 * world.width


@pytest.mark.parametrize("code", ["SG", "MT", "BH", "LU", "HK", "TV", "VA", "GI"])
def test_small_states_have_a_dot(world: World, code: str) -> None:
    shape = world.shapes[code]
    assert shape.dot == shape.centroid
    assert world.is_small(code, width=1_200)


@pytest.mark.parametrize("code", ["AU", "FR", "CY", "IL", "JM"])
def test_countries_that_can_be_seen_have_no_dot(world: World, code: str) -> None:
    assert world.shapes[code].dot is None
    assert not world.is_small(code, width=1_200)


def test_what_is_small_depends_on_the_size_of_the_picture(world: World) -> None:
    assert world.is_small("IL", width=300)
    assert not world.is_small("LU", width=12_000)


def test_areas_are_true_to_each_other(world: World) -> None:
    africa = sum(world.shapes[code].area for code in AFRICA)
    greenland = world.shapes["GL"].area
    brazil = world.shapes["BR"].area
    assert greenland / africa == pytest.approx(2.166 / 30.0, rel=0.03)
    assert brazil / greenland == pytest.approx(8.515 / 2.166, rel=0.03)


def test_thinning_keeps_the_area_of_countries(world: World) -> None:
    for code in ("FR", "NO", "JP", "CY", "LU", "RU"):
        shape = world.shapes[code]
        drawn = sum(area_of(ring) for ring in shape.rings())
        assert abs(drawn) == pytest.approx(shape.area, rel=0.03)


def area_of(ring: tuple[tuple[int, int], ...]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def test_lesotho_is_a_hole_in_south_africa(world: World) -> None:
    areas = [area_of(ring) for ring in world.shapes["ZA"].rings()]
    assert min(areas) < 0 < max(areas)


def test_disputed_places_are_drawn_as_the_provenance_says(world: World) -> None:
    assert {"EH", "TW", "PS", "XK"} <= world.shapes.keys()
    crimea = (6_959, 993)  # 34.1° E, 45.2° N
    assert any(inside(crimea, ring) for ring in world.shapes["UA"].rings())
    assert not any(inside(crimea, ring) for ring in world.shapes["RU"].rings())
    assert len(world.shapes["SO"].rings()) == 1
    assert len(world.shapes["CY"].rings()) == 1


def inside(point: tuple[int, int], ring: tuple[tuple[int, int], ...]) -> bool:
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossed = not crossed
    return crossed


@pytest.mark.skipif(not COUNTRIES.exists(), reason="the vocabulary of countries is not there")
def test_codes_and_names_are_those_of_the_vocabulary(world: World) -> None:
    rows = tomllib.loads(COUNTRIES.read_text(encoding="utf-8"))["country"]
    known = {row["code"]: row["name"] for row in rows}
    named = {code: shape.name for code, shape in world.shapes.items()}
    assert {code: name for code, name in named.items() if known.get(code) != name} == {}


def test_path_data_becomes_points_again() -> None:
    assert rings_of("M10,20l5,0 0,-5zM1,2l3,4 -5,6z") == (
        ((10, 20), (15, 20), (15, 15)),
        ((1, 2), (4, 6), (-1, 12)),
    )
    assert rings_of("") == ()


def square(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    """A ring in degrees, clockwise from the north-west, as TopoJSON's outer rings run."""
    return [(west, north), (east, north), (east, south), (west, south), (west, north)]


def topology(*countries: tuple[str, str, list[list[tuple[float, float]]]]) -> dict[str, Any]:
    """A world of one-arc rings, quantised to a hundredth of a degree."""
    arcs: list[list[list[int]]] = []
    geometries = []
    for number, name, rings in countries:
        polygons = []
        for ring in rings:
            grid = [(round((lon + 180) * 100), round((lat + 90) * 100)) for lon, lat in ring]
            steps = zip([(0, 0), *grid], grid, strict=False)
            polygons.append([[len(arcs)]])
            arcs.append([[bx - ax, by - ay] for (ax, ay), (bx, by) in steps])
        geometries.append(
            {"type": "MultiPolygon", "id": number, "properties": {"name": name}, "arcs": polygons}
        )
    return {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [-180, -90]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def bake(folder: Path, topology: dict[str, Any], name: str = "out.json") -> Path:
    source, target = folder / "50m.json", folder / name
    source.write_text(json.dumps(topology), encoding="utf-8")
    subprocess.run(
        [sys.executable, str(BAKE), str(source), "-o", str(target)], check=True, timeout=60
    )
    return target


SMALL_WORLD = topology(
    ("076", "Brazil", [square(-70, -30, -40, 0)]),
    ("643", "Russia", [square(30, 50, 179, 70), square(170, 60, 190, 70)]),
    ("036", "Australia", [square(115, -35, 150, -15)]),
    ("036", "Ashmore and Cartier Is.", [square(123, -12.3, 123.1, -12.2)]),
    ("702", "Singapore", [square(103.6, 1.2, 104, 1.5)]),
    ("010", "Antarctica", [square(-170, -89, 170, -70)]),
    ("250", "France", [square(-4, 43, 8, 50), square(-54, 3, -52, 5)]),
    ("KAS", "Siachen Glacier", [square(76, 35, 77, 36)]),
)


def test_baking_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = bake(tmp_path, SMALL_WORLD, "first.json").read_bytes()
    second = bake(tmp_path, SMALL_WORLD, "second.json").read_bytes()
    assert first == second


def test_baking_groups_cuts_and_sets_apart(tmp_path: Path) -> None:
    world = read_world(bake(tmp_path, SMALL_WORLD))
    assert {"BR", "RU", "AU", "SG", "FR", "GF"} <= world.shapes.keys()
    assert "AQ" not in world.shapes
    assert world.shapes["AU"].name == "Australia"
    assert world.shapes["AU"].dot is None
    assert world.shapes["SG"].dot is not None
    assert world.shapes["GF"].name == "French Guiana"
    assert len(world.shapes["FR"].rings()) == 1
    assert world.unassigned.startswith("M")
    assert len(world.shapes["RU"].rings()) == 3
    for ring in world.shapes["RU"].rings():
        left, _, right, _ = box(ring)
        assert right - left < world.width / 2


def test_baking_a_country_the_table_does_not_know_stops_with_a_sentence(tmp_path: Path) -> None:
    unknown = topology(("999", "Atlantis", [square(-40, 30, -30, 40)]))
    source = tmp_path / "50m.json"
    source.write_text(json.dumps(unknown), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(BAKE), str(source), "-o", str(tmp_path / "out.json")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr == "The map names a country '999' that the table does not know.\n"
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"width": 1}', '{"width":1,"height":1,"shapes":[]}'])
def test_a_damaged_map_is_reported_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "world.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BriefingError, match="cannot be read") as caught:
        read_world(path)
    assert str(path) in caught.value.detail


def test_a_missing_map_is_reported_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="cannot be read") as caught:
        read_world(tmp_path / "world.json")
    assert "No such file" in caught.value.detail
