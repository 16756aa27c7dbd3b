"""From our own profile: what would be noticed, what helps, what is not known, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.actor import ActionRow, ActorProfile, Said
from briefing.core.brief import Span, Text
from briefing.core.wording import counted, curly, listed, sentence_case
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import Shown, strong
from briefing.ui.views.actor_sections.stages import works
from briefing.ui.views.actor_sections.targets import has_targets
from briefing.ui.widgets.column_layout import Columns, in_rows, stacked
from briefing.ui.widgets.prose_rows import ProseRow

_GAP = 5
_CONTINUING = ("and ", "so ", "before ")


class _Remarks(Section):
    """Sentences under a heading."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self._rows = self.rows(gap=_GAP)
        self.body.addWidget(self._rows)
        self.body.addStretch(1)
        self._on_theme_changed()

    def set_rows(self, shown: Shown, rows: Sequence[ProseRow]) -> None:
        fill(self._rows, shown, list(rows))
        self.setVisible(bool(rows))


class AdviceSection(Section):
    """Three columns: signs a small business would see, what helps, what nobody says."""

    def __init__(self, theme: Theme) -> None:
        """Nothing yet."""
        super().__init__(theme)
        self._notice = _Remarks(theme, "What a small business would notice")
        self._helps = _Remarks(theme, "What helps")
        self._unknown = _Remarks(theme, "What is not known")
        parts = (self._notice, self._helps, self._unknown)
        for part in parts:
            part.source_activated.connect(self.source_activated)
        self.body.addWidget(Columns(theme, parts, (in_rows(760, 3, 3), stacked(3))))
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Say it of another actor; what no source states is named, whoever wrote the profile."""
        profile = shown.profile
        self._notice.set_rows(shown, _sentences(shown, profile.notice))
        self._helps.set_rows(shown, _sentences(shown, profile.helps))
        unknown = _sentences(shown, profile.unknown)
        missing = not_stated(profile)
        if missing:
            text = f"No source here states {listed(missing, last='or')}."
            unknown.append(ProseRow((Span(text),)))
        self._unknown.set_rows(shown, unknown)
        self.setVisible(bool(profile.notice or profile.helps or unknown))


class ActionsSection(Section):
    """What to do against the actor, each with the reason and the mitigations behind it."""

    def __init__(self, theme: Theme) -> None:
        """Nothing to do yet."""
        super().__init__(theme, "What to do")
        self._halves = (self.rows(gap=8), self.rows(gap=8))
        self.body.addWidget(Columns(theme, self._halves, (in_rows(640, 2, 2), stacked(2)), 24, 8))
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Advise on another actor; nothing at all where we wrote nothing."""
        actions = shown.profile.actions
        rows = [_action(shown, action) for action in actions]
        half = -(-len(rows) // 2)
        for part, found in zip(self._halves, (rows[:half], rows[half:]), strict=True):
            fill(part, shown, found)
            part.setVisible(bool(found))
        if self.header is not None:
            self.header.set_note(f"{counted(len(actions), 'action')} against this actor")
        self.setVisible(bool(actions))


def not_stated(profile: ActorProfile) -> list[str]:
    """What no source states about an actor, in words."""
    found = {
        "what kind of actor it is": bool(profile.row.kind),
        "where it comes from": bool(profile.origins),
        "what it is after": bool(profile.goals or profile.motives),
        "whom it targets": has_targets(profile.targets),
        "which techniques it uses": works(profile),
        "which software it uses": bool(profile.malware or profile.tools),
    }
    return [words for words, is_stated in found.items() if not is_stated]


def _sentences(shown: Shown, things: Sequence[Said]) -> list[ProseRow]:
    return [ProseRow(shown.said((thing,))) for thing in things]


def _action(shown: Shown, action: ActionRow) -> ProseRow:
    joiner = ", " if action.why.startswith(_CONTINUING) else ": "
    why = f"{joiner}{curly(action.why)}." if action.why else "."
    text = (strong(curly(action.do)), Span(why), *shown.mark(action.basis))
    return ProseRow(text, note=_behind(action))


def _behind(action: ActionRow) -> Text:
    mitigations = ", ".join(f"{m.attack_id} {m.name}" for m in action.mitigations)
    techniques = f"against {', '.join(action.techniques)}" if action.techniques else ""
    parts = (f"Stage: {sentence_case(action.stage.label)}", mitigations, techniques)
    return (Span(" · ".join(part for part in parts if part)),)
