"""What a digest asks for: a period, and what it is narrowed to."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.brief_filter import BriefFilter
from briefing.core.client import Client
from briefing.core.dates import long_date
from briefing.services.client_checks import technology_meant, technology_problem
from briefing.services.technology import KnownTechnology
from briefing.ui.views.briefing_form_row import FormRow
from briefing.ui.views.briefing_pane import Asked, Empty, PaneKit, SubjectPane
from briefing.ui.views.briefing_work import Known
from briefing.ui.views.case_panel import DayLine, day_needed
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.multi_choice import MultiChoice
from briefing.ui.widgets.technology_field import TechnologyField

OWN: Final = "dates"
"""The code of a period of one's own."""
_SPANS: Final = (
    Choice("7", "Last 7 days"),
    Choice("30", "Last 30 days"),
    Choice("90", "Last 90 days"),
    Choice(OWN, "Two dates"),
)
_USUAL: Final = "30"
_ANY = "Of each kind any one is enough. Nothing chosen leaves all in."
_BACKWARDS = "It cannot end before it begins."


class PeriodPane(SubjectPane):
    """The last days, or two dates; sectors, countries and technology."""

    def __init__(self, kit: PaneKit, kind: str) -> None:
        """The last thirty days of everything."""
        super().__init__(kit, kind)
        theme = kit.theme
        self._client: Client | None = None
        self._known = KnownTechnology({})
        self.span = ChoiceBox(theme, "Period", _SPANS)
        self.span.set_value(_USUAL)
        self.first_day = DayLine(theme, "First day of the period")
        self.last_day = DayLine(theme, "Last day of the period")
        self.sectors = MultiChoice(theme, "Sectors", "Add a sector")
        self.countries = MultiChoice(theme, "Countries", "Add a country")
        self.technology = TechnologyField(theme, lambda text: self._known.find(text), _judged)
        self._like = LinkButton(theme, "", "key")
        self._like.hide()
        self._offer()
        self._lay_out()
        self._connect()

    @property
    def period(self) -> tuple[str, str] | None:
        """First and last day, ISO 8601; None while a date is missing or wrong."""
        if self._is_own:
            return None if any(self._faults()) else (self.first_day.day, self.last_day.day)
        today = self.kit.today()
        # The day on which the period begins is in it.
        first = today - timedelta(days=int(self.span.value or _USUAL) - 1)
        return first.isoformat(), today.isoformat()

    @property
    def asked(self) -> Asked | None:
        """The period and what it is narrowed to."""
        period = self.period
        if period is None:
            return None
        return Asked("/".join(period), period=period, filter=self.narrowed)

    @property
    def narrowed(self) -> BriefFilter:
        """What is chosen beside the period."""
        return BriefFilter(self.sectors.codes, self.countries.codes, self.technology.codes)

    @property
    def title(self) -> str:
        """The kind itself."""
        return "Advisory digest"

    @property
    def empty(self) -> Empty:
        """Asks for the dates."""
        return Empty(
            "Which period is the digest of?",
            "Type its first and its last day at the left, or choose the last days.",
        )

    def know(self, known: Known) -> None:
        """There is other technology to complete from."""
        self._known = known.technology

    def made_for(self, client: Client | None) -> None:
        """Offer to narrow the digest to what concerns a client."""
        self._client = client
        self._show_like()

    @property
    def _is_own(self) -> bool:
        return self.span.value == OWN

    def _lay_out(self) -> None:
        theme = self.kit.theme
        runs = QWidget()
        last = QVBoxLayout(runs)
        last.setContentsMargins(0, 0, 0, 0)
        last.addWidget(self.technology)
        last.addWidget(self._like)
        self._period_row = FormRow(theme, "Period", self.span)
        self._days = (
            FormRow(theme, "From", self.first_day),
            FormRow(theme, "To", self.last_day),
        )
        self.add_rows(
            self._period_row,
            *self._days,
            FormRow(theme, "Sectors", self.sectors),
            FormRow(theme, "Countries", self.countries),
            FormRow(theme, "Technology", runs, _ANY),
        )
        for line in (self.first_day, self.last_day):
            line.input.setPlaceholderText("2025-08-31")
        self._show_period()

    def _connect(self) -> None:
        self.span.chosen.connect(self._on_span_chosen)
        for line in (self.first_day, self.last_day):
            line.edited.connect(self._on_date_edited)
        for choice in (self.sectors, self.countries, self.technology):
            choice.changed.connect(self._on_choice_changed)
        self._like.clicked.connect(self._on_like_clicked)

    def _faults(self) -> tuple[str, str]:
        """Why each of two dates is none, or the second no end."""
        first, last = day_needed(self.first_day), day_needed(self.last_day)
        is_backwards = not first and not last and self.first_day.day > self.last_day.day
        return first, _BACKWARDS if is_backwards else last

    def _show_period(self) -> None:
        for row in self._days:
            row.setVisible(self._is_own)
        period = self.period
        words = "" if period is None or self._is_own else " to ".join(map(long_date, period))
        self._period_row.set_note(words)

    def _offer(self) -> None:
        labels = self.kit.library.labels
        sectors = [(one.code, one.label) for one in labels.all("sector")]
        self.sectors.set_options(sorted(sectors, key=lambda one: one[1].casefold()))
        countries = sorted(
            ((one.code, one.label) for one in labels.all("country")), key=lambda one: one[1]
        )
        long = [(code, f"{label} ({code})") for code, label in countries]
        self.countries.set_options(long, dict(countries))

    def _show_like(self) -> None:
        client = self._client
        wanted = _concern_of(client) if client is not None else BriefFilter()
        offered = client is not None and wanted not in (BriefFilter(), self.narrowed)
        if client is not None:
            self._like.setText(f"Narrow to {client.name}")
            self._like.setAccessibleName(f"Narrow the digest to what concerns {client.name}")
            self._like.updateGeometry()
        self._like.setVisible(offered)

    def _on_span_chosen(self) -> None:
        if self._is_own and not self.first_day.text():
            today = self.kit.today()
            self.first_day.input.setText((today - timedelta(days=int(_USUAL) - 1)).isoformat())
            self.last_day.input.setText(today.isoformat())
        self._show_period()
        self.changed.emit()

    def _on_date_edited(self) -> None:
        lines = (self.first_day, self.last_day)
        for line, fault in zip(lines, self._faults(), strict=True):
            # What is still to be typed is no fault yet.
            line.set_error(fault if line.text().strip() else "")
        self.changed.emit()

    def _on_choice_changed(self) -> None:
        self._show_like()
        self.changed.emit()

    def _on_like_clicked(self) -> None:
        if self._client is None:
            return
        wanted = _concern_of(self._client)
        self.sectors.set_codes(wanted.sectors)
        self.countries.set_codes(wanted.countries)
        self.technology.set_codes(wanted.technology)
        self.sectors.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_choice_changed()


def _concern_of(client: Client) -> BriefFilter:
    return BriefFilter(client.sectors, client.countries, client.technology)


def _judged(text: str) -> tuple[str, str]:
    """The code that a text means, or why it means none."""
    code = technology_meant(text)
    why = technology_problem(code or text)
    return ("", why) if why else (code, "")
