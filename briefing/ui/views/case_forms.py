"""The dialog of one row: its fields, whose name it bears, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.case import Row
from briefing.ui.theme import Theme
from briefing.ui.views.case_dialog import ALL_THE_SAME, CaseDialog, unseen
from briefing.ui.views.case_drafts import Stamp, asked_fault
from briefing.ui.views.case_keeper import CaseKeeper
from briefing.ui.views.case_panel import Panel
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.text_field import TextField

_AUTHOR = "author"


class AuthorField(QWidget):
    """Whose name the row bears: asked once, a line with a way to change it from then on."""

    changed = Signal()

    def __init__(self, theme: Theme, keeper: CaseKeeper) -> None:
        """Ask for the name where nobody has given it."""
        super().__init__()
        self._theme = theme
        self._keeper = keeper
        self.name = TextField(theme, "Your name", "As colleagues know you")
        self.field = FormField(
            theme,
            "Your name",
            self.name,
            "What you record bears it, so that a reader knows whom to ask. It is kept for next"
            " time.",
        )
        self.change = LinkButton(theme, "Change", name="Change the name under which you record")
        self._known = WrappedLabel(theme, "", "table", "ink_2")
        self._line = QWidget()
        self._row = QHBoxLayout(self._line)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._known, 1)
        self._row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.field)
        box.addWidget(self._line)
        self.name.input.setText(keeper.author or keeper.guessed)
        self._known.setText(f"Recorded by {keeper.author}")
        self._ask(asks=not keeper.author)
        self.name.edited.connect(self._on_name_edited)
        self.change.clicked.connect(self._on_change_clicked)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def author(self) -> str:
        """The name, as it is typed or known."""
        return " ".join(self.name.text().split())

    def check(self) -> bool:
        """Whether there is a name; it is remembered then."""
        wrong = asked_fault(self.author, "Say who records this.")
        self.field.say_problem(wrong)
        if wrong:
            self._ask(asks=True)
            self.field.take_keyboard()
            return False
        self._keeper.know(self.author)
        return True

    def warn(self, words: str) -> None:
        """Say what a careful reader would object to; the name can be changed then."""
        self.field.say_warning(words)
        if words:
            self._ask(asks=True)

    def _ask(self, *, asks: bool) -> None:
        self.field.setVisible(asks)
        self._line.setVisible(not asks)

    def _on_name_edited(self) -> None:
        self.field.say_problem("")
        self.changed.emit()

    def _on_change_clicked(self) -> None:
        self._ask(asks=True)
        self.name.input.selectAll()
        self.field.take_keyboard()

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dialog is for.

    Attributes:
        title: Over the dialog.
        do: What its primary button says.
        doing: What is being done, for the job ("Recording the claim").
        incident: Id of the incident.
        stamp: The stamp of the version, made when it is recorded: it bears the present moment.
    """

    title: str
    do: str
    doing: str
    incident: str
    stamp: Callable[[], Stamp]


class RowDialog(CaseDialog):
    """Records what its panel holds; whatever goes wrong is said, and what was typed stays."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None,
        keeper: CaseKeeper,
        panel: Panel,
        asked: Asked,
        rows: Callable[[Stamp], Sequence[Row]],
    ) -> None:
        """``rows`` are the versions to record, made of what the panel holds."""
        super().__init__(theme, parent, asked.title, asked.do)
        self._keeper = keeper
        self._asked = asked
        self._rows = rows
        # Of the page from which it is opened: what is above that was not to be seen there.
        self._ceiling = keeper.ceiling
        self._insisted: dict[str, str] = {}
        self.panel = panel
        self.author = AuthorField(theme, keeper)
        self.page.body.addWidget(panel)
        self.page.body.addWidget(self.author)
        self.do.clicked.connect(self._on_do_clicked)
        panel.changed.connect(self._on_panel_changed)
        self.author.changed.connect(self._on_panel_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self.do.click)

    def start(self) -> None:
        """Show it, with the keyboard in the first field."""
        self.open()
        first = next(iter(self.panel.fields.values()), self.author.field)
        first.take_keyboard()

    def _on_do_clicked(self) -> None:
        self.say()
        if not self.panel.check() or not self.author.check() or self._is_objected():
            return
        self._record()

    def _is_objected(self) -> bool:
        """Whether there is an objection that the person has not read yet."""
        found = {key: words for key, words in self.panel.objections().items() if words}
        if "tlp" in self.panel.fields and (words := unseen(self.panel.tlp.level, self._ceiling)):
            found["tlp"] = words
        if words := self.panel.author_objection(self.author.author):
            found[_AUTHOR] = words
        if not found or found == self._insisted:
            return False
        self._insisted = found
        self.author.warn(found.get(_AUTHOR, ""))
        self.panel.warn(found)
        self.do.set_text(ALL_THE_SAME)
        self.fit()
        return True

    def _record(self) -> None:
        rows, asked = self._rows(self._asked.stamp()), self._asked
        job = self._keeper.keep(asked.doing, asked.incident, rows, self._ceiling)
        self.wait_for(job, asked.doing, self.accept)

    def _on_panel_changed(self) -> None:
        self.note_change()
        if self._insisted:
            self._insisted = {}
            self.author.warn("")
            self.panel.warn({})
            self.do.set_text(self._asked.do)
