"""What stands under the large map: the legend, and the years between two handles."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from briefing.analysis.map_classes import actor_classes
from briefing.ui.theme import Theme
from briefing.ui.tokens import LIGHT
from briefing.ui.widgets.map_legend import MapLegend
from briefing.ui.widgets.year_slider import YearSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme(scheme="light")


def picture(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.paper))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def test_the_legend_says_how_many_countries_share_a_colour(qtbot: QtBot, theme: Theme) -> None:
    legend = MapLegend(theme)
    qtbot.addWidget(legend)
    legend.set_classes("Actors per victim country", actor_classes({"UA": 3, "PL": 2}).rows, 245)
    assert legend.accessibleName() == (
        "Actors per victim country. 1: 0 countries; 2–4: 2 countries; 5–12: 0 countries;"
        " 13–29: 0 countries; 30+: 0 countries; no reports: 245 countries."
    )
    wide = legend.sizeHint().width()
    assert legend.heightForWidth(wide // 2) > legend.heightForWidth(wide + 1)
    legend.resize(QSize(wide + 1, legend.heightForWidth(wide + 1)))
    colours = {
        picture(legend).pixelColor(x, legend.height() // 2).name() for x in range(legend.width())
    }
    assert {LIGHT.no_data, *LIGHT.seq} <= colours


@pytest.fixture
def slider(qtbot: QtBot, theme: Theme) -> YearSlider:
    made = YearSlider(theme)
    qtbot.addWidget(made)
    made.set_years(2010, 2026)
    made.resize(480, made.sizeHint().height())
    made.show()
    return made


def test_all_years_are_chosen_at_first(slider: YearSlider) -> None:
    assert slider.range == slider.years == (2010, 2026)
    assert slider.accessibleName() == "Years: 2010 to 2026, of 2010 to 2026"


def test_a_handle_is_dragged_year_by_year(qtbot: QtBot, slider: YearSlider) -> None:
    told: list[tuple[int, int]] = []
    settled: list[tuple[int, int]] = []
    slider.changed.connect(lambda *years: told.append(years))
    slider.settled.connect(lambda *years: settled.append(years))
    qtbot.mousePress(slider, LEFT, pos=QPoint(round(slider.x_of(2010)), 14))
    for year in (2012, 2015, 2015):
        qtbot.mouseMove(slider, QPoint(round(slider.x_of(year)), 14))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(round(slider.x_of(2015)), 14))
    assert told == [(2012, 2026), (2015, 2026)]
    assert settled == [(2015, 2026)]


def test_one_handle_never_passes_the_other(qtbot: QtBot, slider: YearSlider) -> None:
    slider.set_range(2012, 2014)
    qtbot.mousePress(slider, LEFT, pos=QPoint(round(slider.x_of(2012)), 14))
    qtbot.mouseMove(slider, QPoint(round(slider.x_of(2024)), 14))
    assert slider.range == (2014, 2014)


def test_two_handles_in_one_place_part_in_either_direction(
    qtbot: QtBot, slider: YearSlider
) -> None:
    for year, expected in ((2011, (2011, 2014)), (2020, (2014, 2020))):
        slider.set_range(2014, 2014)
        qtbot.mouseClick(slider, LEFT, pos=QPoint(round(slider.x_of(year)), 14))
        assert slider.range == expected


def test_keys_move_the_handle_that_tab_came_to(qtbot: QtBot, slider: YearSlider) -> None:
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(slider.hasFocus)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.range == (2016, 2026)
    qtbot.keyClick(slider, Qt.Key.Key_Tab)
    assert slider.active == 1
    qtbot.keyClick(slider, Qt.Key.Key_Down)
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert slider.range == (2016, 2020)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert slider.range == (2016, 2026)


def test_years_out_of_bounds_become_the_nearest(slider: YearSlider) -> None:
    slider.set_range(1990, 2050)
    assert slider.range == (2010, 2026)


def test_without_dated_statements_there_is_nothing_to_move(slider: YearSlider) -> None:
    slider.set_years(0, 0)
    assert not slider.isEnabled()
