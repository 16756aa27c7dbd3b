"""The look: colours that can be read, fonts that really differ, icons that exist."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict, fields
from itertools import pairwise, product
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.tlp import Tlp
from briefing.ui.icons import IconName, icon, pixmap
from briefing.ui.stylesheet import stylesheet
from briefing.ui.theme import Theme
from briefing.ui.tokens import DARK, LIGHT, TLP_GROUND, TLP_INK, TYPE, Colour, Role, Tokens
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.tooltips import plain_tooltip

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
TEXT_ON_PANELS = product(
    ("ink", "ink_2", "ink_3", "accent", "claim", "evidence", "error", "done"),
    ("paper", "mist", "mist_2"),
)
TEXT_ON_TINTS = product(("ink", "ink_2", "accent"), ("tint", "tint_2"))
TEXT_ON_ITS_GROUND = (
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("claim", "claim_ground"),
    ("evidence", "evidence_ground"),
    ("error", "error_ground"),
    ("ink", "claim_ground"),
    ("ink", "evidence_ground"),
    ("ink", "error_ground"),
    ("ink_3", "tint"),
    ("paper", "ink"),
    *(("ink", cell) for cell in ("ach_c", "ach_n", "ach_i")),
)
TEXT_PAIRS = [*TEXT_ON_PANELS, *TEXT_ON_TINTS, *TEXT_ON_ITS_GROUND]
BORDER_PAIRS = [
    *product(("control", "focus", "accent", "error"), ("paper", "mist_2")),
    ("claim", "claim_ground"),
    ("accent", "tint_2"),
]


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_of(picture: QImage) -> int:
    """How dark a white picture with black text is."""
    return sum(
        255 - QColor(picture.pixel(x, y)).lightness()
        for x in range(picture.width())
        for y in range(picture.height())
    )


@BOTH
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_can_be_read_on_its_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(("border", "ground"), BORDER_PAIRS)
def test_every_control_border_stands_out(tokens: Tokens, border: str, ground: str) -> None:
    assert contrast(getattr(tokens, border), getattr(tokens, ground)) >= 3


@BOTH
def test_numbers_can_be_read_on_every_step_of_the_ramp(tokens: Tokens) -> None:
    for ground, text in zip(tokens.seq, tokens.seq_ink, strict=True):
        assert contrast(text, ground) >= 4.5


@BOTH
def test_the_ramp_goes_one_way(tokens: Tokens) -> None:
    steps = [luminance(step) for step in tokens.seq]
    falling = [after < before for before, after in pairwise(steps)]
    assert len(set(falling)) == 1


def test_tlp_labels_can_be_read() -> None:
    assert all(contrast(TLP_INK[level], TLP_GROUND) >= 4.5 for level in Tlp)


def test_every_colour_has_a_name_and_every_name_a_colour() -> None:
    colours = [field.name for field in fields(Tokens) if field.name != "seq_ink"]
    assert colours == list(get_args(Colour))
    assert set(TYPE) == set(get_args(Role))


@BOTH
@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5, 2.0])
def test_the_style_sheet_leaves_no_token_open_and_uses_no_other_colour(
    tokens: Tokens, factor: float
) -> None:
    sheet = stylesheet(tokens, factor)
    assert "$" not in sheet
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= set(map(str, asdict(tokens).values()))


def test_thin_lines_stay_thin_and_controls_grow_with_the_text() -> None:
    sheet = stylesheet(LIGHT, 2.0)
    assert "border: 1px solid" in sheet
    assert "min-height: 54px" in sheet


def test_the_four_weights_of_inter_really_differ(qapp: QApplication) -> None:
    theme = Theme(scheme="light")
    darkness = []
    for role in ("table", "key", "table_strong"):
        picture = QImage(240, 24, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setFont(theme.font(role))
        painter.drawText(QPointF(4, 16), "Communication Through Media")
        painter.end()
        darkness.append(ink_of(picture))
    heading = theme.font("heading")
    assert darkness == sorted(darkness)
    assert darkness[2] > darkness[1] * 1.04 > darkness[0] * 1.08
    assert heading.variableAxisValue(QFont.Tag("wght")) == 650


def test_tabular_figures_are_equally_wide(qapp: QApplication) -> None:
    theme = Theme(scheme="light")
    tabular, plain = theme.metrics("table", tabular=True), theme.metrics("table")
    assert tabular.horizontalAdvance("1111") == tabular.horizontalAdvance("8888")
    assert plain.horizontalAdvance("1111") < plain.horizontalAdvance("8888")


def test_italic_is_loaded_when_it_is_first_asked_for(qapp: QApplication) -> None:
    assert Theme(scheme="light").font("body", italic=True).italic()


def test_text_size_scales_fonts_and_measures_between_its_bounds(qtbot: QtBot) -> None:
    theme = Theme(scheme="light")
    with qtbot.waitSignal(theme.changed):
        theme.set_factor(2.0)
    assert theme.font("body").pixelSize() == 26
    assert (theme.px(28), theme.line_height("body")) == (56, 40)
    theme.set_factor(9)
    assert theme.factor == 2.0
    theme.set_factor(0.1)
    assert theme.factor == 1.0


def test_a_chosen_scheme_stays_when_the_system_changes(qtbot: QtBot) -> None:
    hints = QApplication.styleHints()
    chosen, following = Theme(scheme="light"), Theme()
    hints.setColorScheme(Qt.ColorScheme.Dark)
    try:
        assert not chosen.dark
        assert following.dark == (hints.colorScheme() == Qt.ColorScheme.Dark)
    finally:
        hints.unsetColorScheme()
    chosen.set_scheme("dark")
    assert chosen.dark
    assert chosen.tokens is DARK


def test_applying_the_theme_dresses_widgets_that_no_factory_made(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme = Theme(scheme="dark")
    theme.apply(qapp)
    label, button = QLabel("x"), QPushButton("x")
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.ensurePolished()
    assert label.font().family() == "Inter"
    assert (label.font().pixelSize(), button.font().pixelSize()) == (13, 12)
    assert label.palette().windowText().color() == QColor(DARK.ink)


def test_a_widget_that_is_gone_is_no_trouble_when_the_theme_changes(qapp: QApplication) -> None:
    theme = Theme(scheme="light")
    label = Label(theme, "x")
    label.deleteLater()
    del label
    qapp.sendPostedEvents(None, 0)
    qapp.processEvents()
    theme.set_factor(1.5)


def test_every_icon_name_has_a_file_and_every_file_a_name() -> None:
    folder = paths.resources_folder() / "icons"
    assert {file.stem for file in folder.glob("*.svg")} == set(get_args(IconName))


@pytest.mark.parametrize("name", get_args(IconName))
def test_every_icon_is_a_line_drawing_on_the_24_grid(name: str) -> None:
    text = (paths.resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke-width="1.75"' in text
    assert set(re.findall(r"#[0-9a-f]+", text)) == {"#000"}


@pytest.mark.parametrize("name", get_args(IconName))
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_every_icon_is_drawn_in_the_colour_asked_for(
    qapp: QApplication, name: IconName, ratio: float
) -> None:
    theme = Theme(scheme="light")
    picture = pixmap(theme, name, 14, "accent", ratio).toImage()
    assert picture.width() == round(14 * ratio)
    points = product(range(picture.width()), range(picture.height()))
    shown = {
        picture.pixelColor(x, y).name()
        for x, y in points
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert shown <= {LIGHT.accent}


def test_an_icon_follows_the_theme_by_itself(qapp: QApplication) -> None:
    theme = Theme(scheme="light")
    cross = icon(theme, "grip", "ink")
    before = cross.pixmap(24).toImage()
    theme.set_scheme("dark")
    after = cross.pixmap(24).toImage()
    assert before.pixelColor(9, 6).name() == LIGHT.ink
    assert after.pixelColor(9, 6).name() == DARK.ink


@BOTH
def test_marks_inside_controls_use_the_colours_of_their_theme(tokens: Tokens) -> None:
    shade = "dark" if tokens is DARK else "light"
    folder = paths.resources_folder() / "icons" / "controls" / shade
    colours = {
        file.stem: re.findall(r'stroke="(#[0-9a-f]+)"', file.read_text(encoding="utf-8"))
        for file in folder.glob("*.svg")
    }
    assert colours["tick"] == colours["dash"] == [tokens.on_accent]
    assert colours["down"] == colours["up"] == colours["right"] == [tokens.ink_2]
    used = set(re.findall(r"controls:([a-z-]+)\.svg", stylesheet(tokens, 1.0)))
    assert used == set(colours)


def test_a_tooltip_shows_markup_as_text() -> None:
    assert plain_tooltip("<img src='x'>") == "<qt>&lt;img src=&#x27;x&#x27;&gt;</qt>"
    assert plain_tooltip("") == ""


def test_files_are_found_from_source_and_from_a_frozen_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (paths.resources_folder() / "icons" / "home.svg").is_file()
    assert paths.bundled_database().parts[-2:] == ("build", "knowledge.db")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_folder() == tmp_path / "resources"
    assert paths.data_folder() == tmp_path / "data"
    assert paths.bundled_database() == tmp_path / "knowledge.db"


def test_user_files_lie_in_a_folder_of_their_own() -> None:
    assert paths.user_data_folder().name == "threat-briefing"
