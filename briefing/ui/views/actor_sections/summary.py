"""What is said of the actor in two sentences: our own, or the catalogues' in their own words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from briefing.core.actor import Said
from briefing.core.brief import Span, Text
from briefing.core.quoted import opening, quoted_paragraphs
from briefing.core.wording import counted
from briefing.services.recipes.origins import short_name
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import Shown, strong
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_rows import ProseRow

_WIDEST = 880
"""No line of text is longer than this, in pixels at 100 %."""


class SummarySection(Section):
    """The lead, and what catalogues say word for word, opened when asked for."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is said yet."""
        super().__init__(theme)
        self._shown: Shown | None = None
        self._is_expandable = False
        self._lead = self.rows(role="body")
        self._more = LinkButton(theme, "")
        self._quotes = Prose(theme, "table", "ink_2")
        self._quotes.source_activated.connect(self.source_activated)
        self._more.clicked.connect(self._on_more_clicked)
        self.body.addWidget(self._lead)
        self._author = Label(theme, "", "table", "ink_3")
        line = QWidget()
        self._line = FlowLayout(line)
        self._line.addWidget(self._author)
        self._line.addWidget(self._more)
        self.body.addWidget(line)
        self.body.addWidget(self._quotes)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Say what is said of another actor."""
        self._shown = shown
        profile = shown.profile
        lead, is_cut = _lead(shown)
        fill(self._lead, shown, [ProseRow(lead)])
        self._lead.setVisible(bool(lead))
        self._is_expandable = bool(profile.descriptions) and (
            bool(profile.summary) or is_cut or len(profile.descriptions) > 1
        )
        self._more.setVisible(self._is_expandable)
        cited = sum(not entry.catalogue for entry in profile.sources)
        own = f"In our own words, from {counted(cited, 'document')}."
        self._author.setText(own if profile.row.own_profile else "")
        self._author.setVisible(profile.row.own_profile)
        self._show_quotes(False)
        self.setVisible(bool(lead))

    def _show_quotes(self, on: bool) -> None:
        self._quotes.setVisible(on)
        if self._shown is None or not self._is_expandable:
            return
        number = len(self._shown.profile.descriptions)
        words = f"what {counted(number, 'catalogue')} {'says' if number == 1 else 'say'}"
        text = f"Hide {words}" if on else f"Read {words}"
        self._more.setText(text)
        self._more.setAccessibleName(text)
        self._more.updateGeometry()
        if on:
            quotes = [_quote(self._shown, said) for said in self._shown.profile.descriptions]
            self._quotes.set_paragraphs(quotes, self._shown.numbers, self._shown.titles)

    def _on_more_clicked(self) -> None:
        self._show_quotes(self._quotes.isHidden())

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        for prose in (self._lead, self._quotes):
            prose.setMaximumWidth(self._theme.px(_WIDEST))


def _lead(shown: Shown) -> tuple[Text, bool]:
    """Our own sentences, else the opening of the first description; whether that was cut."""
    profile = shown.profile
    if profile.summary:
        return shown.said(profile.summary), False
    for said in profile.descriptions:
        paragraphs = quoted_paragraphs(said.text)
        if paragraphs:
            begun = opening(paragraphs[0])
            by = Span(f"{_speaker(shown, said)}: ")
            quote = Span(f"“{begun}”")
            return (by, quote, *shown.mark(said.basis)), begun != paragraphs[0] or bool(
                paragraphs[1:]
            )
    return (), False


def _quote(shown: Shown, said: Said) -> Text:
    text = "\n".join(quoted_paragraphs(said.text))
    return (strong(f"{_speaker(shown, said)}: "), Span(f"“{text}”"), *shown.mark(said.basis))


def _speaker(shown: Shown, said: Said) -> str:
    for key in said.basis.sources:
        if key in shown.numbers:
            return short_name(shown.profile.source(key))
    return "A catalogue"
