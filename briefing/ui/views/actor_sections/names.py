"""The names of an actor: who coined each, and which of them mean others too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefing.core.actor import NameRow
from briefing.core.brief import Span, Text
from briefing.core.wording import counted, listed, worded
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill, to_place, words
from briefing.ui.views.actor_sections.shown import Shown, date_words, spread, strong
from briefing.ui.widgets.cells import MISSING
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.marked_row_painter import MarkedRow
from briefing.ui.widgets.marked_rows import MarkedRows
from briefing.ui.widgets.prose_rows import ProseRow

_FEW = 12
_TOLERATED = 2
"""So many names more than a few are shown at once: a link for them would take as much room."""


class NamesSection(Section):
    """The first names, all of them when asked for, and a warning about ambiguous ones."""

    def __init__(self, theme: Theme) -> None:
        """No names yet."""
        super().__init__(theme, "Names")
        self._shown: Shown | None = None
        self._rows = MarkedRows(theme, "Names", least_column=224)
        self._rows.source_activated.connect(self.source_activated)
        self._warnings = self.rows(gap=2)
        self._warning = QWidget()
        line = QHBoxLayout(self._warning)
        line.addWidget(
            IconLabel(theme, "warning", 14, "claim", "table"), 0, Qt.AlignmentFlag.AlignTop
        )
        line.addWidget(self._warnings, 1)
        self._line = line
        self.body.addWidget(self._rows)
        self.body.addWidget(self._warning)
        if self.header is not None:
            self.header.link_activated.connect(self._on_link_activated)
        self._all = False
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """List the names of another actor."""
        self._shown = shown
        self._all = False
        self._fill()
        rows = warnings(shown)
        fill(self._warnings, shown, rows)
        self._warning.setVisible(bool(rows))

    def show_all(self, on: bool = True) -> None:
        """List every name, or only the first ones again."""
        self._all = on
        self._fill()

    def _fill(self) -> None:
        if self._shown is None or self.header is None:
            return
        names = self._shown.profile.names
        few = len(names) <= _FEW + _TOLERATED
        wanted = names if few or self._all else names[:_FEW]
        self._rows.set_rows([_row(self._shown, name) for name in wanted], self._shown.titles)
        self.header.set_note(_note(names))
        self.header.set_link("" if few else "Fewer" if self._all else f"All {len(names)}")

    def _on_link_activated(self) -> None:
        self.show_all(not self._all)

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._line.setContentsMargins(0, self._theme.px(4), 0, 0)
        self._line.setSpacing(self._theme.px(6))


def warnings(shown: Shown) -> list[ProseRow]:
    """One line for all names that other actors bear, one for those that software bears."""
    others: dict[tuple[tuple[str, str], ...], list[NameRow]] = {}
    for name in shown.profile.names:
        if name.also:
            key = tuple((actor.code, actor.label) for actor in name.also)
            others.setdefault(key, []).append(name)
    found = [ProseRow(_shared(shown, actors, names)) for actors, names in others.items()]
    software = [name for name in shown.profile.names if name.software]
    if software:
        verb = "names" if len(software) == 1 else "name"
        text = (*_listed(software), Span(f" {verb} software too"))
        found.append(ProseRow((*text, *shown.mark(*(n.basis for n in software)), Span("."))))
    return found


def _shared(shown: Shown, actors: tuple[tuple[str, str], ...], names: list[NameRow]) -> Text:
    verb = "is" if len(names) == 1 else "are"
    bearers = spread(((to_place(label, code),) for code, label in actors), ", ")
    marks = shown.mark(*(name.basis for name in names))
    return (*_listed(names), Span(f" {verb} also listed for "), *bearers, *marks, Span("."))


def _listed(names: list[NameRow]) -> Text:
    text: Text = ()
    for place, name in enumerate(names):
        joiner = "" if place == 0 else " and " if place == len(names) - 1 else ", "
        text = (*text, *words(joiner), strong(name.name)) if joiner else (strong(name.name),)
    return text


def _row(shown: Shown, name: NameRow) -> MarkedRow:
    when = date_words(name.first_seen)
    coined = ", ".join(part for part in (name.coined_by, when) if part)
    extra = f"also listed for {listed(actor.label for actor in name.also)}" if name.also else ""
    who = f"coined by {coined}" if name.coined_by else "no source here says who coined it"
    software = "software bears it too" if name.software else ""
    return MarkedRow(
        key=name.name,
        text=name.name,
        trailing=coined or MISSING,
        marks=shown.marks(name.basis),
        tooltip=(name.name, who, extra, software),
    )


def _note(names: tuple[NameRow, ...]) -> str:
    sources = {key for name in names for key in name.basis.sources}
    coined = sum(bool(name.coined_by) for name in names)
    places = worded(len(sources), "source")
    if not coined:
        which = "it" if len(names) == 1 else "them"
        return f"{counted(len(names), 'name')} in {places}; who coined {which} is not stated"
    return f"{counted(len(names), 'name')} in {places}; who coined each, known for {coined}"
