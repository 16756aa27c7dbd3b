"""Whom an actor is said to target: countries on a map, sectors as bars, bodies kept apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from briefing.core.actor import Counted, Targets
from briefing.core.brief import Span, Text
from briefing.core.targeting import TargetingFilter
from briefing.core.wording import counted, first_of, plural
from briefing.core.world import World
from briefing.ui.map_places import MapWish, country_place, map_place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import Shown, spread
from briefing.ui.widgets.bar_rows import BarRows
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.column_layout import Columns, in_rows, stacked
from briefing.ui.widgets.prose_rows import ProseRow
from briefing.ui.widgets.small_map import SmallMap
from briefing.ui.widgets.source_menu import open_source_menu
from briefing.ui.widgets.tooltip_lines import tooltip_of

_NOUN = ("source", "sources")
_FEW = 8
_REGION = "region:"


class MapLegend(QWidget):
    """``■ named as target  □ no reports``."""

    def __init__(self, theme: Theme) -> None:
        """The two keys of the small map."""
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Filled: named as a target. Grey: no reports.")
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(190), self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both keys."""
        theme, painter = self._theme, QPainter(self)
        metrics, side = theme.metrics("note"), theme.px(9)
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        top = round((self.height() - side) / 2)
        left = 0.0
        painter.setFont(theme.font("note"))
        for words, is_filled in (("named as a target", True), ("no reports", False)):
            box = QRectF(left, top, side, side)
            painter.fillRect(box, theme.colour("seq_4" if is_filled else "no_data"))
            if not is_filled:
                painter.setPen(QPen(theme.colour("no_data_line"), 1))
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            left += side + theme.px(5)
            painter.setPen(theme.colour("ink_3"))
            painter.drawText(round(left), round(base), words)
            left += metrics.horizontalAdvance(words) + theme.px(12)


class TargetsSection(Section):
    """Numbers are the sources that state a target; each opens those sources."""

    def __init__(self, theme: Theme, world: World | None, *, has_map: bool = False) -> None:
        """Without a world there is no small map; ``has_map`` says that there is a map screen."""
        super().__init__(theme, "Targets")
        self._shown: Shown | None = None
        self._all = False
        self._has_map = has_map
        self._map = SmallMap(theme, world) if world is not None else None
        self._legend = MapLegend(theme)
        self._countries = self.rows()
        self._bars = BarRows(theme)
        self._sectors: tuple[Counted, ...] = ()
        self._more = LinkButton(theme, "", "head")
        self._more.clicked.connect(self._on_more_clicked)
        self._bodies = self.rows()
        places, sectors = QWidget(), QWidget()
        self._columns = (QVBoxLayout(places), QVBoxLayout(sectors))
        if self._map is not None:
            self._map.country_activated.connect(self._on_map_country_activated)
            self._columns[0].addWidget(self._map)
        self._columns[0].addWidget(self._legend)
        self._columns[0].addWidget(self._countries)
        self._columns[1].addWidget(self._bars)
        self._columns[1].addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._columns[1].addWidget(self._bodies)
        for column in self._columns:
            column.setContentsMargins(0, 0, 0, 0)
            column.addStretch(1)
        self.body.addWidget(
            Columns(theme, (places, sectors), (in_rows(480, 2, 2), stacked(2)), 24, 6)
        )
        self.body.addStretch(1)
        self._bars.row_activated.connect(self._on_bars_row_activated)
        if self.header is not None:
            self.header.set_link("Open map" if has_map else "")
            self.header.link_activated.connect(self._on_header_link_activated)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        for column in self._columns:
            column.setSpacing(self._theme.px(4))

    def set_shown(self, shown: Shown) -> None:
        """Show the targets of another actor; nothing at all where none is stated."""
        self._shown = shown
        self._all = False
        targets = shown.profile.targets
        self._fill_map(targets)
        self._sectors = (*targets.sectors, *targets.scopes)
        self._fill_bars()
        rows = _body_rows(shown)
        fill(self._bodies, shown, rows)
        self._bodies.setVisible(bool(rows))
        if self.header is not None:
            self.header.set_note(_note(targets))
        self.setVisible(has_targets(targets))

    def _fill_map(self, targets: Targets) -> None:
        if self._shown is None:
            return
        countries = {row.code: row.count for row in targets.countries}
        if self._map is not None:
            self._map.set_countries(countries, _NOUN)
            self._map.setVisible(bool(countries))
        self._legend.setVisible(bool(countries) and self._map is not None)
        fill(self._countries, self._shown, _country_rows(self._shown, targets.countries))
        self._countries.setVisible(bool(countries))

    def _fill_bars(self) -> None:
        few = len(self._sectors) <= _FEW + 1
        wanted = self._sectors if few or self._all else self._sectors[:_FEW]
        self._bars.set_rows([(row.label, row.count) for row in wanted], "sources")
        self._bars.setVisible(bool(wanted))
        lines = [f"{row.label}: {counted(row.count, 'source')}" for row in wanted]
        self._bars.setToolTip(tooltip_of(lines))
        text = "fewer sectors" if self._all else f"all {len(self._sectors)} sectors"
        self._more.setText(text)
        self._more.setAccessibleName(text)
        self._more.setVisible(not few)
        self._more.updateGeometry()

    def _open_sources(self, row: Counted) -> None:
        if self._shown is None:
            return
        marks = self._shown.marks(row.basis)
        titles, chosen = self._shown.titles, self.source_activated.emit
        open_source_menu(self, QCursor.pos() + QPoint(0, 4), marks, titles, chosen)

    def _on_header_link_activated(self) -> None:
        """The map with the targets of this actor alone."""
        if self._shown is not None:
            only = TargetingFilter(actors=frozenset((self._shown.profile.row.id,)))
            self.navigate.emit(map_place(MapWish(filter=only)))

    def _on_map_country_activated(self, code: str) -> None:
        if self._has_map:
            self.navigate.emit(country_place(code))
        elif self._shown is not None:
            for row in self._shown.profile.targets.countries:
                if row.code == code:
                    self._open_sources(row)

    def _on_bars_row_activated(self, row: int) -> None:
        self._open_sources(self._sectors[row])

    def _on_more_clicked(self) -> None:
        self._all = not self._all
        self._fill_bars()


