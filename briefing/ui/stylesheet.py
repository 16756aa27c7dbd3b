"""One Qt style sheet for the whole program, built from the tokens.

Colours are written ``$name`` and measures in pixels at 100 %; lines of one or two pixels stay as
thin at every text size. Fonts are not set here: a style sheet knows neither Inter's weight axis
nor tabular figures, see ``Theme.font``.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from briefing.ui.tokens import Tokens

_THICKEST_FIXED_LINE = 2
_PIXELS = re.compile(r"(\d+)px")

_SURFACES = """
QMainWindow, QDialog { background: $paper; }
QScrollArea { background: transparent; border: none; }
QToolTip {
    background: $ink; color: $paper; border: 1px solid $ink; border-radius: 2px; padding: 4px 8px;
}
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QFrame[look="card"] { background: $paper; border: 1px solid $line; border-radius: 4px; }
QFrame[look="error"] {
    background: $error_ground; border: 1px solid $error; border-radius: 4px;
}
QFrame[look="quiet"] { background: $mist_2; border: none; }
QFrame[look="rail"] { background: $mist; border: none; border-right: 1px solid $line; }
QFrame[look="bar"] { background: $paper; border: none; border-bottom: 1px solid $line; }
QFrame[look="popup"] { background: $paper; border: 1px solid $control; border-radius: 4px; }
"""

_BUTTONS = """
QPushButton, QToolButton {
    background: $paper; color: $ink; border: 1px solid $control; border-radius: 4px;
    padding: 0 10px; min-height: ${control_inside};
}
QToolButton { max-height: ${control_inside}; }
QPushButton:hover, QToolButton:hover { background: $mist_2; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {
    background: $tint; color: $accent;
}
QPushButton:disabled, QToolButton:disabled {
    background: $mist; color: $ink_3; border-color: $line_2;
}
QPushButton[look="primary"] {
    background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:pressed { background: $accent; border-color: $accent_hover; }
QPushButton[look="primary"]:disabled {
    background: $mist; color: $ink_3; border-color: $line_2;
}
QPushButton[look="flat"], QToolButton[look="flat"] {
    background: transparent; color: $accent; border-color: transparent;
}
QPushButton[look="flat"]:hover, QToolButton[look="flat"]:hover { background: $tint_2; }
QPushButton[look="flat"]:pressed, QToolButton[look="flat"]:pressed,
QPushButton[look="flat"]:checked, QToolButton[look="flat"]:checked { background: $tint; }
QPushButton[look="flat"]:disabled, QToolButton[look="flat"]:disabled {
    color: $ink_3; background: transparent;
}
QPushButton[look="destructive"] { color: $error; border-color: $error; }
QPushButton[look="destructive"]:hover, QPushButton[look="destructive"]:pressed {
    background: $error_ground; color: $error;
}
QPushButton[look="destructive"]:disabled { color: $ink_3; border-color: $line_2; }
QToolButton[look="icon"] { padding: 0; }
QToolButton[look="quiet-icon"] {
    padding: 0; background: transparent; border-color: transparent;
}
QToolButton[look="quiet-icon"]:hover { background: $mist_2; }
QToolButton[look="quiet-icon"]:disabled { background: transparent; }
QPushButton[look="menu"] { padding-right: 18px; }
QPushButton[look="menu"]::menu-indicator {
    image: url(controls:down.svg); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 10px;
}
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[look="segment"] { border-radius: 0; border-left-width: 0; padding: 0 10px; }
QToolButton[look="segment"][place="first"], QToolButton[look="segment"][place="only"] {
    border-left-width: 1px; border-top-left-radius: 4px; border-bottom-left-radius: 4px;
}
QToolButton[look="segment"][place="last"], QToolButton[look="segment"][place="only"] {
    border-top-right-radius: 4px; border-bottom-right-radius: 4px;
}
QToolButton[look="segment"]:checked {
    background: $accent; color: $on_accent; border-color: $accent;
}
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $paper; color: $ink; border: 1px solid $control; border-radius: 4px;
    padding: 0 9px; min-height: ${control_inside}; placeholder-text-color: $ink_3;
}
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    border: none; padding: 0; min-height: 0; background: transparent;
}
QLineEdit[look="search"] { min-height: ${search_inside}; }
QLineEdit[invalid="true"] { border-color: $error; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    background: $mist; color: $ink_3; border-color: $line_2;
}
QLineEdit:read-only { background: $mist_2; }
QTextBrowser[look="prose"] {
    background: transparent; border: none; padding: 0; min-height: 0;
}
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QDateEdit::down-arrow {
    image: url(controls:down.svg); width: 12px; height: 12px;
}
QComboBox QAbstractItemView {
    background: $paper; border: 1px solid $control; outline: none; padding: 4px 0;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; width: 22px; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(controls:up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(controls:down.svg); width: 10px; height: 10px; }
QCheckBox, QRadioButton {
    spacing: 6px; background: transparent; min-height: 20px; outline: none;
}
QCheckBox::indicator, QAbstractItemView::indicator {
    width: ${box_inside}; height: ${box_inside}; border: 1px solid $control;
    border-radius: 3px; background: $paper;
}
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url(controls:tick.svg);
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: url(controls:dash.svg);
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $mist; border-color: $line_2;
}
QCheckBox::indicator:checked:disabled { background: $ink_3; border-color: $ink_3; }
QRadioButton::indicator {
    width: ${box_inside}; height: ${box_inside}; border: 1px solid $control;
    border-radius: ${radio_radius}; background: $paper;
}
QRadioButton::indicator:checked {
    width: ${radio_dot}; height: ${radio_dot}; border: ${radio_ring} solid $accent;
    background: $on_accent;
}
QRadioButton::indicator:checked:disabled { border-color: $ink_3; }
"""

_VIEWS = """
QAbstractItemView {
    background: $paper; alternate-background-color: $paper; border: none; outline: none;
    selection-background-color: $tint; selection-color: $ink;
}
QTreeView::item { min-height: 28px; border: none; border-bottom: 1px solid $line; }
QTreeView::item:hover { background: $mist_2; }
QTreeView::item:selected { background: $tint; color: $ink; }
QTreeView::branch { background: $paper; }
QTreeView::branch:has-children:closed { image: url(controls:right.svg); }
QTreeView::branch:has-children:open { image: url(controls:down.svg); }
QHeaderView { background: $paper; border: none; }
QHeaderView::section {
    background: $paper; color: $ink_3; border: none; border-bottom: 1px solid $line_2;
    padding: 0 8px; min-height: 27px;
}
QHeaderView::down-arrow { image: url(controls:down.svg); width: 10px; height: 10px; }
QHeaderView::up-arrow { image: url(controls:up.svg); width: 10px; height: 10px; }
QTableCornerButton::section { background: $paper; border: none; }
QProgressBar { background: $line; border: none; border-radius: 0; max-height: 6px; }
QProgressBar::chunk { background: $accent; }
QMenu { background: $paper; border: 1px solid $control; padding: 4px 0; }
QMenu::item { padding: 6px 24px 6px 12px; color: $ink; }
QMenu::item:selected { background: $tint; color: $ink; }
QMenu::item:disabled { color: $ink_3; }
QMenu::icon { padding-left: 10px; }
QMenu::indicator { width: 12px; height: 12px; padding-left: 8px; }
QMenu::indicator:checked { image: url(controls:menu-tick.svg); }
QMenu::right-arrow {
    image: url(controls:right.svg); width: 10px; height: 10px; margin-right: 8px;
}
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line_2; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QGroupBox { border: none; margin-top: 24px; padding: 0; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
"""


def stylesheet(tokens: Tokens, factor: float) -> str:
    """The sheet for one theme and one text size.

    Raises:
        KeyError: when the sheet asks for a colour that no token has.
    """
    colours = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    sheet = Template(_SURFACES + _BUTTONS + _INPUTS + _VIEWS).safe_substitute(colours)
    scaled = _PIXELS.sub(lambda found: f"{_scaled(int(found[1]), factor)}px", sheet)
    return Template(scaled).substitute(_inner_measures(factor))


def _inner_measures(factor: float) -> dict[str, str]:
    """Measures inside a border, which a style sheet counts apart from its width.

    A radio button stays a circle only while its radius is at most half its rounded width.
    """
    outside, ring = round(16 * factor), round(5 * factor)
    return {
        "control_inside": f"{round(28 * factor) - 2}px",
        "search_inside": f"{round(32 * factor) - 2}px",
        "box_inside": f"{outside - 2}px",
        "radio_dot": f"{outside - 2 * ring}px",
        "radio_ring": f"{ring}px",
        "radio_radius": f"{outside // 2}px",
    }


def _scaled(pixels: int, factor: float) -> int:
    return pixels if pixels <= _THICKEST_FIXED_LINE else round(pixels * factor)
