"""Before the program ends: what becomes of clients with edits that were not saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from briefing.core.client import Client
from briefing.core.wording import counted, listed, sentence_case
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views import client_work as work
from briefing.ui.views.client_drafts import Drafts
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.views.work_area import WorkArea
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.labels import WrappedLabel

_TITLE: Final = "Save your edits?"
_MOST_NAMED: Final = 6


class UnsavedDialog(FormDialog):
    """Save, discard, or stay: Escape and the cross stay, and nothing is lost by either."""

    discarded = Signal()
    """The edits are to be forgotten."""

    def __init__(self, theme: Theme, parent: QWidget | None, names: tuple[str, ...]) -> None:
        """``names`` are those of the clients with edits."""
        super().__init__(theme, parent, _TITLE, "Save")
        more = len(names) - _MOST_NAMED
        told = (*names[:_MOST_NAMED], *((counted(more, "other"),) if more > 0 else ()))
        has = "has" if len(names) == 1 else "have"
        words = (
            f"{sentence_case(listed(told))} {has} edits that were not saved."
            " They are lost when the program ends without saving them."
        )
        self.page.body.addWidget(WrappedLabel(theme, words, "body"))
        self.setAccessibleDescription(words)
        self.discard = normal_button(theme, "Discard edits")
        self._buttons.insertWidget(0, self.discard)
        self.discard.clicked.connect(self._on_discard_clicked)
        self.do.clicked.connect(self.accept)
        for before, after in ((self.discard, self.leave), (self.leave, self.do)):
            QWidget.setTabOrder(before, after)
        self.do.setFocus()

    def _on_discard_clicked(self) -> None:
        self.discarded.emit()
        self.reject()


class ClientLeaving(QObject):
    """Asks over the window, and saves all edits of all clients at once."""

    kept = Signal(object)
    """The KeptAll, after edits were saved or one of them was refused."""

    def __init__(
        self, theme: Theme, jobs: Jobs, workspace: Path, drafts: Drafts, area: WorkArea
    ) -> None:
        """Nothing is asked yet.

        Args:
            theme: Looks.
            jobs: Writes in the background.
            workspace: Path of workspace.db.
            drafts: The edits.
            area: What the screen has under way there, such as a saving, is waited for.
        """
        super().__init__(area)
        self._theme, self._jobs, self._workspace = theme, jobs, workspace
        self._drafts, self._area = drafts, area
        self._then: Callable[[], object] | None = None
        area.ended.connect(self._go_on)

    def may(self, window: QWidget, then: Callable[[], object]) -> bool:
        """Whether nothing would be lost now; where not, ``then`` follows once that is so.

        Where the person stays, ``then`` never follows.
        """
        edits = self._drafts.worth_asking
        if self._then is None and not self._area.busy and not edits:
            return True
        is_asked = self._then is not None
        self._then = then
        if not is_asked and not self._area.busy:
            self._ask(window, edits)
        return False

    def _ask(self, window: QWidget, edits: Mapping[str, Client]) -> None:
        names = tuple(f"“{one.name}”" if one.name else "a new client" for one in edits.values())
        dialog = UnsavedDialog(self._theme, window, names)
        dialog.accepted.connect(self._save)
        dialog.discarded.connect(self._on_discarded)
        dialog.rejected.connect(self._stay)
        dialog.open()

    def _save(self) -> None:
        workspace, edits = self._workspace, self._drafts.worth_asking
        job = self._jobs.run(
            "Saving the clients", lambda _task: work.keep_all(workspace, edits), serial=True
        )
        job.then(self._on_saved)
        job.failed.connect(self._stay)
        job.failed.connect(self._jobs.unanswered)
        job.cancelled.connect(self._stay)

    def _on_saved(self, answer: work.KeptAll) -> None:
        then = self._then
        self._stay()
        self.kept.emit(answer)
        if answer.refused is None and then is not None:
            then()

    def _on_discarded(self) -> None:
        self._drafts.edits.clear()
        # Once the dialog is gone: a window is not closed from under it.
        self._go_on()

    def _go_on(self) -> None:
        then = self._then
        self._stay()
        if then is not None:
            QTimer.singleShot(0, self, then)

    def _stay(self) -> None:
        self._then = None
