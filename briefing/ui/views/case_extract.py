"""Read a report: its text at the left, what it names at the right, and what is chosen recorded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QSplitter, QVBoxLayout, QWidget

from briefing.analysis.extraction import Dictionary
from briefing.core.case import Case
from briefing.core.case_page import CasePage
from briefing.core.errors import BriefingError
from briefing.core.proposal import Extraction, Proposal
from briefing.core.tlp import Tlp
from briefing.core.wording import sentence_case
from briefing.services.extract import can_be_added, is_recorded, read_dictionary, read_report
from briefing.services.task import Task
from briefing.store.ceilings import open_below
from briefing.ui.explaining import Explainer
from briefing.ui.jobs import Job, Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.case_extract_form import chosen_words
from briefing.ui.views.case_extract_list import NO_PLACE, RECORDED
from briefing.ui.views.case_extract_panes import ProposalPane, TextPane
from briefing.ui.views.case_extract_record import Recorded, ReportRecorder
from briefing.ui.views.case_keeper import CaseKeeper
from briefing.ui.views.work_area import error_notice
from briefing.ui.widgets.buttons import Button, normal_button, primary_button
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice, NoticeAction

_SIZE: Final = QSize(1120, 720)
_LEAST: Final = QSize(420, 380)
_MOST_OF_THE_SCREEN: Final = 0.9
_BESIDE: Final = 780
"""Width at 100 % from which text and proposals stand side by side."""
_PAUSE: Final = 300
"""Milliseconds without a key pressed after which the text is read again."""
_WHAT: Final = (
    "What a pasted report names is proposed here: techniques and software of ATT&CK,"
    " vulnerabilities, hashes, domains and addresses. Nothing counts before you tick it."
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a worker brings back: which request it was, with what it looked, and what it found."""

    asked: int
    known: Dictionary
    found: Extraction


