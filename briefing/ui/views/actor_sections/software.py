"""Malware and tools an actor is said to use, rarest first."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.actor import SoftwareUse
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section
from briefing.ui.views.actor_sections.shown import Shown
from briefing.ui.widgets.link_flow import MORE, FlowItem, LinkFlow

_FEW = 18
_TOLERATED = 2


class SoftwareSection(Section):
    """Two running lists; each name leads to its page."""

    def __init__(self, theme: Theme) -> None:
        """No software yet."""
        super().__init__(theme, "Software")
        self._shown: Shown | None = None
        self._malware = LinkFlow(theme, "Malware")
        self._tools = LinkFlow(theme, "Tools")
        for flow in (self._malware, self._tools):
            flow.item_activated.connect(self._on_flow_item_activated)
            self.body.addWidget(flow)
        self.body.addStretch(1)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """List the software of another actor; nothing at all where none is stated."""
        self._shown = shown
        profile = shown.profile
        self._fill(_FEW)
        if self.header is not None:
            parts = (
                f"{len(profile.malware)} malware" if profile.malware else "",
                counted(len(profile.tools), "tool") if profile.tools else "",
            )
            self.header.set_note(", ".join(part for part in parts if part))
            uses = (*profile.malware, *profile.tools)
            self.header.set_marks(shown.marks(*(use.basis for use in uses)))
        self.setVisible(bool(profile.malware or profile.tools))

    def _fill(self, most: int) -> None:
        if self._shown is None:
            return
        profile = self._shown.profile
        for flow, uses, lead in (
            (self._malware, profile.malware, ""),
            (self._tools, profile.tools, "Tools"),
        ):
            flow.set_items(_items(uses, most, profile.groups_total), lead)
            flow.setVisible(bool(uses))

    def _on_flow_item_activated(self, key: str) -> None:
        if key != MORE:
            self.go(key)
        elif self._shown is not None:
            self._fill(len(self._shown.profile.malware) + len(self._shown.profile.tools))


def _items(uses: Sequence[SoftwareUse], most: int, total: int) -> list[FlowItem]:
    few = len(uses) <= most + _TOLERATED
    wanted = uses if few else uses[:most]
    items = [
        FlowItem(
            use.id,
            use.name,
            f"{use.name} · {use.attack_id} · used by {use.groups} of {counted(total, 'group')}",
        )
        for use in wanted
    ]
    if not few:
        rest = len(uses) - most
        items.append(FlowItem(MORE, f"+{rest}", f"Show {rest} more"))
    return items
