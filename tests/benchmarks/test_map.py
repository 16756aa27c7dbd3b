"""The large map: painting after a recolour, and finding the country under the pointer."""

from __future__ import annotations

import random
import time

from measure import Report, median, quantile, seconds
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from briefing import paths
from briefing.analysis.map_classes import actor_classes
from briefing.services.world_map import read_world
from briefing.ui.theme import Theme
from briefing.ui.widgets.country_paths import country_paths
from briefing.ui.widgets.world_map import WorldMap

SIZE = QSize(1200, 640)
RUNS = 60
POINTS = 4000


def test_painting_and_hitting_the_map(report: Report, qapp: QApplication) -> None:
    world = read_world(paths.resources_folder() / "map" / "world.json")
    theme = Theme(scheme="light")
    the_map = WorldMap(theme, world)
    the_map.resize(SIZE)
    chance = random.Random(1)  # noqa: S311 - numbers to draw, no secret
    codes = sorted(world.shapes)
    target = QPixmap(SIZE)

    def recolour() -> None:
        counts = {code: chance.choice((0, 1, 3, 9, 20, 60)) for code in codes}
        the_map.set_numbers(counts, actor_classes(counts).shades)
        the_map.set_selected(("UA", "SG"))
        the_map.render(target)

    painted = seconds(recolour, RUNS)
    report.add(
        "paint the map at 1200 × 640 after a recolour",
        f"median {median(painted) * 1e3:.1f} ms, p99 {quantile(painted, 0.99) * 1e3:.1f} ms",
        f"{len(country_paths(world))} countries, all of them anew",
        "p99 ≤ 25 ms",
        quantile(painted, 0.99) <= 0.025,
    )
    found = []
    for _ in range(POINTS):
        place = QPointF(chance.uniform(0, SIZE.width()), chance.uniform(0, SIZE.height()))
        begun = time.perf_counter()
        the_map.country_at(place)
        found.append(time.perf_counter() - begun)
    found.sort()
    report.add(
        "find the country under the pointer",
        f"median {median(found) * 1e3:.2f} ms, p99 {quantile(found, 0.99) * 1e3:.2f} ms",
        f"{POINTS:,} places of the map",
        "p99 ≤ 1 ms",
        quantile(found, 0.99) <= 0.001,
    )
