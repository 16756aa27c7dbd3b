"""The page of a technique, a piece of software or a mitigation, and who is said to use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from briefing.core.brief import Span, Style, Text
from briefing.core.entity import Entity
from briefing.core.quoted import opening, quoted_paragraphs
from briefing.core.wording import counted
from briefing.store.labels import Labels
from briefing.ui.models.actor_table import USER_COLUMNS, ActorTableModel
from briefing.ui.models.plain_table import PlainCell, PlainColumn, PlainRow, PlainTableModel
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.link_table import LinkTable
from briefing.ui.widgets.buttons import IconButton
from briefing.ui.widgets.cells import NOT_STATED
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_rows import PLACE, ProseRow, ProseRows
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table import STRETCH, Table

_RELATED: Final = {
    "technique": ("Software that uses it", "piece of software"),
    "malware": ("Techniques it uses", "technique"),
    "tool": ("Techniques it uses", "technique"),
    "mitigation": ("Techniques it answers", "technique"),
}
_ROWS = 16
_OPENING = 480
"""Characters of a description that are shown before the whole is asked for."""
_USER_WIDTHS = (STRETCH, 92, 96, 60, 48)
_RELATED_WIDTHS = (STRETCH, 84, 76)
_LABELS_WIDTH = 88
_NAME_LEAST = 128
_ALONE = 640
"""Pixels at 100 % that a table without a neighbour takes at most."""
_ANY_WIDTH = (1 << 24) - 1


class Stacked(QWidget):
    """A heading and what belongs to it."""

    def __init__(self, theme: Theme, *widgets: QWidget) -> None:
        """From top to bottom."""
        super().__init__()
        self._theme = theme
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self._box.addWidget(widget)
        self._box.addStretch(1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(4))


class TableSection(Stacked):
    """A heading, and rows that lead somewhere, or a sentence where there are none."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        """``empty`` is the sentence."""
        self.header = SectionHeader(theme, title)
        self.table = LinkTable(theme, title)
        self.table.fit_rows(_ROWS)
        self._empty = WrappedLabel(theme, empty, "table", "ink_3")
        super().__init__(theme, self.header, self.table, self._empty)

    def show_rows(self, rows: int) -> None:
        """The table, or the sentence where there are no rows."""
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.table.scrollToTop()
        self.table.updateGeometry()


class EntityHead(QWidget):
    """Name, kind, id and source; at the right where else to read about it."""

    def __init__(self, theme: Theme) -> None:
        """Without a name yet."""
        super().__init__()
        self._theme = theme
        self._url = ""
        self._name = Label(theme, "", "title")
        self._chips = [Chip(theme, "", "tint"), Chip(theme, ""), Chip(theme, "")]
        titles = QWidget()
        self._flow = FlowLayout(titles)
        for widget in (self._name, *self._chips):
            self._flow.addWidget(widget)
        more = IconButton(theme, "more", "More about this page")
        menu = QMenu(more)
        self._actions = (
            menu.addAction("Copy link to ATT&&CK page", self._copy_link),
            menu.addAction("Open ATT&&CK page in browser", self._open_page),
        )
        more.setMenu(menu)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        beside = Arrangement(320, (((0, 1), (1, NATURAL)),))
        box.addWidget(Columns(theme, (titles, more), (beside, stacked(2)), 16, 8))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_entity(self, entity: Entity) -> None:
        """Name another thing."""
        self._name.setText(entity.name)
        for chip, text in zip(
            self._chips, (entity.kind, entity.attack_id, entity.source), strict=True
        ):
            chip.set_text(text)
            chip.setVisible(bool(text))
        self._url = entity.url
        for action in self._actions:
            action.setEnabled(bool(entity.url))
        self._flow.invalidate()

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._url)

    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(8))


class EntityPage(Scroller):
    """What a source says about one thing of ATT&CK, and everything that is tied to it."""

    navigate = Signal(object)
    """The Place that was asked for."""
    mitigation_asked = Signal(str)
    """The ATT&CK id of a mitigation whose page was asked for."""

    def __init__(self, theme: Theme, labels: Labels) -> None:
        """Empty; see ``show_entity``."""
        super().__init__(theme)
        self._paragraphs: tuple[str, ...] = ()
        self._whole = False
        self.head = EntityHead(theme)
        self.description = SectionHeader(theme, "Description")
        self._words = Prose(theme, "body", "ink")
        self.facts = ProseRows(theme, "table", label_width=_LABELS_WIDTH, gap=4)
        self._user_model = ActorTableModel(labels, USER_COLUMNS, self)
        self._related_model = PlainTableModel(self)
        self.users = TableSection(theme, "Who uses it", "No source here names an actor.")
        self.related = TableSection(theme, "", "ATT&CK ties nothing to it.")
        self.users.table.setModel(self._user_model)
        self.users.table.set_widths(_USER_WIDTHS)
        self.related.table.setModel(self._related_model)
        self._lay_out()
        self.description.link_activated.connect(self._on_description_link_activated)
        self.facts.place_activated.connect(self.mitigation_asked)
        for table in (self.users.table, self.related.table):
            table.opened.connect(lambda subject: self.navigate.emit(Place("actors", subject)))

    def show_entity(self, entity: Entity, labels: Labels) -> None:
        """Show another thing, from its top."""
        self._paragraphs = quoted_paragraphs(entity.description)
        self._whole = False
        self.head.set_entity(entity)
        self.description.set_note(f"quoted from {entity.source}, without its footnotes")
        self._show_description()
        self._show_facts(entity)
        self._show_users(entity, labels)
        self._show_related(entity)
        self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        theme = self._theme
        left = Stacked(theme, self.description, self._words)
        self._glance = Stacked(theme, SectionHeader(theme, "At a glance"), self.facts)
        beside = Arrangement(640, (((0, 3), (1, 2)),))
        tables = Arrangement(720, (((0, 3), (1, 2)),))
        self.body.addWidget(self.head)
        self.body.addWidget(Columns(theme, (left, self._glance), (beside, stacked(2))))
        self.body.addWidget(Divider(theme, quiet=False))
        self.body.addWidget(
            Columns(theme, (self.users, self.related), (tables, stacked(2)), line_gap=16)
        )

    def _show_description(self) -> None:
        shown = self._paragraphs
        if not self._whole and shown:
            shown = (opening(shown[0], _OPENING),)
        cut = self._whole or shown != self._paragraphs
        self._words.set_paragraphs([(Span(text),) for text in shown])
        self._words.setVisible(bool(shown))
        self.description.set_link("" if not cut else "Less" if self._whole else "All of it")
        self.description.setVisible(bool(shown))

    def _show_facts(self, entity: Entity) -> None:
        rows = [
            ProseRow(text, label)
            for label, text in (
                ("Stage", _listed([stage.label for stage in entity.stages])),
                ("Tactics", _listed([tactic.label for tactic in entity.tactics])),
                ("Platforms", _listed(_platforms(entity))),
                ("Seen by", _listed(entity.detections, "; ")),
                ("Answered by", _mitigations(entity)),
            )
            if text
        ]
        self.facts.set_rows(rows)
        self._glance.setVisible(bool(rows))

    def _show_users(self, entity: Entity, labels: Labels) -> None:
        actors = entity.actors
        groups = f"{entity.groups:,} of {entity.groups_total:,} ATT&CK groups"
        others = len(actors) - entity.groups
        self.users.header.set_note(
            f"{groups}, and {counted(others, 'actor')} by other sources" if others > 0 else groups
        )
        _unsort(self.users.table)
        self._user_model.set_rows(actors, labels)
        self.users.show_rows(len(actors))
        alone = entity.kind == "mitigation"
        self.users.setVisible(not alone)
        self.related.setMaximumWidth(self._theme.px(_ALONE) if alone else _ANY_WIDTH)
        self.users.table.set_dispensable((3, 2, 1), _NAME_LEAST)

    def _show_related(self, entity: Entity) -> None:
        title, noun = _RELATED[entity.kind]
        rows = entity.related
        columns = [PlainColumn("Name"), PlainColumn("ATT&CK", "Its id in MITRE ATT&CK.")]
        if entity.kind == "technique":
            columns.append(PlainColumn("Kind", "Malware, or a tool that others use too."))
        self.related.header.set_title(title)
        self.related.header.set_note(counted(len(rows), noun))
        self.related.table.setAccessibleName(title)
        _unsort(self.related.table)
        self._related_model.set_table(
            columns,
            [
                PlainRow(
                    one.id,
                    tuple(map(PlainCell, (one.name, one.attack_id, one.kind)))[: len(columns)],
                )
                for one in rows
            ],
        )
        self.related.table.set_widths(_RELATED_WIDTHS[: len(columns)])
        self.related.show_rows(len(rows))

    def _on_description_link_activated(self) -> None:
        self._whole = not self._whole
        self._show_description()


def _unsort(table: Table) -> None:
    """A new page shows its rows in the order they come in."""
    table.horizontalHeader().setSortIndicator(-1, table.horizontalHeader().sortIndicatorOrder())


def _platforms(entity: Entity) -> list[str]:
    # ATT&CK writes PRE for what happens before the victim's systems are reached.
    return ["before the victim is reached" if one == "PRE" else one for one in entity.platforms]


def _listed(parts: Sequence[str], joiner: str = ", ") -> Text:
    return (Span(joiner.join(parts)),) if parts else ()


def _mitigations(entity: Entity) -> Text:
    if entity.kind != "technique":
        return ()
    if not entity.mitigations:
        return (Span(NOT_STATED, Style.PLAIN),)
    text: list[Span] = []
    for mitigation in entity.mitigations:
        if text:
            text.append(Span(", "))
        text.append(Span(mitigation.name, href=f"{PLACE}{mitigation.attack_id}"))
        text.append(Span(f"\N{NO-BREAK SPACE}{mitigation.attack_id}"))
    return tuple(text)
