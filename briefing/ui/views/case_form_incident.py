"""What happened: the fields of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.core.case import Subject
from briefing.core.tlp import Tlp
from briefing.store.labels import Labels
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import Stamp, asked_fault, slug_of, text_fault
from briefing.ui.views.case_panel import DayLine, Panel
from briefing.ui.widgets.multi_choice import MultiChoice
from briefing.ui.widgets.text_area import TextArea
from briefing.ui.widgets.text_field import TextField

_BACKWARDS = "It cannot have ended before it began."
_PER_LINE = "One on each line."


class IncidentPanel(Panel):
    """Name, when, whom; what it was and what is known of the technique where it is edited."""

    def __init__(self, theme: Theme, labels: Labels, incident: Subject | None = None) -> None:
        """Show an incident, or ask for a new one, which asks for less."""
        super().__init__(theme, incident.tlp if incident is not None else Tlp.CLEAR)
        self._shown = incident
        self.name = TextField(theme, "Name", "Such as MGM Resorts, September 2023")
        self.description = TextArea(theme, "What happened", "Two to four sentences.", lines=3)
        self.first_seen = DayLine(theme, "Began")
        self.last_seen = DayLine(theme, "Ended")
        self.disclosed = DayLine(theme, "Became public")
        self.victim = TextField(theme, "Victim")
        self.sectors = MultiChoice(theme, "Sectors", "Add a sector")
        self.countries = MultiChoice(theme, "Countries", "Add a country")
        self.types = TextArea(theme, "Kind of attack", "Intrusion and ransomware", lines=1)
        self.techniques = TextArea(theme, "Techniques", "T1566.004", lines=1)
        self.software = TextArea(theme, "Software", "S1068", lines=1)
        self.infrastructure = TextArea(theme, "Infrastructure", "Domains, addresses", lines=1)
        self._offer(labels)
        self._lay_out()
        self._connect()
        if incident is not None:
            self._show(incident)

    def faults(self) -> Mapping[str, str]:
        """See ``Panel``."""
        first, last = self.first_seen.day, self.last_seen.day
        common = min(len(first), len(last))
        backwards = _BACKWARDS if first[:common] > last[:common] else ""
        return {
            "name": asked_fault(
                self.name.text(), "Give the incident a name, so that it can be found."
            ),
            "description": text_fault(self.description.text()),
            "first_seen": self.first_seen.fault,
            "last_seen": self.last_seen.fault or backwards,
            "disclosed": self.disclosed.fault,
            "victim": text_fault(self.victim.text()),
            "types": text_fault(self.types.text()),
            "infrastructure": text_fault(self.infrastructure.text()),
            "techniques": _id_fault(self.techniques.lines(), "T", "T1566 or T1566.004"),
            "software": _id_fault(self.software.lines(), "S", "S1068"),
        }

    def row(self, stamp: Stamp) -> Subject:
        """The incident as it is typed."""
        name = " ".join(self.name.text().split())
        day = self.first_seen.day or self.disclosed.day or stamp.created
        base = self._shown or Subject(
            **stamp.fields, tlp=self.tlp.level, name=name, slug=slug_of(name, day)
        )
        return replace(
            base,
            **stamp.fields,
            **self.common,
            name=name,
            description=self.description.text(),
            first_seen=self.first_seen.day,
            last_seen=self.last_seen.day,
            disclosed=self.disclosed.day,
            victim=" ".join(self.victim.text().split()),
            types=self.types.lines(),
            sectors=tuple(dict.fromkeys(self.sectors.codes)),
            countries=tuple(dict.fromkeys(self.countries.codes)),
            techniques=tuple(one.upper() for one in self.techniques.lines()),
            software=tuple(one.upper() for one in self.software.lines()),
            infrastructure=self.infrastructure.lines(),
        )

    def _offer(self, labels: Labels) -> None:
        sectors = [
            (one.code, one.label) for kind in ("sector", "scope") for one in labels.all(kind)
        ]
        self.sectors.set_options(sorted(sectors, key=lambda one: one[1].casefold()))
        places = [
            (one.code, one.label) for kind in ("country", "place") for one in labels.all(kind)
        ]
        self.countries.set_options(
            [(code, f"{label} ({code})") for code, label in sorted(places, key=lambda one: one[1])],
            dict(places),
        )

    def _lay_out(self) -> None:
        self.add("name", "Name", self.name)
        self.add("first_seen", "Began", self.first_seen, "As precisely as it is known.")
        if self._shown is not None:
            self.add("last_seen", "Ended", self.last_seen)
        self.add(
            "disclosed",
            "Became public",
            self.disclosed,
            "A claim made before that day knows more than the press did.",
        )
        self.add("victim", "Victim", self.victim, "As far as it is public.")
        self.add("sectors", "Sectors", self.sectors)
        self.add("countries", "Countries", self.countries)
        self.add("description", "What happened", self.description)
        self.add_documents("Where it can be read.")
        if self._shown is not None:
            self._lay_out_details()
        self.add_label()

    def _lay_out_details(self) -> None:
        self.add_section("How it was done", "compared with known groups")
        self.add("types", "Kind of attack", self.types, _PER_LINE)
        self.add(
            "techniques",
            "ATT&CK techniques",
            self.techniques,
            f"Ids, only what a document says. {_PER_LINE}",
        )
        self.add("software", "ATT&CK software", self.software, f"Ids. {_PER_LINE}")
        self.add("infrastructure", "Infrastructure", self.infrastructure, _PER_LINE)

    def _connect(self) -> None:
        lines = (self.name, self.victim, self.first_seen, self.last_seen, self.disclosed)
        for line in lines:
            line.edited.connect(self.changed)
        for choice in (self.sectors, self.countries):
            choice.changed.connect(self.changed)
        for area in (
            self.description,
            self.types,
            self.techniques,
            self.software,
            self.infrastructure,
        ):
            area.edited.connect(self.changed)

    def _show(self, incident: Subject) -> None:
        self.name.input.setText(incident.name)
        self.description.set_text(incident.description)
        self.first_seen.input.setText(incident.first_seen)
        self.last_seen.input.setText(incident.last_seen)
        self.disclosed.input.setText(incident.disclosed)
        self.victim.input.setText(incident.victim)
        self.sectors.set_codes(incident.sectors)
        self.countries.set_codes(incident.countries)
        for area, lines in (
            (self.types, incident.types),
            (self.techniques, incident.techniques),
            (self.software, incident.software),
            (self.infrastructure, incident.infrastructure),
        ):
            area.set_text("\n".join(lines))
        self.show_common(incident.tlp, incident.documents)


def _id_fault(ids: tuple[str, ...], letter: str, example: str) -> str:
    """Why something is no id of ATT&CK, or ""."""
    for one in ids:
        figures = one[1:].replace(".", "", 1)
        if not (one[:1].upper() == letter and figures.isdecimal() and len(one) >= len("S0000")):
            return f"“{one[:40]}” is no id of ATT&CK. Type one such as {example} on each line."
    return ""
