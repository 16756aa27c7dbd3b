"""The form of a client: who it is, whom it serves, what it runs, how its documents look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from briefing.core.client import SIZES, Client
from briefing.services.client_checks import (
    LONGEST_NAME,
    Problem,
    problems,
    technology_meant,
    technology_problem,
)
from briefing.services.technology import KnownTechnology
from briefing.store.labels import Labels
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_audience import AudienceChoice
from briefing.ui.views.client_brand import BrandFields
from briefing.ui.views.home_head import SIZES as PEOPLE
from briefing.ui.widgets.filter_button import FilterButton
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.multi_choice import MultiChoice
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.technology_field import TechnologyField
from briefing.ui.widgets.text_field import TextField

_TECHNOLOGY_NOTE = "Such as microsoft:exchange_server; what the database knows is offered."
_UNSTATED = "unstated"


class ClientForm(QWidget):
    """Shows a client and says what it has become; nothing is kept from here."""

    changed = Signal()
    """A person has changed something."""

    def __init__(self, theme: Theme, jobs: Jobs, labels: Labels) -> None:
        """An empty form; ``labels`` are the sectors and countries to choose from."""
        super().__init__()
        self._theme = theme
        self._shown = Client("")
        self._technology = KnownTechnology({})
        self.name = TextField(theme, "Name", "As its documents print it")
        self.name.input.setMaxLength(LONGEST_NAME)
        self.sectors = MultiChoice(theme, "Sectors", "Add a sector")
        self.countries = MultiChoice(theme, "Countries", "Add a country")
        self.people = FilterButton(theme, "Size", any_label="")
        self.customers = MultiChoice(theme, "Sectors it serves", "Add a sector")
        self.suppliers = MultiChoice(theme, "Sectors that serve it", "Add a sector")
        self.msp = QCheckBox("A managed service provider (MSP) runs its computers")
        self.technology = TechnologyField(theme, self._find, _judged)
        self.audience = AudienceChoice(theme)
        self.brand = BrandFields(theme, jobs)
        self.people.set_options(
            [
                (_UNSTATED, "not stated", None),
                *((size, f"{size} ({PEOPLE[size]})", None) for size in SIZES),
            ]
        )
        self.set_labels(labels)
        self.fields = self._fields() | self.brand.fields
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self._connect()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def client(self) -> Client:
        """As it is typed and chosen, with the id and the mark of what was shown."""
        return replace(
            self._shown,
            name=" ".join(self.name.text().split()),
            sectors=self.sectors.codes,
            countries=self.countries.codes,
            size=self.people.value if self.people.value in SIZES else "",
            customer_sectors=self.customers.codes,
            supplier_sectors=self.suppliers.codes,
            uses_msp=self.msp.isChecked(),
            technology=self.technology.codes,
            tlp=self.audience.level,
            brand=self.brand.brand,
        )

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab is to stop, in the order of the eye."""
        runs = self.technology
        return (
            self.name.input,
            *(*self.sectors.stops, *self.countries.stops, self.people),
            *(*self.customers.stops, *self.suppliers.stops, self.msp),
            *(runs.line.input, runs.add, *runs.chips.stops),
            self.audience,
            *self.brand.stops,
        )

    def set_client(self, client: Client) -> None:
        """Show another client, or the same as it is now; ``changed`` is not emitted."""
        was_blocked = self.blockSignals(True)
        if client.name != self.client.name:
            self.name.input.setText(client.name)
        self._shown = client
        self.sectors.set_codes(client.sectors)
        self.countries.set_codes(client.countries)
        self.people.set_value(client.size or _UNSTATED)
        self.customers.set_codes(client.customer_sectors)
        self.suppliers.set_codes(client.supplier_sectors)
        self.msp.setChecked(client.uses_msp)
        self.technology.line.input.clear()
        self.technology.line.set_error("")
        self.audience.setCurrentIndex(client.tlp.value)
        self.brand.set_brand(client.brand)
        self._show_technology(client.technology)
        self.blockSignals(was_blocked)
        self.say(())

    def set_labels(self, labels: Labels) -> None:
        """Know other sectors and countries."""
        sectors = [(one.code, one.label) for one in labels.all("sector")]
        for choice in (self.sectors, self.customers, self.suppliers):
            choice.set_options(sorted(sectors, key=lambda one: one[1].casefold()))
        countries = [(one.code, one.label) for one in labels.all("country")]
        self.countries.set_options(
            [(code, f"{label} ({code})") for code, label in sorted(countries, key=lambda c: c[1])],
            dict(countries),
        )

    def set_technology(self, technology: KnownTechnology) -> None:
        """Know other products."""
        self._technology = technology
        self._show_technology(self.technology.codes)

    def check(self) -> bool:
        """Whether the client can be kept; what keeps it from that is said at its fields."""
        self.technology.enter()
        if self.technology.line.text().strip():
            self.technology.line.input.setFocus()
            return False
        # The logo was judged when it was read.
        client = self.client
        found = problems(replace(client, brand=replace(client.brand, logo=b"")))
        self.say(found)
        return not found

    def say(self, found: Iterable[Problem]) -> None:
        """Say problems at their fields; the keyboard goes to the first."""
        said: dict[str, list[str]] = {}
        for problem in found:
            said.setdefault(problem.field, []).append(problem.text)
        for key, field in self.fields.items():
            field.say_problem(" ".join(said.get(key, ())))
        first = next((field for key, field in self.fields.items() if key in said), None)
        if first is not None:
            first.take_keyboard()

    def _fields(self) -> dict[str, FormField]:
        theme = self._theme
        return {
            "name": FormField(theme, "Name", self.name),
            "sectors": FormField(theme, "Sectors", self.sectors),
            "countries": FormField(theme, "Countries it works in", self.countries),
            "size": FormField(theme, "", self.people, wide=False),
            "customer_sectors": FormField(
                theme, "Sectors it serves", self.customers, "Whose supply chain it is in."
            ),
            "supplier_sectors": FormField(
                theme, "Sectors that serve it", self.suppliers, "Through whom it can be reached."
            ),
            "uses_msp": FormField(theme, "", self.msp),
            "technology": FormField(theme, "What it runs", self.technology, _TECHNOLOGY_NOTE),
            "tlp": FormField(
                theme,
                "Audience up to",
                self.audience,
                "What is marked higher neither counts nor is shown for this client.",
            ),
        }

    def _lay_out(self) -> None:
        sections = (
            ("Who it is", ("name", "sectors", "countries", "size")),
            ("Supply chain", ("customer_sectors", "supplier_sectors", "uses_msp")),
            ("Technology", ("technology",)),
            ("Documents", ("tlp",)),
        )
        for title, keys in sections:
            self._box.addWidget(SectionHeader(self._theme, title))
            for key in keys:
                self._box.addWidget(self.fields[key])
        self._box.addWidget(self.brand)

    def _connect(self) -> None:
        for choice in (self.sectors, self.countries, self.customers, self.suppliers):
            choice.changed.connect(self.changed)
        self.name.edited.connect(self._on_name_edited)
        self.people.chosen.connect(self.changed)
        self.msp.toggled.connect(self.changed)
        self.audience.level_chosen.connect(self.changed)
        self.brand.changed.connect(self.changed)
        self.technology.changed.connect(self._on_technology_changed)
        # What was typed is taken when the line is left: another client empties it.
        self.technology.line.input.editingFinished.connect(self.technology.enter)

    def _find(self, text: str) -> tuple[str, ...]:
        return self._technology.find(text)

    def _show_technology(self, codes: tuple[str, ...]) -> None:
        notes = {code: self._technology.note(code) for code in codes}
        unknown = [code for code, note in notes.items() if note]
        self.technology.set_codes(codes, frozenset(unknown))
        few = " ".join(notes[code] for code in unknown[:2])
        if not self._technology.words and unknown:
            few = (
                "Nothing is known here about any technology yet. Take in CISA’s KEV or advisories"
                " under Sources; what is entered is kept."
            )
        more = (
            f" And {len(unknown) - 2} more." if len(unknown) > 2 and self._technology.words else ""
        )
        self.fields["technology"].say_warning(f"{few}{more}")

    def _on_name_edited(self) -> None:
        self.fields["name"].say_problem("")
        self.changed.emit()

    def _on_technology_changed(self) -> None:
        self._show_technology(self.technology.codes)
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(12))
        self.msp.setFont(self._theme.font("body"))


def _judged(text: str) -> tuple[str, str]:
    code = technology_meant(text)
    if not code:
        return "", technology_problem(text)
    why = technology_problem(code)
    return ("", why) if why else (code, "")
