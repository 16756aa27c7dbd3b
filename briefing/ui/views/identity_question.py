"""One question of who is who: both sides, why it is asked, and the four answers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from briefing.core.brief import Inline, Span, Text
from briefing.core.identity_review import Question, Side
from briefing.core.wording import counted
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import SCREEN, to_place
from briefing.ui.views.actor_sections.shown import NOT_STATED, spread, strong
from briefing.ui.views.identity_words import ANSWERS, asked
from briefing.ui.widgets.buttons import Button, normal_button
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.frames import Card
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.text_field import TextField

_LABEL = 72
_ANSWER = 34
"""Least height of an answer: two lines of words, so that all are equally far apart."""
_MOST_NAMES = 12
"""Names of one side that the other does not bear; the rest stands on its page."""
_BESIDE = Arrangement(440, (((0, 1), (1, 1)),))
_FIELDS_BESIDE = Arrangement(440, (((0, 2), (1, 1)),))


class SideCard(Card):
    """What one side is called, by whom, where it is said to come from; its name leads to it."""

    navigate = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Nobody yet."""
        super().__init__(theme)
        self._name = ProseRows(theme, "heading")
        self._facts = ProseRows(theme, label_width=_LABEL, gap=4)
        for rows in (self._name, self._facts):
            rows.place_activated.connect(self._on_place_activated)
            self.body.addWidget(rows)
        self.body.addStretch(1)

    def show_side(self, question: Question, side: Side) -> None:
        """Show a side of a question."""
        self.setAccessibleName(side.name)
        self._name.set_rows([ProseRow((to_place(side.name, side.actor),))])
        self._facts.set_rows(_facts(question, side))

    def text(self) -> str:
        """Everything it says."""
        return f"{self._name.text()}\n{self._facts.text()}"

    def _on_place_activated(self, actor: str) -> None:
        self.navigate.emit(Place(SCREEN, actor))


class QuestionPanel(QWidget):
    """Shows a question and takes the answer. What is typed stays with its question."""

    navigate = Signal(object)
    """The Place of an actor."""
    answered = Signal(str)
    """The relation that was chosen."""

    def __init__(self, theme: Theme, by: str) -> None:
        """``by`` is the name under which somebody decided last time."""
        super().__init__()
        self._theme = theme
        self._question: Question | None = None
        self._drafts: dict[tuple[str, str], str] = {}
        self._asked = WrappedLabel(theme, "", "call")
        self._why = WrappedLabel(theme, "", "table", "ink_2")
        self.sides = (SideCard(theme), SideCard(theme))
        self.reason = TextField(theme, "Reason", "What you looked at, and what it shows")
        self.by = TextField(theme, "Decided by", "Your name", by)
        self.buttons: Mapping[str, Button] = {
            answer.relation: normal_button(theme, answer.button) for answer in ANSWERS
        }
        self._answers = QGridLayout()
        self._rows = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        return self._question

    def show_question(self, question: Question) -> None:
        """Ask another question; the reason typed for the one before is kept for it."""
        before = self._question
        self._question = question
        if before is None or before.key != question.key:
            if before is not None:
                self._drafts[before.key] = self.reason.text()
            self.reason.input.setText(self._drafts.get(question.key, ""))
        self._asked.setText(asked(question))
        self._why.setText(question.reason)
        for card, side in zip(self.sides, (question.one, question.other), strict=True):
            card.show_side(question, side)

    def forget_reason(self, key: tuple[str, str]) -> None:
        """The question was answered: what was typed for it is kept with the answer."""
        self._drafts.pop(key, None)
        if self._question is not None and self._question.key == key:
            self.reason.input.clear()

    def set_ready(self, ready: bool) -> None:
        """Whether an answer can be given now."""
        for button in self.buttons.values():
            button.setEnabled(ready)

    def demand_name(self, fault: str) -> None:
        """Say what is wrong with the name, and let it be typed again; "" takes it back."""
        self.by.set_error(fault)
        if fault:
            self.by.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        for row, answer in enumerate(ANSWERS):
            button = self.buttons[answer.relation]
            button.setAccessibleDescription(answer.effect)
            words = WrappedLabel(self._theme, answer.effect, "table", "ink_2")
            self._answers.addWidget(button, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._answers.addWidget(words, row, 1, Qt.AlignmentFlag.AlignVCenter)
        self._answers.setColumnStretch(1, 1)
        fields = Columns(
            self._theme,
            (self._labelled(self.reason, "Reason"), self._labelled(self.by, "Decided by")),
            (_FIELDS_BESIDE, stacked(2)),
            12,
            8,
        )
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._asked)
        self._rows.addWidget(self._why)
        self._rows.addWidget(Columns(self._theme, self.sides, (_BESIDE, stacked(2)), 12, 8))
        self._rows.addWidget(fields)
        self._rows.addLayout(self._answers)
        self._rows.addStretch(1)

    def _labelled(self, field: TextField, label: str) -> QWidget:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(WrappedLabel(self._theme, label, "head", "ink_3"))
        rows.addWidget(field)
        rows.addStretch(1)
        return holder

    def _connect(self) -> None:
        for card in self.sides:
            card.navigate.connect(self.navigate)
        for relation, button in self.buttons.items():
            button.clicked.connect(lambda _=False, given=relation: self.answered.emit(given))
        self.by.edited.connect(lambda _text: self.by.set_error(""))
        self._theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        for field in (self.reason, self.by):
            field.input.setFont(self._theme.font("body"))
        self._rows.setSpacing(px(8))
        self._answers.setHorizontalSpacing(px(12))
        self._answers.setVerticalSpacing(px(6))
        for row in range(len(ANSWERS)):
            self._answers.setRowMinimumHeight(row, px(_ANSWER))


def _facts(question: Question, side: Side) -> list[ProseRow]:
    shared = spread((strong(name),) for name in question.shared(side))
    own = question.own(side)
    found = [ProseRow((Span(", ".join(side.sources)),), "Sources")]
    found.append(_row("In common", shared, "no name"))
    if own:
        found.append(ProseRow(_few(own), "Only here"))
    origins = tuple(Span(text) for text in [", ".join(o.label for o in side.origins)] if text)
    found.append(_row("Origin", origins, NOT_STATED))
    cited: Text = ()
    if side.documents:
        cited = (to_place(counted(side.documents, "document"), side.actor),)
    found.append(_row("Cited", cited, "no document"))
    return found


def _row(label: str, text: Text, otherwise: str) -> ProseRow:
    return ProseRow(text, label) if text else ProseRow((Span(otherwise),), label, quiet=True)


def _few(names: tuple[str, ...]) -> Text:
    shown: list[Inline] = [Span(", ".join(names[:_MOST_NAMES]))]
    if len(names) > _MOST_NAMES:
        shown.append(Span(f" and {len(names) - _MOST_NAMES:,} more"))
    return tuple(shown)
