"""The review queue of who is who: what no rule may decide, asked one question after another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.core.identity_review import Key, Question, Review
from briefing.core.wording import counted
from briefing.services.identity_review import name_fault, review, waiting
from briefing.services.task import Task
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Job, Jobs
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.identity_decisions import DecisionList
from briefing.ui.views.identity_question import QuestionPanel
from briefing.ui.views.identity_words import (
    NOTHING_WAITS,
    WHY,
    evidence,
    outcome_words,
    summary,
    title,
)
from briefing.ui.views.identity_work import Given, Outcome, decide_and_read, take_back_and_read
from briefing.ui.widgets.buttons import LinkButton, flat_button
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.frames import Divider, EdgeFrame
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import lead, order_tabs
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList

_LOG = logging.getLogger(__name__)
_BY = "identity.decided by"
_HELP = "identity"
_BESIDE = Arrangement(760, (((0, 4), (1, 9)),))


class IdentityQueue(QWidget):
    """Questions at the left, the chosen one beside them, decisions in force below.

    ``decided`` says that an answer was kept or taken back: actors have been formed anew.
    """

    navigate = Signal(object)
    """The Place of an actor, or of the help page about joining."""
    decided = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        knowledge: KnowledgeFile,
        clock: Callable[[], datetime],
        settings: SettingsFile,
    ) -> None:
        """Nothing is read before ``reload``.

        Args:
            theme: Looks.
            jobs: Where an answer is written.
            knowledge: The database.
            clock: The present time, which is kept with an answer.
            settings: Where the name of whoever decides is remembered for next time.
        """
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._knowledge = knowledge
        self._clock = clock
        self._settings = settings
        self._review = Review()
        self._job: Job[Outcome] | None = None
        self._had_keyboard = False
        self.list = QuestionList(theme, "Questions")
        self.panel = QuestionPanel(theme, settings.settings.remembered.get(_BY, ""))
        self.decisions = DecisionList(theme)
        self._page = Scroller(theme)
        self._help = LinkButton(theme, "How actors are joined")
        self._summary = WrappedLabel(theme, "", "table", "ink_2")
        self._waiting = SectionHeader(theme, "Waiting")
        self._outcome = QVBoxLayout()
        self._told: QWidget | None = None
        self._why = WrappedLabel(theme, WHY, "table", "ink_2")
        self._empty = Notice(
            theme, "empty", "Nothing waits for a decision", NOTHING_WAITS, icon_name="check-circle"
        )
        self._work = self._work_area()
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def waiting(self) -> int:
        """How many questions wait in the database now."""
        return waiting(self._knowledge)

    @property
    def busy(self) -> bool:
        """Whether an answer is being written."""
        return self._job is not None

    def reload(self) -> None:
        """Read what waits and what is decided; the question shown stays while it is asked.

        Raises:
            BriefingError: when the database cannot be read.
        """
        found = review(self._knowledge)
        if found != self._review or self.panel.question is None:
            self._show(found)

    def _show(self, found: Review, key: Key | None = None) -> None:
        """Show a review, and the question of a key or what follows it."""
        before, self._review = self._review, found
        asked = self.panel.question
        wanted = key or (asked.key if asked is not None else None)
        self._summary.setText(summary(found))
        self._waiting.set_note(counted(len(found.questions), "question"))
        self.decisions.show_decisions(found)
        has_any = bool(found.questions)
        for part in (self._work, self._why):
            part.setVisible(has_any)
        self._empty.setVisible(not has_any)
        self._fill_list(found)
        question = found.following(wanted or ("", ""), before)
        if question is not None:
            self._ask(question)
            self.list.select_key(_row_key(question))

    def _fill_list(self, found: Review) -> None:
        self.list.row_changed.disconnect(self._on_list_row_changed)
        self.list.set_items(
            [
                TwoLineItem(_row_key(question), title(question), evidence(question))
                for question in found.questions
            ]
        )
        self.list.row_changed.connect(self._on_list_row_changed)

    def _ask(self, question: Question) -> None:
        self.panel.show_question(question)
        order_tabs(self._page.content)

    def _on_list_row_changed(self, row: str) -> None:
        one, _, other = row.partition("\n")
        question = self._review.question((one, other))
        if question is not None:
            self._ask(question)

    def _on_panel_answered(self, relation: str) -> None:
        question, by = self.panel.question, self.panel.by.text().strip()
        if question is None or self._job is not None:
            return
        if self._review.question(question.key) is None:
            return
        fault = name_fault(by)
        self.panel.demand_name(fault)
        if fault:
            return
        given = Given(question.key, relation, self.panel.reason.text(), by)
        knowledge, before, now = self._knowledge, self._review, self._clock()
        self._start(
            "Writing the decision",
            lambda task: decide_and_read(knowledge, given, before, now, task),
            self._on_answered,
        )

    def _on_take_back_asked(self, decision: int) -> None:
        found = self._review.decision(decision)
        by = self.panel.by.text().strip()
        if found is None or self._job is not None:
            return
        fault = name_fault(by) if by else ""
        self.panel.demand_name(fault)
        if fault:
            return
        key = (found.one.native, found.other.native)
        knowledge, now = self._knowledge, self._clock()
        self._start(
            "Taking the decision back",
            lambda task: take_back_and_read(knowledge, decision, key, by, now, task),
            partial(self._on_taken_back, found.words),
        )

    def _start(
        self, label: str, work: Callable[[Task], Outcome], then: Callable[[Outcome], None]
    ) -> None:
        focus = QApplication.focusWidget()
        self._had_keyboard = focus is not None and self.isAncestorOf(focus)
        self._job = self._jobs.run(label, work, serial=True)
        row = ProgressRow(self._theme, label)
        row.cancelled.connect(self._job.cancel)
        self._job.progressed.connect(
            lambda step, total, words: row.set_progress(words, step, total)
        )
        self._job.finished.connect(partial(self._on_finished, then))
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)
        self._say(row)
        if self._had_keyboard:
            # Not to the button that cancels: a key pressed twice would take the answer back.
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_ready(False)

    def _on_finished(self, then: Callable[[Outcome], None], outcome: Outcome) -> None:
        then(outcome)
        self._end()
        self.decided.emit()

    def _on_answered(self, outcome: Outcome) -> None:
        self._remember(self.panel.by.text().strip())
        self.panel.forget_reason(outcome.key)
        self._show(outcome.review)
        words = outcome_words(outcome.review.decision(outcome.decision), outcome.settled)
        undo = partial(self._on_take_back_asked, outcome.decision)
        self._say(_Done(self._theme, "Decided:", words, undo))

    def _on_taken_back(self, words: str, outcome: Outcome) -> None:
        asked_again = outcome.review.question(outcome.key) is not None
        self._show(outcome.review, outcome.key if asked_again else None)
        rest = " The question is asked again." if asked_again else ""
        self._say(_Done(self._theme, "Taken back:", f"{words}.{rest}"))

    def _on_failed(self, error: BriefingError) -> None:
        rest = "\n".join(part for part in (error.remedy, error.detail) if part)
        details = f"{error.message}\n{rest}".strip()
        copy = NoticeAction(
            "Copy details", lambda: QApplication.clipboard().setText(details), "copy"
        )
        self._say(Notice(self._theme, "error", error.message, rest, (copy,)))
        self._end()

    def _on_cancelled(self) -> None:
        self._say(Notice(self._theme, "info", "Stopped.", "Nothing was changed."))
        self._end()

    def _end(self) -> None:
        """Ready for the next answer; the keyboard goes where that begins."""
        self._job = None
        self._set_ready(True)
        order_tabs(self._page.content)
        if self._had_keyboard:
            self.panel.reason.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_ready(self, ready: bool) -> None:
        self.panel.set_ready(ready)
        self.decisions.set_ready(ready)

    def _say(self, widget: QWidget) -> None:
        if self._told is not None:
            self._outcome.removeWidget(self._told)
            self._told.hide()
            self._told.deleteLater()
        self._told = widget
        self._outcome.addWidget(widget)

    def _remember(self, by: str) -> None:
        try:
            self._settings.keep(self._settings.settings.remember(_BY, by))
        except OSError as error:
            _LOG.warning("The settings could not be written: %s", error)

    def _work_area(self) -> Columns:
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._waiting)
        rows.addWidget(self.list, 1)
        return Columns(self._theme, (left, self.panel), (_BESIDE, stacked(2)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(WrappedLabel(self._theme, "Actor identity", "title"), 1)
        head.addWidget(self._help, 0, Qt.AlignmentFlag.AlignBottom)
        body = self._page.body
        body.addLayout(head)
        for part in (self._summary, self._why, self._empty):
            body.addWidget(part)
        body.addLayout(self._outcome)
        body.addWidget(self._work)
        body.addWidget(Divider(self._theme, quiet=False, space=6))
        body.addWidget(self.decisions)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self._empty.hide()
        self._head = head
        self.setProperty(HELP_TOPIC, _HELP)
        lead(self, self.list)

    def _connect(self) -> None:
        self.list.row_changed.connect(self._on_list_row_changed)
        self.panel.answered.connect(self._on_panel_answered)
        self.decisions.take_back_asked.connect(self._on_take_back_asked)
        for part in (self.panel, self.decisions):
            part.navigate.connect(self.navigate)
        self._help.clicked.connect(lambda: self.navigate.emit(Place("help", _HELP)))
        self._theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self._head.setSpacing(self._theme.px(12))


class QuestionList(TwoLineList):
    """Keeps the question that is asked in view when its place grows or shrinks."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the current row."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class _Done(EdgeFrame):
    """What was just kept, with the way back where there is one."""

    def __init__(
        self, theme: Theme, lead: str, words: str, undo: Callable[[], None] | None = None
    ) -> None:
        super().__init__(theme, "info")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        label = WrappedLabel(theme, words, "table")
        label.set_lead(lead)
        line.addWidget(IconLabel(theme, "check-circle", 14, "done", "table"))
        line.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        if undo is not None:
            button = flat_button(theme, "Undo", "undo")
            button.setAccessibleName(f"Undo: {words}")
            button.clicked.connect(lambda: undo())
            line.addWidget(button)
        self.body.addLayout(line)


def _row_key(question: Question) -> str:
    return "\n".join(question.key)
