"""What the author should know before sending: checks, marking, evidence, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.brief import Assessed, Brief, KeyJudgement, Withheld
from briefing.core.wording import counted, listed
from briefing.services.brief_findings import brief_findings
from briefing.ui.icons import IconName
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.briefing_wording import WordingPane
from briefing.ui.views.briefing_work import Preview
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import order_tabs


class _Check(QWidget):
    """One line: a sign, and what was looked at."""

    def __init__(self, theme: Theme, text: str, good: bool) -> None:
        super().__init__()
        self._theme = theme
        name: IconName = "check-circle" if good else "warning"
        colour: Colour = "done" if good else "claim"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(5), 0, theme.px(5))
        row.setSpacing(theme.px(8))
        row.addWidget(IconLabel(theme, name, 14, colour, "table"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(WrappedLabel(theme, text, "table"), 1)
        self.setAccessibleName(f"{'In order' if good else 'Look at this'}: {text}")


class _Part(QWidget):
    """A heading with something under it."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.addWidget(SectionHeader(theme, title))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.rows.setSpacing(self._theme.px(2))

    def clear(self) -> None:
        """Everything under the heading goes."""
        while self.rows.count() > 1:
            item = self.rows.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class BriefingChecks(QWidget):
    """Fills itself from a preview, and hides until there is one."""

    listing_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._theme = theme
        self._preview: Preview | None = None
        self._fits: bool | None = None
        self._is_listed = False
        self._checks = _Part(theme, "Before you send it")
        self.wording = WordingPane(theme)
        self._marking = _Part(theme, "Marking")
        self._evidence = _Part(theme, "Evidence")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for part in (self._checks, self.wording, self._marking, self._evidence):
            self._rows.addWidget(part)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_preview(self, preview: Preview | None) -> None:
        """Speak of another preview, or of none."""
        self._preview = preview
        self._fits = True if preview is not None and len(preview.drawn.pages) == 1 else None
        self._is_listed = False
        self.wording.show_findings(brief_findings(preview.brief) if preview is not None else None)
        self._fill()

    def show_fit(self, too_long: Sequence[str]) -> None:
        """What measuring the executive page has found."""
        self._fits = not too_long
        self._fill()

    def _fill(self) -> None:
        preview = self._preview
        self.setVisible(preview is not None)
        if preview is None:
            return
        self._fill_checks(preview)
        self._fill_marking(preview.brief)
        self._fill_evidence(preview.brief)
        order_tabs(self)

    def _fill_checks(self, preview: Preview) -> None:
        self._checks.clear()
        found = check_words(preview.brief, len(preview.drawn.pages), self._fits)
        if self.wording.summary:
            found.append((self.wording.summary, False))
        for number, (text, good) in enumerate(found):
            if number:
                self._checks.rows.addWidget(Divider(self._theme))
            self._checks.rows.addWidget(_Check(self._theme, text, good))
        withheld = preview.brief.withheld
        if withheld:
            self._checks.rows.addWidget(self._withheld(withheld))
            if self._is_listed:
                for line in listing(preview):
                    self._checks.rows.addWidget(WrappedLabel(self._theme, line, "note", "ink_2"))

    def _withheld(self, withheld: Sequence[Withheld]) -> Notice:
        title = f"{counted(len(withheld), 'statement')} left out."
        text = f"{levels_of(withheld)}. For the author only: the file does not say so."
        action = ("Hide the list" if self._is_listed else "List them", self._on_list_asked)
        return Notice(self._theme, "warning", title, text, [action])

    def _fill_marking(self, brief: Brief) -> None:
        self._marking.clear()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, self._theme.px(2), 0, self._theme.px(2))
        row.addWidget(TlpBadge(self._theme, brief.tlp))
        row.addStretch(1)
        self._marking.rows.addWidget(holder)
        words = "The highest level of what it holds. It stands on every page."
        self._marking.rows.addWidget(WrappedLabel(self._theme, words, "note", "ink_3"))

    def _fill_evidence(self, brief: Brief) -> None:
        self._evidence.clear()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(self._theme.px(2))
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for line, (label, value) in enumerate(evidence_rows(brief)):
            grid.addWidget(Label(self._theme, label, "table", "ink_2"), line, 0)
            figure = Label(self._theme, value, "table_strong", "ink", tabular=True)
            grid.addWidget(figure, line, 1, right)
        self._evidence.rows.addWidget(holder)

    def _on_list_asked(self) -> None:
        self._is_listed = not self._is_listed
        self._fill()
        self.listing_changed.emit()

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(14))
        self._fill()


def check_words(brief: Brief, pages: int, fits: bool | None) -> list[tuple[str, bool]]:
    """What was looked at, in words, and whether it is in order."""
    found = [(_length(pages, fits), fits is not False)]
    judgements = [block for block in brief.blocks() if isinstance(block, KeyJudgement | Assessed)]
    if judgements:
        resting = sum(bool(block.statements) for block in judgements)
        is_all = resting == len(judgements)
        words = counted(len(judgements), "judgement")
        text = f"{words}, each with a source" if is_all else f"{resting} of {words} have a source"
        found.append((text, is_all))
    else:
        found.append(("No judgement of ours; it says what sources say", True))
    found.append(("The fonts have every character", True))
    return found


def _length(pages: int, fits: bool | None) -> str:
    words = counted(pages, "page")
    if fits is False:
        return f"{words}; the executive version needs more than one"
    if fits is None or pages == 1:
        return words
    return f"{words}; the executive version fits the first"


def levels_of(withheld: Sequence[Withheld]) -> str:
    """``3 marked TLP:AMBER and 1 marked TLP:RED``."""
    counts = Counter(item.tlp for item in withheld)
    return listed(f"{number} marked {level.label}" for level, number in sorted(counts.items()))


def listing(preview: Preview) -> list[str]:
    """One line a statement left out, the most guarded first, and how many more there are."""
    lines = [f"{line.tlp.label} · {line.words}" for line in preview.withheld]
    rest = len(preview.brief.withheld) - len(lines)
    if rest > 0:
        lines.append(f"And {counted(rest, 'more statement')}.")
    return lines


def evidence_rows(brief: Brief) -> list[tuple[str, str]]:
    """Labels and figures: what the briefing rests on."""
    return [
        ("Sources cited", f"{len(brief.sources):,}"),
        ("Statements behind it", f"{len(brief.statements()):,}"),
        ("Catalogues and feeds", f"{len(brief.made_from):,}"),
    ]
