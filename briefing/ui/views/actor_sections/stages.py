"""How the actor works, in four stages: our sentences, then the rarest techniques of each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.actor import ActorProfile, StageProfile, TechniqueUse
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import NOT_STATED, Shown
from briefing.ui.widgets.cells import MISSING
from briefing.ui.widgets.column_layout import Columns, in_rows, stacked
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.stage_card import StageCard
from briefing.ui.widgets.two_line_list import TwoLineItem

TITLE = "How they work, in four stages"
_FEW = 3
_LONGEST_LINE = 36
_PADDING = (8, 5, 8, 0)
_ARRANGEMENTS = (in_rows(760, 4, 4), in_rows(380, 4, 2), stacked(4))


class _Card:
    """A stage card with room for sentences between its head and its techniques."""

    def __init__(self, theme: Theme, stage: StageProfile, sentences: ProseRows) -> None:
        self.card = StageCard(theme, stage.number, stage.name, 0)
        self.sentences = sentences
        self.box = QWidget()
        self.layout = QVBoxLayout(self.box)
        self.layout.addWidget(sentences)
        self.card.body.insertWidget(1, self.box)

    def set_stage(self, shown: Shown, stage: StageProfile) -> None:
        number = len(stage.techniques)
        name = f"Stage {stage.number}, {stage.name}: {counted(number, 'technique')}"
        self.card.setAccessibleName(name)
        self.card.head.setAccessibleName(name)
        self.card.head.set_count(f"{number:,}" if number else MISSING)
        fill(self.sentences, shown, [ProseRow(shown.said((said,))) for said in stage.sentences])
        self.box.setVisible(bool(stage.sentences))
        self.card.set_note(tactics_line(stage))
        self.card.set_items([item(use) for use in stage.techniques[:_FEW]])
        self.card.set_more(f"all {counted(number, 'technique')}" if number else "")


class StagesSection(Section):
    """Four cards side by side, two by two or under each other."""

    stage_requested = Signal(str)
    """The code of a stage of which every technique was asked for."""

    def __init__(self, theme: Theme) -> None:
        """The cards come with the first profile, which knows the stages."""
        super().__init__(theme, TITLE)
        self._cards: dict[str, _Card] = {}

    def set_shown(self, shown: Shown) -> None:
        """Show how another actor works; nothing at all where nothing is stated."""
        profile = shown.profile
        self.setVisible(works(profile))
        if not works(profile):
            return
        if not self._cards:
            self._build(profile)
        for stage in profile.stages:
            self._cards[stage.code].set_stage(shown, stage)
        if self.header is not None:
            uses = {use.id: use for stage in profile.stages for use in stage.techniques}
            self.header.set_note(_note(shown, len(uses)))
            self.header.set_marks(shown.marks(*(use.basis for use in uses.values())))

    def _build(self, profile: ActorProfile) -> None:
        for stage in profile.stages:
            card = _Card(self._theme, stage, self.rows(gap=2))
            card.card.technique_activated.connect(self.go)
            card.card.more_activated.connect(
                lambda code=stage.code: self.stage_requested.emit(code)
            )
            self._cards[stage.code] = card
        cards = [card.card for card in self._cards.values()]
        self.body.addWidget(Columns(self._theme, cards, _ARRANGEMENTS, 10, 10))
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        margins = [self._theme.px(measure) for measure in _PADDING]
        for card in self._cards.values():
            card.layout.setContentsMargins(*margins)


def works(profile: ActorProfile) -> bool:
    """Whether anything is stated about how the actor works."""
    return any(stage.techniques or stage.sentences for stage in profile.stages)


def tactics_line(stage: StageProfile) -> str:
    """``Collection 14 · Exfiltration 3 · Impact 1``, or how many tactics and the first."""
    if not stage.techniques:
        return f"techniques {NOT_STATED}"
    line = " · ".join(f"{name} {number}" for name, number in stage.tactics)
    if len(line) <= _LONGEST_LINE:
        return line
    name, number = stage.tactics[0]
    if len({count for _, count in stage.tactics}) == 1:
        return f"{len(stage.tactics)} tactics, {number} each"
    most = f"most: {name} {number}"
    line = f"{len(stage.tactics)} tactics, {most}"
    return line if len(line) <= _LONGEST_LINE else most


def item(use: TechniqueUse) -> TwoLineItem:
    """A technique in two lines: its name; its id and its three numbers."""
    parts = (
        use.attack_id,
        counted(use.groups, "group"),
        f"M{len(use.mitigations)}",
        f"D{len(use.detections)}",
    )
    return TwoLineItem(use.id, use.name, " · ".join(parts))


def _note(shown: Shown, techniques: int) -> str:
    if not techniques:
        return f"techniques {NOT_STATED}"
    order = f"rarest among {counted(shown.profile.groups_total, 'group')} first"
    number = f"{counted(techniques, 'technique')}, some in several stages"
    return f"{number}; {order} · M mitigations, D detections known"
