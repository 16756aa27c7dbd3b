"""Where an actor is said to come from: who says so, who says otherwise, how sure, and what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from briefing.core.actor import Basis, Counted, OriginRow
from briefing.core.brief import Span, Text
from briefing.core.estimates import Confidence
from briefing.core.wording import listed, sentence_case, worded
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import NOT_STATED, Shown, date_words, spread, strong
from briefing.ui.widgets.folding_scale import FoldingConfidence
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.prose_rows import ProseRow

_LABEL = 76
_FEW = 3
_TOLERATED = 1
NOBODY = "Attributed to nobody"


@dataclass(frozen=True, slots=True)
class _Voice:
    """Everything one speaker says about one country."""

    country: str
    body: str
    by: str
    words: tuple[str, ...]
    bases: tuple[Basis, ...]


class OriginSection(Section):
    """Said, dissent, confidence, goal; of many that say so, the first few."""

    def __init__(self, theme: Theme) -> None:
        """No origin yet."""
        super().__init__(theme, "Origin")
        self._shown: Shown | None = None
        self._all = False
        self._said = self.rows(label_width=_LABEL)
        self._aims = self.rows(label_width=_LABEL)
        self._steps = QWidget()
        self._grid = QGridLayout(self._steps)
        self._label = Label(theme, "Confidence", "table", "ink_3")
        self._grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, 1)
        self._scales = QVBoxLayout()
        self._grid.addLayout(self._scales, 0, 1)
        self._confidences: list[FoldingConfidence] = []
        for widget in (self._said, self._steps, self._aims):
            self.body.addWidget(widget)
        if self.header is not None:
            self.header.link_activated.connect(self._on_link_activated)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Show the origin of another actor."""
        self._shown = shown
        self._all = False
        self._fill_said()
        stated = stated_confidences(shown.profile.origins)
        self._set_steps(stated)
        self._steps.setVisible(bool(shown.profile.origins))
        aims = list(_aims(shown))
        fill(self._aims, shown, aims)
        self._aims.setVisible(bool(aims))

    def _fill_said(self) -> None:
        if self._shown is None or self.header is None:
            return
        voices = heard(self._shown.profile.origins)
        few = len(voices) <= _FEW + _TOLERATED
        wanted = voices if few or self._all else voices[:_FEW]
        rows = [
            ProseRow(_said(self._shown, voice), "" if place else "Said")
            for place, voice in enumerate(wanted)
        ]
        if not voices:
            rows = [ProseRow(_silence(self._shown), "Said", quiet=True)]
        dissent = self._shown.profile.dissent
        if dissent:
            rows.append(ProseRow(self._shown.said(dissent), "Dissent"))
        fill(self._said, self._shown, rows)
        self.header.set_note(_note(voices))
        self.header.set_link("" if few else "Fewer" if self._all else f"All {len(voices)}")

    def _set_steps(self, stated: Sequence[tuple[Confidence, str]]) -> None:
        while len(self._confidences) < len(stated):
            steps = FoldingConfidence(self._theme, Confidence.NOT_STATED)
            self._confidences.append(steps)
            self._scales.addWidget(steps)
        for place, steps in enumerate(self._confidences):
            steps.setVisible(place < len(stated))
            if place < len(stated):
                steps.set_confidence(*stated[place])

    def _on_link_activated(self) -> None:
        self._all = not self._all
        self._fill_said()

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setColumnMinimumWidth(0, self._theme.px(_LABEL))
        self._scales.setSpacing(0)


def stated_confidences(origins: Sequence[OriginRow]) -> list[tuple[Confidence, str]]:
    """Each confidence that is stated and by whom; else once that none is."""
    by: dict[Confidence, list[str]] = {}
    for origin in origins:
        if origin.confidence is not Confidence.NOT_STATED:
            by.setdefault(origin.confidence, []).append(origin.by)
    if not by:
        return [(Confidence.NOT_STATED, "by the sources")]
    return [(found, f"says {listed(dict.fromkeys(names))}") for found, names in by.items()]


def heard(origins: Sequence[OriginRow]) -> list[_Voice]:
    """One entry a speaker and country, with all that this speaker says of it."""
    grouped: dict[tuple[str, str], list[OriginRow]] = {}
    for origin in origins:
        grouped.setdefault((origin.country.code, origin.by), []).append(origin)
    return [
        _Voice(
            country=rows[0].country.label if rows[0].country.code else NOBODY,
            body=next((row.body for row in rows if row.body), ""),
            by=rows[0].by,
            words=tuple(dict.fromkeys(_wording(row) for row in rows)),
            bases=tuple(row.basis for row in rows),
        )
        for rows in grouped.values()
    ]


def _wording(row: OriginRow) -> str:
    kind = "as its sponsor" if row.relation == "sponsored-by" else "as its place"
    is_quoted = row.wording.startswith("“")
    words = f"{row.wording} {kind}" if is_quoted else row.wording or kind
    return f"{words}, {date_words(row.date)}" if row.date else words


def _said(shown: Shown, voice: _Voice) -> Text:
    body = Span(f", {voice.body}" if voice.body else "")
    words = Span(f". {sentence_case(voice.by)}: {'; '.join(voice.words)}")
    return (strong(voice.country), body, words, *shown.mark(*voice.bases))


def _silence(shown: Shown) -> Text:
    number = sum(entry.catalogue for entry in shown.profile.sources)
    if not number:
        return (Span(f"{NOT_STATED} by any source here"),)
    return (Span(f"{NOT_STATED}; {worded(number, 'catalogue')} here {_knows(number)} the actor"),)


def _knows(number: int) -> str:
    return "knows" if number == 1 else "know"


def _aims(shown: Shown) -> list[ProseRow]:
    profile = shown.profile
    rows = []
    if profile.goals or profile.motives:
        text = _named(shown, profile.goals)
        if profile.motives:
            motive = (Span("motive "), *_named(shown, profile.motives))
            text = (*text, Span("; "), *motive) if text else motive
        rows.append(ProseRow(text, "Goal"))
    else:
        rows.append(ProseRow((Span(NOT_STATED),), "Goal", quiet=True))
    if profile.active_since is not None:
        since = profile.active_since
        text = (Span(f"since {date_words(since.text)}"), *shown.mark(since.basis))
        rows.append(ProseRow(text, "Active"))
    return rows


def _named(shown: Shown, rows: Sequence[Counted]) -> Text:
    return spread((strong(row.label), *shown.mark(row.basis)) for row in rows)


def _note(voices: Sequence[_Voice]) -> str:
    if not voices:
        return ""
    return f"{worded(len(voices), 'source')} {'says' if len(voices) == 1 else 'say'} so"
