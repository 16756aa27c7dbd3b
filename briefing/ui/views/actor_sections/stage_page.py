"""All techniques of one stage: a table to sort and filter, and the whole of one beside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from briefing.core.actor import StageProfile, TechniqueUse
from briefing.core.brief import Span
from briefing.core.wording import counted, sentence_case
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import SCREEN, to_place
from briefing.ui.views.actor_sections.shown import NOT_STATED, Shown, strong
from briefing.ui.views.actor_sections.technique_table import TechniqueFilter, TechniqueModel
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import ElidedLabel, WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.table import STRETCH, Table
from briefing.ui.widgets.text_field import TextField

_BESIDE = 760
_LABEL = 84
_WIDTHS = (STRETCH, 78, 64, STRETCH, STRETCH)
_HIDDEN_BELOW = 640


class StagePage(QWidget):
    """One stage. Escape and the link at the top lead back to the profile."""

    navigate = Signal(object)
    source_activated = Signal(str)
    address_requested = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        """No stage yet."""
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._stage: StageProfile | None = None
        self._back = LinkButton(theme, "")
        self._back.clicked.connect(self.left)
        self._title = ElidedLabel(theme, "", "title")
        self._note = WrappedLabel(theme, "", "note", "ink_3")
        self._filter = TextField(
            theme, "Filter techniques", "Filter by name, id, mitigation or detection"
        )
        self._filter.edited.connect(self._on_filter_edited)
        self._model = TechniqueModel(self)
        self._kept = TechniqueFilter(self)
        self._kept.setSourceModel(self._model)
        self.table = Table(theme, "Techniques")
        self.table.setModel(self._kept)
        self.table.row_changed.connect(self._on_row_changed)
        self.table.row_activated.connect(self._on_row_activated)
        self._detail = self._build_detail()
        self._lay_out()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_stage(self, shown: Shown, code: str) -> bool:
        """Show a stage of an actor; False where there is no such stage."""
        stage = next((stage for stage in shown.profile.stages if stage.code == code), None)
        if stage is None:
            return False
        self._shown, self._stage = shown, stage
        name = shown.profile.row.name
        self._back.setText(f"\N{LEFTWARDS ARROW} {name}")
        self._back.setAccessibleName(f"Back to {name}")
        self._back.updateGeometry()
        self._title.setText(f"{stage.number}  {stage.name}")
        self._filter.input.clear()
        self._kept.set_words("")
        self._model.set_techniques(stage.techniques, shown.profile.groups_total)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.set_widths(_WIDTHS)
        self._count()
        if stage.techniques:
            self.table.select_row(0)
        return True

    def focus_filter(self) -> None:
        """Give the keyboard to the filter."""
        self._filter.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown_techniques(self) -> list[str]:
        """ATT&CK ids of the rows that pass the filter, from top to bottom."""
        rows = range(self._kept.rowCount())
        return [str(self._kept.index(row, 1).data()) for row in rows]

    def detail_text(self) -> str:
        """What is said of the technique that is current."""
        return self._rows.text()

    def _build_detail(self) -> Scroller:
        detail = Scroller(self._theme, sides=0, top=4)
        self._rows = ProseRows(self._theme, label_width=_LABEL, gap=6)
        self._rows.source_activated.connect(self.source_activated)
        self._rows.place_activated.connect(self._go)
        self._rows.link_activated.connect(self._on_link_activated)
        detail.body.addWidget(self._rows)
        return detail

    def _lay_out(self) -> None:
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._title, self._note, self._filter):
            self._outer.addWidget(widget)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line = Divider(self._theme)
        self._parts.addWidget(self.table, 3)
        self._parts.addWidget(self._line)
        self._parts.addWidget(self._detail, 2)
        self._outer.addLayout(self._parts, 1)

    def _count(self) -> None:
        if self._shown is None or self._stage is None:
            return
        number, kept = len(self._stage.techniques), self._kept.rowCount()
        total = counted(self._shown.profile.groups_total, "group")
        techniques = counted(number, "technique")
        first = techniques if kept == number else f"{kept} of {techniques}"
        name = self._shown.profile.row.name
        self._note.setText(
            f"{first} that sources state for {name}. Groups: how many of the {total} in ATT&CK "
            "use it; the rarest stand first."
        )

    def _go(self, subject: str) -> None:
        self.navigate.emit(Place(SCREEN, subject))

    def _on_filter_edited(self, text: str) -> None:
        self._kept.set_words(text)
        self._count()
        if self._kept.rowCount():
            self.table.select_row(0)
        else:
            self._rows.set_rows([ProseRow((Span("No technique here has these words."),))])

    def _on_row_changed(self, index: QModelIndex) -> None:
        if index.isValid() and self._shown is not None:
            use = self._model.use(self._kept.row_behind(index))
            rows = detail_rows(self._shown, use)
            self._rows.set_rows(rows, self._shown.numbers, self._shown.titles)
            self._detail.verticalScrollBar().setValue(0)

    def _on_row_activated(self, index: QModelIndex) -> None:
        self._go(self._model.use(self._kept.row_behind(index)).id)

    def _on_link_activated(self, href: str) -> None:
        if href.startswith("https://"):
            self.address_requested.emit(href)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._outer.setContentsMargins(px(20), px(12), px(20), px(12))
        self._outer.setSpacing(px(8))
        self._parts.setSpacing(px(12))
        self._arrange()

    def _arrange(self) -> None:
        """The detail beside the table, or under it where that would be cramped."""
        wide = self.width() >= self._theme.px(_BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(direction)
        self._line.setVisible(not wide)
        room = self.width() * (3 / 5 if wide else 1) / self._theme.factor
        for column in (3, 4):
            self.table.setColumnHidden(column, room < _HIDDEN_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose where the detail stands."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def detail_rows(shown: Shown, use: TechniqueUse) -> list[ProseRow]:
    """A technique in full: what it is, who uses it, what stops it, where it can be seen."""
    total = counted(shown.profile.groups_total, "group")
    tactics = ", ".join(sentence_case(code.replace("-", " ")) for code in use.tactics)
    rows = [
        ProseRow((to_place(use.name, use.id), *shown.mark(use.basis)), use.attack_id),
        ProseRow((Span(tactics or NOT_STATED),), "Tactics"),
        ProseRow((Span(f"used by {use.groups:,} of {total}"),), "Groups"),
    ]
    mitigations = [
        ProseRow((strong(found.attack_id), Span(f" {found.name}")), "" if place else "Mitigations")
        for place, found in enumerate(use.mitigations)
    ]
    rows += mitigations or [ProseRow((Span("ATT&CK names none"),), "Mitigations", quiet=True)]
    detections = [
        ProseRow((Span(found),), "" if place else "Detections")
        for place, found in enumerate(use.detections)
    ]
    rows += detections or [ProseRow((Span("ATT&CK names none"),), "Detections", quiet=True)]
    if use.url:
        page = Span(f"ATT&CK page of {use.attack_id}", href=use.url)
        rows.append(ProseRow((page,), "Read on"))
    return rows
