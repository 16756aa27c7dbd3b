"""Ways to states of the Briefings screen that are worth a picture, from anywhere in the program."""

from __future__ import annotations

from collections.abc import Callable

from briefing.services.library import Library
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.briefings import BriefingsView
from briefing.ui.views.clients import ClientsView

Settle = Callable[[Program], None]
"""Waits until nothing on the screens is about to change."""

_INCIDENT = "mgm-resorts-2023"
_NOTE = (
    "**Ask first.** Who at your help desk may reset a password by telephone, and whom do they "
    "call back?"
)
_DEEP = "> " * 24 + "Said in a quotation of quotations."


def of_client(settle: Settle) -> Callable[[Program, Library], None]:
    """A client briefing, of the first client there is; of the example where there is none."""

    def go(program: Program, _library: Library) -> None:
        program.window.go(Place("briefings", "", "client"))
        settle(program)
        if not _view(program).options.made_for.box.count() > 1:
            program.window.go(Place("clients"))
            settle(program)
            program.window.findChildren(ClientsView)[0].make_example()
            settle(program)
            program.window.go(Place("briefings", "", "client"))
            settle(program)
        if not _view(program).options.ready:
            [(_, place), *_] = _view(program).options.pane.empty.actions
            program.window.go(place)

    return go


def with_note(settle: Settle, *, faulty: bool = False) -> Callable[[Program, Library], None]:
    """An incident briefing with a note being written; ``faulty`` lets it be nested too deeply."""

    def go(program: Program, _library: Library) -> None:
        program.window.go(Place("briefings", _INCIDENT, "incident"))
        settle(program)
        sections = _view(program).options.sections
        sections.open_note("claims")
        if sections.editor is not None:
            sections.editor.area.setPlainText(_NOTE)
            settle(program)
        if sections.editor is not None and faulty:
            sections.editor.area.setPlainText(_DEEP)

    return go


def _view(program: Program) -> BriefingsView:
    return program.window.findChildren(BriefingsView)[0]
