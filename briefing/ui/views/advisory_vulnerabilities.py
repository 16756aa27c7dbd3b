"""The vulnerabilities an advisory names, with their scores and CISA's due dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from briefing.core.advisory import Deadline, VulnerabilityRow, deadline
from briefing.core.wording import counted
from briefing.ui.models.plain_table import PlainCell, PlainColumn, PlainRow, PlainTableModel
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_parts import CISA_DATE, Stack, due_words
from briefing.ui.views.link_table import LinkTable
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table import STRETCH

_ROWS: Final = 16
_WIDTHS: Final = (126, 88, STRETCH)
_COLUMNS: Final = (
    PlainColumn("CVE", "The number under which a vulnerability is known everywhere."),
    PlainColumn(
        "CVSS",
        "How severe this advisory says it is: the base score of the Common Vulnerability Scoring"
        " System, 0 to 10. A dash: it gives none.",
        numeric=True,
    ),
    PlainColumn("KEV due", CISA_DATE),
)


class VulnerabilitySection(Stack):
    """Those with the earliest due date first; a click opens one."""

    opened = Signal(str)
    """The CVE id that was followed."""

    def __init__(self, theme: Theme) -> None:
        """None yet."""
        self.header = SectionHeader(theme, "Vulnerabilities")
        self.table = LinkTable(theme, "Vulnerabilities")
        self.table.fit_rows(_ROWS)
        self._model = PlainTableModel(self.table)
        self.table.setModel(self._model)
        self._note = WrappedLabel(theme, "", "note", "ink_3")
        super().__init__(theme, self.header, self.table, self._note)
        self.table.opened.connect(self.opened)

    def show_vulnerabilities(self, found: Sequence[VulnerabilityRow], today: date) -> None:
        """Show those of another advisory, or say that it names none."""
        self._model.set_table(_COLUMNS, [_row(one, today) for one in found])
        self.table.set_widths(_WIDTHS)
        self.table.setVisible(bool(found))
        listed = sum(bool(one.listed) for one in found)
        note = f"{counted(len(found), 'CVE')}, {listed or 'none'} on the KEV list held here"
        self.header.set_note(note if found else "")
        self._note.setText(CISA_DATE if listed else "" if found else "It names no CVE.")
        self._note.setVisible(bool(self._note.text()))
        self.table.scrollToTop()
        self.table.updateGeometry()


def _row(one: VulnerabilityRow, today: date) -> PlainRow:
    score = "" if one.cvss is None else f"{one.cvss:.1f} {one.severity.lower()}".strip()
    overdue = deadline(one.due, today) is Deadline.OVERDUE
    due = due_words(one.due, today)
    ransomware = ", used by ransomware" if one.ransomware else ""
    return PlainRow(
        one.id,
        (
            PlainCell(one.id, spoken=f"{one.id} {one.name}".strip()),
            PlainCell(score, number=-1 if one.cvss is None else round(one.cvss * 10)),
            PlainCell(
                due.replace("overdue since", "overdue"),
                spoken=f"{due}{ransomware}" or "not on CISA’s list",
                colour="claim" if overdue else None,
            ),
        ),
    )
