"""Pictures of the forms of a case.

``PYTHONPATH=.:tests/samples python tests/ui/case_pictures.py FOLDER [NAME …]`` draws every dialog
as high as its form, in light and dark, at 100 % and 200 % text size. Whoever changes a form looks
at them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from case_form_desk import ANALYST, CaseFormDesk
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from briefing.core.case_page import CasePage
from briefing.ui.theme import Scheme, Theme
from briefing.ui.views.case_forms import RowDialog
from briefing.ui.views.case_new import NewIncidentDialog
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.widgets.focus_ring import FocusRing

DATABASE = Path(__file__).parents[2] / "build" / "knowledge.db"
LOOKS: tuple[tuple[Scheme, float], ...] = (
    ("light", 1.0),
    ("dark", 1.0),
    ("light", 2.0),
    ("dark", 2.0),
)


def _checked(dialog: FormDialog) -> None:
    """Press the button of an empty form, so that everything is asked for."""
    dialog.do.click()


def _new(desk: CaseFormDesk, step: int) -> NewIncidentDialog:
    dialog = desk.editor.new_incident()
    incident, claim = dialog.incident, dialog.claim
    incident.name.input.setText("Raid on the ferry, June 2024")
    incident.first_seen.input.setText("2024-06")
    incident.sectors.set_codes(("transport", "energy"))
    incident.countries.set_codes(("NO",))
    entry = incident.documents.entry
    entry.link.input.setText("https://gazette.example/2024/06/14/ferry")
    entry.link.edited.emit(entry.link.text())
    entry.title.input.setText("Ferry stands still")
    if step:
        dialog.do.click()
    if step > 1:
        claim.claimant.set_value("actor")
        claim.by.set_text("Winter Vivern")
        claim.accused.set_accused("Winter Vivern", "")
        claim.text.set_text("Says that it stopped the ferry.")
        claim.reliability.set_value("E")
        dialog.do.click()
    return dialog


def _claim(desk: CaseFormDesk, page: CasePage) -> RowDialog:
    dialog = desk.editor.add_claim(page)
    dialog.panel.accused.set_accused("Nobelium Group", "")  # type: ignore[attr-defined]  # a claim
    return dialog


def _ambiguous(desk: CaseFormDesk, page: CasePage) -> RowDialog:
    dialog = desk.editor.add_claim(page)
    line = dialog.panel.accused.line  # type: ignore[attr-defined]  # a claim's form
    line.set_text("Andariel")
    line.edited.emit("Andariel")
    return dialog


def _mixed(desk: CaseFormDesk, page: CasePage) -> RowDialog:
    dialog = desk.editor.new_assessment(page)
    assert dialog is not None
    panel = dialog.panel
    panel.text.set_text("Heron very likely did it; we say so with high confidence.")  # type: ignore[attr-defined]  # an assessment's form
    panel.likelihood.set_value("very likely")  # type: ignore[attr-defined]  # as above
    panel.confidence.set_value("medium")  # type: ignore[attr-defined]  # as above
    dialog.do.click()
    return dialog


STATES: dict[str, Callable[[CaseFormDesk, CasePage], object]] = {
    "new-1": lambda desk, _: _new(desk, 0),
    "new-2": lambda desk, _: _new(desk, 1),
    "new-3": lambda desk, _: _new(desk, 2),
    "new-1-empty": lambda desk, _: _checked(desk.editor.new_incident()),
    "incident": lambda desk, page: desk.editor.edit_incident(page),
    "claim": _claim,
    "claim-ambiguous": _ambiguous,
    "claim-wrong": lambda desk, page: _checked(desk.editor.add_claim(page)),
    "claim-edit": lambda desk, page: desk.editor.edit(page, page.case.claims[0]),
    "evidence": lambda desk, page: desk.editor.add_evidence(page),
    "evidence-wrong": lambda desk, page: _checked(desk.editor.add_evidence(page)),
    "evidence-edit": lambda desk, page: desk.editor.edit(page, page.case.evidence[0]),
    "hypothesis": lambda desk, page: desk.editor.add_hypothesis(page),
    "hypothesis-edit": lambda desk, page: desk.editor.edit(page, page.case.hypotheses[0]),
    "assessment": lambda desk, page: desk.editor.new_assessment(page),
    "assessment-mixed": _mixed,
    "opinion": lambda desk, page: desk.editor.second_opinion(page),
    "withdraw-evidence": lambda desk, page: desk.editor.withdraw(page, page.case.evidence[0]),
    "withdraw-hypothesis": lambda desk, page: desk.editor.withdraw(page, page.case.hypotheses[0]),
    "withdraw-incident": lambda desk, page: desk.editor.withdraw(page, page.case.incident),
}


def draw(name: str, scheme: Scheme, factor: float, folder: Path) -> Path:
    """Draw one dialog, as high as its form."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(scheme=scheme, factor=factor)
    theme.apply(app)
    ring = FocusRing(theme)
    target = folder / f"{name}-{scheme}-{factor:g}.png"
    with tempfile.TemporaryDirectory() as scratch:
        analyst = "" if name in ("new-3", "claim-wrong", "opinion") else ANALYST
        desk = CaseFormDesk(None, theme, Path(scratch), DATABASE, analyst)
        STATES[name](desk, desk.put())
        (dialog,) = desk.dialogs()
        for _ in range(3):
            content = dialog.page.content
            whole = content.heightForWidth(dialog.page.viewport().width())
            room = dialog.height() - dialog.page.height()
            dialog.resize(QSize(dialog.width(), min(whole + room, 6000)))
            app.processEvents()
        dialog.grab().save(str(target))
        desk.close()
        desk.window.close()
        del ring
    return target


def main(folder: Path, names: list[str]) -> None:
    """Draw all states, or those named."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    for name in names or STATES:
        for scheme, factor in LOOKS:
            sys.stdout.write(f"{draw(name, scheme, factor, folder)}\n")
    app.quit()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]), sys.argv[2:])
