"""Wordings to look at before a briefing is sent: by rule, each with its place and a proposal."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.wording import counted
from briefing.services.brief_findings import BriefFindings, Wording
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.theme import Theme
from briefing.ui.widgets.disclosure import Disclosure
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import order_tabs

MOST: Final = 12
"""Wordings of one rule that are listed; the rest is counted."""
_AROUND: Final = 60
"""Characters shown on either side of the words."""
_CUT: Final = "…"


class WordingPane(QWidget):
    """Advice on wording, rule by rule, each rule opened when asked; hidden while there is none."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._theme = theme
        self.header = SectionHeader(theme, "Wording", "advice only")
        self.rules: list[RuleRow] = []
        self.summary = ""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.header)
        self.setProperty(HELP_TOPIC, "reading#wording")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_findings(self, found: BriefFindings | None) -> None:
        """Show what was found in another briefing; rules that were opened stay open."""
        was_open = {row.title for row in self.rules if row.disclosure.isChecked()}
        for row in self.rules:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.summary = found.summary if found is not None else ""
        groups = tuple(found.groups) if found is not None else ()
        self.rules = [RuleRow(self._theme, title, wordings) for title, wordings in groups]
        for row in self.rules:
            row.disclosure.setChecked(row.title in was_open)
            self._box.addWidget(row)
        self.setVisible(bool(self.rules))
        order_tabs(self)

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(2))


class RuleRow(QWidget):
    """One rule and how often it has spoken; the wordings once it is opened."""

    def __init__(self, theme: Theme, title: str, wordings: tuple[Wording, ...]) -> None:
        """Closed."""
        super().__init__()
        self._theme = theme
        self.title = title
        shown, rest = wordings[:MOST], len(wordings) - MOST
        words = "; ".join(f"“{one.first.words}”" for one in shown)
        text = f"{title} ({len(wordings)})" if len(wordings) > 1 else title
        self.disclosure = Disclosure(theme, "warning", "claim", text, words)
        self.list = QWidget()
        self._lines = QVBoxLayout(self.list)
        self._lines.setSpacing(0)
        for number, wording in enumerate(shown):
            if number:
                self._lines.addWidget(Divider(theme))
            self._lines.addWidget(_WordingRow(theme, wording))
        if rest > 0:
            more = f"And {counted(rest, 'more wording')}."
            self._lines.addWidget(WrappedLabel(theme, more, "note", "ink_2"))
        self.list.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.disclosure)
        box.addWidget(self.list)
        box.addWidget(Divider(theme))
        self.disclosure.toggled.connect(self.list.setVisible)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._lines.setContentsMargins(self.disclosure.left, 0, 0, self._theme.px(4))


class _WordingRow(QWidget):
    """The words in their place, where that is, what is the matter, and what to write instead."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._theme = theme
        finding = wording.first
        around, words = in_place(wording), " ".join(finding.words.split())
        passage = WrappedLabel(theme, around, "table")
        if len(words) < len(around) / 2:
            passage.set_lead(f"{words}:")
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(passage)
        self._lines.addWidget(WrappedLabel(theme, wording.places, "note", "ink_3"))
        told = f"{finding.text} {finding.proposal}"
        self._lines.addWidget(WrappedLabel(theme, told, "note", "ink_2"))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._lines.setContentsMargins(0, px(4), 0, px(6))
        self._lines.setSpacing(px(3))


def in_place(wording: Wording) -> str:
    """The words with what stands around them: “… it will probably return to …”."""
    finding = wording.first
    passage, at = finding.passage, finding.at
    end = at + len(finding.words)
    before, after = passage[max(at - _AROUND, 0) : at], passage[end : end + _AROUND]
    if at > _AROUND:
        before = _CUT + before.partition(" ")[2]
    if end + _AROUND < len(passage):
        after = after.rpartition(" ")[0].rstrip(",;:") + _CUT
    return " ".join(f"{before}{finding.words}{after}".split())
