"""The matrix of competing hypotheses as tables: the cells, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from briefing.core.case import Evidence, Hypothesis
from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark
from briefing.core.weighing import Column
from briefing.ui.widgets.ach_words import UNJUDGED, WORDS, letters, meaning
from briefing.ui.widgets.cells import STRONG_ROLE, Index
from briefing.ui.widgets.tooltip_lines import tooltip_of

TELLS_APART: Final = "Tells apart"
_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 200
LABEL_ROLE: Final = _FIRST
"""In heads: the printed label, such as ``E1``, apart from the words."""
MARK_ROLE: Final = _FIRST + 1
"""In cells: letters of the mark; ``–`` where nothing is judged, None where nothing can be."""
RATIONALE_ROLE: Final = _FIRST + 2
"""In cells: whether somebody wrote down why."""

_TELLS_APART_MEANS: Final = (
    "How far a piece of evidence tells the hypotheses apart: the standard deviation of its marks,"
    " from 0.00 (nothing) to 2.00."
)
_TOTALS: Final = (
    (
        "Inconsistency, count",
        "Marks I count 1, marks II count 2; evidence of one origin counts once.",
    ),
    (
        "Inconsistency, weighted",
        "The same, weighed by the credibility and the relevance of the evidence."
        " The lowest is the least refuted.",
    ),
)
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class _PageTable(QAbstractTableModel):
    """What both tables have in common: a column a hypothesis, and one more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: CasePage | None = None
        self._labels: dict[str, str] = {}

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """What stands in the columns."""
        return self._page.case.hypotheses if self._page else ()

    def set_page(self, page: CasePage) -> None:
        """Show another case, or another state of the same one."""
        self.beginResetModel()
        self._page, self._labels = page, page.case.labels()
        self.endResetModel()

    def hypothesis_at(self, column: int) -> Hypothesis | None:
        """The hypothesis of a column; None for the last one."""
        return self.hypotheses[column] if 0 <= column < len(self.hypotheses) else None

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One for each hypothesis, and how far evidence tells them apart."""
        return 0 if parent.isValid() or self._page is None else len(self.hypotheses) + 1

    def _column_head(self, section: int, role: int) -> object:
        hypothesis = self.hypothesis_at(section)
        if hypothesis is None:
            told = {
                _Role.DisplayRole: TELLS_APART,
                LABEL_ROLE: "",
                _Role.ToolTipRole: tooltip_of((_TELLS_APART_MEANS,)),
            }
            return told.get(role)
        label, short = self._labels[hypothesis.id], hypothesis.short or hypothesis.text
        if role == _Role.DisplayRole:
            return short
        if role == LABEL_ROLE:
            return label
        if role == _Role.AccessibleTextRole:
            return f"{label} {short}"
        if role == _Role.ToolTipRole:
            return tooltip_of((f"{label}: {hypothesis.text}",))
        return None


class AchTableModel(_PageTable):
    """A row a piece of evidence, a column a hypothesis; the last column tells how far it helps.

    A mark that was just set is shown until the next page comes, so that a second press finds it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty; see ``set_page``."""
        super().__init__(parent)
        self._set: dict[tuple[str, str], Mark | None] = {}

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What stands in the rows."""
        return self._page.case.evidence if self._page else ()

    def set_page(self, page: CasePage) -> None:
        """Show another case, or another state of the same one."""
        self._set.clear()
        super().set_page(page)

    def evidence_at(self, row: int) -> Evidence | None:
        """The evidence of a row."""
        return self.evidence[row] if 0 <= row < len(self.evidence) else None

    def is_cell(self, index: Index) -> bool:
        """Whether a mark can stand there."""
        return index.isValid() and index.column() < len(self.hypotheses)

    def mark_at(self, index: Index) -> Mark | None:
        """The mark of a cell; None where it is not judged."""
        evidence, hypothesis = self.evidence[index.row()], self.hypotheses[index.column()]
        key = (evidence.id, hypothesis.id)
        if key in self._set:
            return self._set[key]
        cell = hypothesis.cell(evidence.id)
        return cell.mark if cell else None

    def rationale_at(self, index: Index) -> str:
        """Why, as it was written down; "" where it was not."""
        cell = self.hypotheses[index.column()].cell(self.evidence[index.row()].id)
        return cell.rationale if cell else ""

    def preview_mark(self, index: Index, mark: Mark | None) -> None:
        """Show a mark before it is recorded."""
        evidence, hypothesis = self.evidence[index.row()], self.hypotheses[index.column()]
        self._set[evidence.id, hypothesis.id] = mark
        self.dataChanged.emit(index, index)

    def words_at(self, index: Index) -> tuple[str, ...]:
        """A cell in sentences: what stands there, what that means, and why."""
        row, evidence = self.label_of_row(index.row()), self.evidence[index.row()]
        hypothesis = self.hypothesis_at(index.column())
        if hypothesis is None:
            return (self._told_apart(evidence, row), evidence.text)
        column, mark = self._labels[hypothesis.id], self.mark_at(index)
        judged = f"{letters(mark)}, {WORDS[mark]}" if mark else WORDS[None]
        why = self.rationale_at(index)
        reason = f"Why: {why}" if why else "No reason was written down." if mark else ""
        return (f"{row} × {column}: {judged}.", meaning(mark, row, column), reason)

    def label_of_row(self, row: int) -> str:
        """``E1``."""
        return self._labels[self.evidence[row].id]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One for each piece of evidence."""
        return 0 if parent.isValid() else len(self.evidence)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        if role == _Role.TextAlignmentRole:
            return _CENTRE
        if role == _Role.DisplayRole:
            return letters(self.mark_at(index)) if self.is_cell(index) else self._figure(index)
        if role == _Role.ToolTipRole:
            return tooltip_of(self._tooltip(index))
        if role == _Role.AccessibleTextRole:
            return " ".join(filter(None, self.words_at(index)))
        if role == MARK_ROLE:
            return letters(self.mark_at(index)) if self.is_cell(index) else None
        if role == RATIONALE_ROLE:
            return self.is_cell(index) and bool(self.rationale_at(index))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Hypotheses above, evidence at the side."""
        if orientation == Qt.Orientation.Horizontal:
            return self._column_head(section, role)
        evidence = self.evidence_at(section)
        if evidence is None:
            return None
        label = self._labels[evidence.id]
        if role == _Role.DisplayRole:
            return evidence.text
        if role == LABEL_ROLE:
            return label
        if role == _Role.AccessibleTextRole:
            return f"{label} {evidence.text}"
        if role == _Role.ToolTipRole:
            grade = evidence.grade
            graded = f"Grade {grade.code}: {grade.words} Relevance {evidence.relevance.value}."
            return tooltip_of((f"{label}: {evidence.text}", graded))
        return None

    def _is_judged(self, evidence: Evidence) -> bool:
        return any(one.cell(evidence.id) for one in self.hypotheses)

    def _figure(self, index: Index) -> str:
        evidence = self.evidence[index.row()]
        if self._page is None or not self._is_judged(evidence):
            return UNJUDGED
        return f"{self._page.weighing.diagnosticity.get(evidence.id, 0.0):.2f}"

    def _told_apart(self, evidence: Evidence, label: str) -> str:
        if self._page is None or not self._is_judged(evidence):
            return f"{label} is not judged yet."
        figure = self._page.weighing.diagnosticity.get(evidence.id, 0.0)
        if not figure:
            return f"{label} tells nothing apart (0.00)."
        return f"{label} tells the hypotheses apart by {figure:.2f}."

    def _tooltip(self, index: Index) -> tuple[str, ...]:
        said = self.words_at(index)
        hypothesis = self.hypothesis_at(index.column())
        if hypothesis is None:
            return said
        evidence = self.evidence[index.row()]
        return (
            *said,
            f"{self.label_of_row(index.row())}: {evidence.text}",
            f"{self._labels[hypothesis.id]}: {hypothesis.text}",
        )