def has_targets(targets: Targets) -> bool:
    """Whether any target is stated."""
    return any(
        (targets.sectors, targets.scopes, targets.countries, targets.places, targets.unmapped)
    )


def _country_rows(shown: Shown, countries: Sequence[Counted]) -> list[ProseRow]:
    if not countries:
        return []
    most = countries[0].count
    named = [row.label for row in countries if row.count == most]
    each = "" if len(named) == 1 else " each"
    listing = first_of(named, 6)
    text = f"Named by {counted(most, 'source')}{each}: {listing}"
    rest = len(countries) - len(named)
    extra = f"; by fewer, {rest} more" if rest else ""
    marks = shown.mark(*(row.basis for row in countries))
    return [ProseRow((), note=(Span(f"{text}{extra}"), *marks))]


def _body_rows(shown: Shown) -> list[ProseRow]:
    targets = shown.profile.targets
    rows = []
    sectors = (*targets.sectors, *targets.scopes)
    if sectors:
        note: Text = (Span("Sources that state each sector"),)
        rows.append(ProseRow((), note=(*note, *shown.mark(*(row.basis for row in sectors)))))
    if targets.places:
        places = spread((Span(row.label), *shown.mark(row.basis)) for row in targets.places)
        rows.append(ProseRow((), note=(Span("Kept apart from countries: "), *places)))
    if targets.unmapped:
        values = spread((Span(f"“{s.text}”"), *shown.mark(s.basis)) for s in targets.unmapped)
        rows.append(ProseRow((), note=(Span("In words that no list of ours has: "), *values)))
    return rows


def _note(targets: Targets) -> str:
    regions = sum(row.code.startswith(_REGION) for row in targets.places)
    parts = (
        (len(targets.countries), "country"),
        (len(targets.places) - regions, "body"),
        (regions, "region"),
    )
    return ", ".join(
        f"{number} {noun if number == 1 else plural(noun)}" for number, noun in parts if number
    )