class ExtractDialog(QDialog):
    """Reads what is pasted while it is typed, away from the window's thread."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None,
        jobs: Jobs,
        keeper: CaseKeeper,
        page: CasePage,
        ceiling: Tlp,
    ) -> None:
        """Nothing is pasted yet; ``ceiling`` is the audience's for which the page was read."""
        super().__init__(parent)
        self._theme = theme
        self._jobs = jobs
        self._keeper = keeper
        self._case: Case = page.case
        self._ceiling = ceiling
        self._known: Dictionary | None = None
        self._found = Extraction(())
        self._asked = 0
        self._job: Job[_Read] | None = None
        self.recorder = ReportRecorder(theme, self, keeper)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Read a report")
        self.setAccessibleName("Read a report")
        self.text = TextPane(theme)
        self.proposals = ProposalPane(theme)
        self.leave = normal_button(theme, "Close")
        self.add = primary_button(theme, "Add the chosen ones")
        self._summary = WrappedLabel(theme, "", "table", "ink_2")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._on_list_ticked()
        Explainer(theme, self)

    def start(self) -> None:
        """Show it, with the keyboard where the text is pasted."""
        self.open()
        self.text.report.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def busy(self) -> bool:
        """Whether the text that stands there is still to be read."""
        return self._job is not None or self._pause.isActive()

    def _lay_out(self) -> None:
        theme = self._theme
        self._head = WrappedLabel(theme, "Read a report", "call")
        self._note = WrappedLabel(theme, _WHAT, "table", "ink_2")
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.text)
        self._splitter.addWidget(self.proposals)
        self._told = QWidget()
        self._told_rows = QVBoxLayout(self._told)
        self._told.hide()
        self._heads = QVBoxLayout()
        self._heads.addWidget(self._head)
        self._heads.addWidget(self._note)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._summary, 1, Qt.AlignmentFlag.AlignVCenter)
        self._buttons.addWidget(self.leave)
        self._buttons.addWidget(self.add)
        whole = QVBoxLayout(self)
        # A notice wraps; the least height that Qt takes for it is that of its narrowest form.
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._heads)
        whole.addWidget(self._splitter, 1)
        whole.addWidget(self._told)
        whole.addLayout(self._buttons)
        self._on_theme_changed()

    def _connect(self) -> None:
        self.text.report.edited.connect(self._on_report_edited)
        self.proposals.list.shown.connect(self.text.show_proposal)
        self.proposals.list.next_asked.connect(self.text.go_on)
        self.proposals.list.ticked.connect(self._on_list_ticked)
        self.proposals.stopped.connect(self._on_stopped)
        self._pause.timeout.connect(self._read)
        self.leave.clicked.connect(self.reject)
        self.add.clicked.connect(self._on_add_clicked)
        self.recorder.added.connect(self._on_added)
        self.recorder.evidence_added.connect(self._on_evidence_added)
        self._theme.changed.connect(self._on_theme_changed)
        for keys, run in (
            ("Ctrl+Return", self.add.click),
            ("F3", self.text.go_on),
            ("Shift+F3", self.text.go_back),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _read(self) -> None:
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None
        text = self.text.report.text()
        if not text.strip():
            self._give_up()
            return
        path = self._keeper.library.knowledge.path
        work = partial(_read_text, self._asked, path, self._ceiling, self._known, text)
        job = self._jobs.run("Reading the report", work)
        job.failed.connect(self._on_failed)
        self._job = job.then(self._on_read)

    def _on_read(self, read: _Read) -> None:
        self._known = read.known
        if read.asked != self._asked:
            return
        self._job = None
        self._found = read.found
        self._show_found()

    def _show_found(self) -> None:
        self._case = self._keeper.current(self._case)
        self.proposals.show_found(self._found, self._bar)

    def _bar(self, proposal: Proposal) -> str:
        """Why something cannot be added, or ""."""
        if not can_be_added(proposal):
            return NO_PLACE
        return RECORDED if is_recorded(self._case.incident, proposal) else ""

    def _say(self, notice: Notice | None) -> None:
        clear_layout(self._told_rows)
        if notice is not None:
            self._told_rows.addWidget(notice)
            notice.show()
        self._told.setVisible(notice is not None)
        if notice is not None and (button := notice.findChild(Button)) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: BriefingError) -> None:
        if self.sender() is not self._job:
            return  # Another text has taken its place.
        self._give_up()
        self._say(error_notice(self._theme, error))

    def _on_stopped(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        self._asked += 1
        self._give_up()
        title, text = "Stopped.", "Change the text, and it is read again."
        self._say(Notice(self._theme, "info", title, text))

    def _give_up(self) -> None:
        self._job = None
        self._found = Extraction(())
        self.proposals.show_nothing_yet()

    def _on_report_edited(self) -> None:
        self.text.show_proposal(None)
        self.proposals.wait()
        self.add.setEnabled(False)
        self._pause.start()

    def _on_list_ticked(self) -> None:
        chosen = self.proposals.list.chosen()
        self.add.setEnabled(bool(chosen))
        words = f"Chosen: {chosen_words(chosen)}." if chosen else "Nothing is chosen."
        self._summary.setText(words)

    def _on_add_clicked(self) -> None:
        chosen = self.proposals.list.chosen()
        self._say(None)
        self._case = self._keeper.current(self._case)
        self.recorder.add(self._case, chosen)

    def _on_added(self, recorded: Recorded) -> None:
        self._show_found()
        offer = NoticeAction(
            "Record it as evidence …", partial(self._on_evidence_asked, recorded), "evidence"
        )
        self._say(
            Notice(
                self._theme,
                "info",
                sentence_case(f"{chosen_words(recorded.chosen)} added to the incident."),
                "What the report shows can be recorded as a piece of evidence, too.",
                (offer,),
            )
        )

    def _on_evidence_asked(self, recorded: Recorded) -> None:
        self._case = self._keeper.current(self._case)
        self.recorder.add_evidence(self._case, recorded)

    def _on_evidence_added(self) -> None:
        self._say(Notice(self._theme, "info", "The evidence is recorded."))
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_stayed(self) -> None:
        self._say(None)
        self.proposals.list.take_keyboard()

    def _on_left(self) -> None:
        self.proposals.list.untick()
        self.reject()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._heads.setContentsMargins(px(20), px(16), px(20), px(12))
        self._heads.setSpacing(px(4))
        self._buttons.setContentsMargins(px(20), px(10), px(20), px(16))
        self._buttons.setSpacing(px(8))
        self._told_rows.setContentsMargins(px(20), px(8), px(20), 0)
        self.setMinimumSize(px(_LEAST.width()), px(_LEAST.height()))
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_BESIDE)
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        self.text.stand(beside=is_wide)
        self.proposals.stand(beside=is_wide)
        if self._splitter.orientation() is not wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes([1000, 1000])

    def reject(self) -> None:
        """Close, after asking where something is ticked that was not added."""
        chosen: Sequence[Proposal] = self.proposals.list.chosen()
        if chosen:
            stay = NoticeAction("Stay here", self._on_stayed)
            go = NoticeAction("Close without adding", self._on_left)
            title = sentence_case(f"{chosen_words(chosen)} chosen, and not added yet.")
            notice = Notice(self._theme, "warning", title, "", (go, stay))
            self._say(notice)
            return
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text and proposals stand side by side, or under each other."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Take most of the screen, and no more than is needed."""
        super().showEvent(event)
        room = self.screen().availableSize() * _MOST_OF_THE_SCREEN
        px = self._theme.px
        self.resize(QSize(px(_SIZE.width()), px(_SIZE.height())).boundedTo(room))


def open_extract(
    theme: Theme,
    parent: QWidget | None,
    jobs: Jobs,
    keeper: CaseKeeper,
    page: CasePage,
    ceiling: Tlp,
) -> ExtractDialog:
    """Open the dialog in which a report is read for an incident.

    Args:
        theme: Looks.
        parent: The window over which it stands.
        jobs: Read in the background.
        keeper: Records what is chosen; ``kept`` tells that it was.
        page: The incident.
        ceiling: The level up to which names of the catalogue are shown.
    """
    dialog = ExtractDialog(theme, parent, jobs, keeper, page, ceiling)
    dialog.start()
    return dialog


def _read_text(
    asked: int, path: Path, ceiling: Tlp, known: Dictionary | None, text: str, task: Task
) -> _Read:
    if known is None:
        with closing(open_below(path, ceiling)) as reader:
            known = read_dictionary(reader.connection)
    return _Read(asked, known, read_report(text, known, task))