class AchTotalsModel(_PageTable):
    """What speaks against each hypothesis: counted, and weighed."""

    _FIGURES: Final[tuple[Callable[[Column], str], ...]] = (
        lambda column: f"{column.count}",
        lambda column: f"{column.weighted:.1f}",
    )

    def leads(self, index: Index) -> bool:
        """Whether a cell is to be framed: the weighted sum of what is least refuted."""
        column = self._weighed(index.column())
        return index.row() == 1 and column is not None and column.leads

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Two."""
        return 0 if parent.isValid() or self._page is None else len(_TOTALS)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A sum; nothing in the last column, ``–`` where nothing is judged."""
        if not index.isValid() or self.hypothesis_at(index.column()) is None:
            return None
        column = self._weighed(index.column())
        figure = self._FIGURES[index.row()](column) if column else UNJUDGED
        if role == _Role.TextAlignmentRole:
            return _CENTRE
        if role == _Role.DisplayRole:
            return figure
        if role in (_Role.ToolTipRole, _Role.AccessibleTextRole):
            said = self._said(index, figure)
            return tooltip_of((said,)) if role == _Role.ToolTipRole else said
        if role == STRONG_ROLE:
            return self.leads(index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Hypotheses above, what is summed up at the side."""
        if orientation == Qt.Orientation.Horizontal:
            return self._column_head(section, role)
        title, explained = _TOTALS[section]
        told = {
            _Role.DisplayRole: title,
            LABEL_ROLE: "",
            _Role.ToolTipRole: tooltip_of((explained,)),
        }
        return told.get(role)

    def _weighed(self, column: int) -> Column | None:
        """None where nothing is judged: a sum of nothing would look like the least refuted."""
        hypothesis = self.hypothesis_at(column)
        if self._page is None or hypothesis is None or not hypothesis.cells:
            return None
        return self._page.weighing.column(hypothesis.id)

    def _said(self, index: Index, figure: str) -> str:
        label = self._labels[self.hypotheses[index.column()].id]
        column = self._weighed(index.column())
        if column is None:
            return f"{label}: nothing is judged yet."
        fragile = ", but only because of one origin" if column.fragile else ""
        least = f" The least refuted{fragile}." if self.leads(index) else ""
        return f"{label}: {_TOTALS[index.row()][0].lower()} {figure}.{least}"
