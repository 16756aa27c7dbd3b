"""Pictures of the whole widget kit: ``python tests/ui/gallery.py FOLDER``.

Draws light and dark at 100 % and 150 % text size, on a screen with 1.5 pixels a point. Whoever
changes a widget looks at them; the test of the kit draws the same page.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QMenu,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from briefing.core.brief import Mark, Span, Style, spans
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.ui.theme import Scheme, Theme
from briefing.ui.widgets.badges import GradeBadge, LetterBox, TlpBadge
from briefing.ui.widgets.bar_rows import BarRows
from briefing.ui.widgets.buttons import (
    destructive_button,
    flat_button,
    icon_button,
    menu_button,
    normal_button,
    primary_button,
)
from briefing.ui.widgets.chips import Chip, ChipKind
from briefing.ui.widgets.filter_button import FilterButton
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.focus_ring import FocusRing
from briefing.ui.widgets.frames import Divider, EdgeFrame
from briefing.ui.widgets.labels import ElidedLabel, Label
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.scales import ConfidenceSteps, LikelihoodScale
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.segments import Segments
from briefing.ui.widgets.stage_card import StageCard
from briefing.ui.widgets.table import STRETCH, Table
from briefing.ui.widgets.tabs import Tabs
from briefing.ui.widgets.text_field import TextField
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList
from briefing.ui.widgets.year_bars import YearBars, YearSpan

_TECHNIQUES = (
    TwoLineItem("T1596", "Search Open Technical Databases", "T1596 · 2 groups · M1 · D1"),
    TwoLineItem("T1584.008", "Network Devices", "T1584.008 · 4 groups · M1 · D1"),
    TwoLineItem("T1091", "Replication Through Removable Media", "T1091 · 8 groups · M3 · D1"),
)
_ATTRIBUTED = (
    "ATT&CK attributes this group to unit 26165 of Russian military intelligence and says it has "
    "been active since at least 2004"
)
_SECTORS = "Sectors are stated for 151 of 1,041 actors only. Without the sector filter: 79 actors."
_PLACE = "threat-actor.json, line 412: a comma is missing after “synonyms”."
_MATCH = "Harbour Dental Group: country United Kingdom matches, sector health does not."
_CHIPS: tuple[tuple[str, ChipKind], ...] = (
    ("state-linked", "tint"),
    ("Russia", "plain"),
    ("always on", "quiet"),
    ("contested", "contested"),
    ("withdrawn", "withdrawn"),
    ("finished", "done"),
)
_ACTORS = (
    ("APT28", "Russia", "91", "56"),
    ("Turla", "not stated", "68", "38"),
    ("FIN7", "Russia", "67", "32"),
    ("TA2101", "Russia", "", "10"),
)
_BARS = (
    ("Government and administration", 2),
    ("Defence and military", 2),
    ("Law enforcement, justice", 1),
)
_YEARS = {2015: 2, 2016: 4, 2017: 3, 2018: 8, 2019: 2, 2020: 3, 2021: 1, 2023: 2, 2024: 1}
_GRADES = (Grade("A", 1), Grade("B", 2), Grade("C", 3), Grade("F"))
_FEEDS = (
    TwoLineItem("attack", "MITRE ATT&CK enterprise", "ATT&CK licence", "17.1 → 18.1"),
    TwoLineItem(
        "kev", "CISA KEV", "CC0-1.0", "1,404 CVEs", "older than 12 months", trailing_colour="claim"
    ),
)


def _row(*widgets: QWidget, gap: int = 8) -> QWidget:
    holder = QWidget()
    layout = FlowLayout(holder, gap)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


def _controls(theme: Theme) -> list[QWidget]:
    menu = QMenu()
    menu.addAction("A file")
    compare = normal_button(theme, "Compare")
    compare.setDown(True)
    disabled = normal_button(theme, "Present", "present")
    disabled.setEnabled(False)
    apply_button = normal_button(theme, "Apply", "check")
    apply_button.setObjectName("focused")
    import_button = menu_button(theme, "Import", menu, "import")
    menu.setParent(import_button, Qt.WindowType.Popup)
    date = TextField(theme, "Date", text="31 Feb 2026")
    date.set_error("No such date. Use day month year.")
    origin = FilterButton(theme, "Origin")
    origin.set_options([("RU", "Russia", 79), ("CN", "China", 104)])
    origin.set_value("RU")
    field = QLineEdit()
    field.setPlaceholderText("Actor or name")
    checked, chosen = QCheckBox("checked"), QRadioButton("chosen")
    checked.setChecked(True)
    chosen.setChecked(True)
    combo = QComboBox()
    combo.addItems(["Executive", "Analyst"])
    segments = Segments(theme, "Count", [("actors", "Actors"), ("statements", "Statements")])
    return [
        SectionHeader(theme, "Buttons"),
        _row(
            primary_button(theme, "Add to briefing", "plus"),
            normal_button(theme, "Compare", "compare"),
            compare,
            apply_button,
            gap=12,
        ),
        _row(
            flat_button(theme, "Undo", "undo"),
            destructive_button(theme, "Delete draft"),
            disabled,
            import_button,
            icon_button(theme, "more", "More"),
            gap=12,
        ),
        SectionHeader(theme, "Inputs"),
        _row(field, QLineEdit("APT28"), combo, gap=12),
        _row(date, FilterButton(theme, "Sector"), origin, gap=12),
        _row(checked, QCheckBox("not"), chosen, QRadioButton("not"), segments, gap=12),
    ]


def _marks(theme: Theme) -> list[QWidget]:
    evidence = EdgeFrame(theme, "evidence")
    evidence.body.addWidget(Label(theme, "evidence", "table_strong", "evidence"))
    assessment = EdgeFrame(theme, "assessment")
    assessment.body.addWidget(Label(theme, "assessment", "table_strong"))
    chips = [Chip(theme, text, kind) for text, kind in _CHIPS]
    claim = _row(LetterBox(theme, "A"), Label(theme, "claim", "table_strong", "claim"))
    scales = QWidget()
    column = QVBoxLayout(scales)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for likelihood in Likelihood:
        column.addWidget(LikelihoodScale(theme, likelihood))
    grades = [GradeBadge(theme, grade) for grade in _GRADES]
    return [
        SectionHeader(theme, "Chips"),
        _row(*chips, Chip(theme, "Origin: Russia", "tint", removable=True)),
        _row(claim, evidence, assessment, gap=16),
        SectionHeader(theme, "TLP", "FIRST colours on black in both themes; never branded"),
        _row(*(TlpBadge(theme, tlp) for tlp in reversed(Tlp))),
        SectionHeader(theme, "Likelihood", "ICD 203, its own line"),
        scales,
        SectionHeader(theme, "Confidence", "its own line, never a percentage"),
        _row(*(ConfidenceSteps(theme, confidence) for confidence in Confidence), gap=20),
        SectionHeader(theme, "Source grade", "Admiralty: reliability and credibility"),
        _row(*grades, gap=12),
    ]


def _table(theme: Theme) -> Table:
    model = QStandardItemModel(0, 4)
    across = Qt.Orientation.Horizontal
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for column, title in enumerate(("Name", "Origin", "Techniques", "Refs")):
        model.setHeaderData(column, across, title)
        if column > 1:
            model.setHeaderData(column, across, int(right), Qt.ItemDataRole.TextAlignmentRole)
    for row in _ACTORS:
        items = [QStandardItem(text) for text in row]
        for item in items[2:]:
            item.setTextAlignment(right)
        model.appendRow(items)
    table = Table(theme, "Actors")
    model.setParent(table)
    table.setModel(model)
    table.set_widths([120, STRETCH, 90, 60])
    table.horizontalHeader().setSortIndicator(3, Qt.SortOrder.DescendingOrder)
    table.fit_rows(8)
    table.select_row(0)
    return table


def _panels(theme: Theme) -> list[QWidget]:
    progress = ProgressRow(theme)
    progress.set_progress("Reading ATT&CK 18.1", 14_120, 24_771, "objects")
    tabs = Tabs(theme)
    for title in ("Map", "Sector and origin", "Table"):
        tabs.addTab(title)
    feeds = TwoLineList(theme, "Feeds")
    feeds.set_items(_FEEDS)
    feeds.fit_rows()
    feeds.select_key("attack")
    return [
        SectionHeader(theme, "Table", "selected, value not known", "All 30"),
        _table(theme),
        SectionHeader(theme, "Notices"),
        Notice(
            theme,
            "empty",
            "No actor matches Russia and water",
            _SECTORS,
            [NoticeAction("Remove sector filter", print, "close")],
        ),
        Notice(
            theme,
            "error",
            "This file could not be read. Nothing was changed.",
            _PLACE,
            [("Choose another file", print), NoticeAction("Copy details", print, "copy")],
        ),
        Notice(theme, "warning", "Removes 10.4 % of relationships.", "Look before you apply."),
        Notice(theme, "info", "", "In 8 of 21 known cases the true group was not in the top ten."),
        progress,
        tabs,
        feeds,
    ]


def _profile(theme: Theme) -> list[QWidget]:
    prose = Prose(theme)
    prose.set_text(
        spans(
            _ATTRIBUTED,
            Mark(("attack",)),
            ". MISP speaks of ",
            Span("government", Style.STRONG),
            " and ",
            Span("military", Style.EMPHASIS),
            " targets",
            Mark(("misp", "attack")),
            "; see ",
            Span("the advisory", href="https://example.org/"),
            ".",
        ),
        {"attack": 1, "misp": 2},
    )
    timeline = SectionHeader(theme, "Timeline", "26 dated documents, by year")
    timeline.set_marks([("attack", 1)])
    years = YearBars(theme)
    years.set_counts(
        _YEARS,
        [YearSpan("Nearest Neighbor campaign", 2022.1, 2024.9)],
        since=2004,
    )
    bars = BarRows(theme, _BARS, "statements")
    stages = QWidget()
    row = QHBoxLayout(stages)
    row.setContentsMargins(0, 0, 0, 0)
    for number, title, count in ((1, "Reconnaissance", 12), (3, "Maintain access", 58)):
        card = StageCard(theme, number, title, count)
        card.set_note("Reconnaissance 6 · Resources 6")
        card.set_items(_TECHNIQUES)
        card.set_more(f"all {count} techniques")
        row.addWidget(card, 1)
    callout = EdgeFrame(theme, "accent")
    callout.body.addWidget(
        ElidedLabel(
            theme,
            _MATCH,
            "table",
        )
    )
    return [
        Label(theme, "Screen title", "title"),
        prose,
        Divider(theme, space=4),
        SectionHeader(theme, "How they work, in four stages", "91 techniques"),
        stages,
        SectionHeader(theme, "Targets", "19 countries, 6 bodies", "Open map"),
        bars,
        timeline,
        years,
        callout,
    ]


def _column(widgets: Sequence[QWidget]) -> QLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column


def build_page(theme: Theme) -> QWidget:
    """Every widget of the kit on one page."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(24, 16, 24, 16)
    grid.setHorizontalSpacing(32)
    middle = _controls(theme) + _marks(theme)
    for place, widgets in enumerate((_profile(theme), middle, _panels(theme))):
        grid.addLayout(_column(widgets), 0, place)
        grid.setColumnStretch(place, 1)
    return page


def draw_page(app: QApplication, scheme: Scheme, factor: float) -> QImage:
    """The page as a picture."""
    theme = Theme(scheme=scheme, factor=factor)
    theme.apply(app)
    ring = FocusRing(theme)
    page = build_page(theme)
    page.resize(round(1440 * factor), round(900 * factor))
    page.show()
    page.activateWindow()
    focused = page.findChild(QWidget, "focused")
    if focused is not None:
        focused.setFocus(Qt.FocusReason.TabFocusReason)
    app.processEvents()
    picture = page.grab().toImage()
    page.close()
    ring.deleteLater()
    return picture


def main(folder: Path) -> None:
    """Write the four pictures."""
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        for factor in (1.0, 1.5):
            draw_page(app, scheme, factor).save(str(folder / f"kit-{scheme}-{factor:.0%}.png"))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_SCALE_FACTOR", "1.5")
    main(Path(sys.argv[1]))
