"""What each kind of briefing asks for. To add one: a pane, and a line in ``PANES``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from briefing.services.recipes.registry import About
from briefing.ui.views.briefing_choice_panes import ClientPane, DeliveryPane, SectorPane
from briefing.ui.views.briefing_found_panes import ActorPane, IncidentPane
from briefing.ui.views.briefing_pane import PaneKit, SubjectPane
from briefing.ui.views.briefing_period import PeriodPane


class PrimerPane(SubjectPane):
    """Nothing is asked."""

    @property
    def title(self) -> str:
        """The kind itself."""
        return "Primer"


PANES: Final[Mapping[About, Callable[[PaneKit, str], SubjectPane]]] = {
    "actor": ActorPane,
    "client": ClientPane,
    "sector": SectorPane,
    "incident": IncidentPane,
    "period": PeriodPane,
    "delivery": DeliveryPane,
    "": PrimerPane,
}
"""What a recipe asks for to the pane that asks it."""
