"""What stands further down on the page of a profile; loaded after what is seen first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from briefing.ui.clock import now
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.advice import ActionsSection, AdviceSection
from briefing.ui.views.actor_sections.advisories import AdvisoriesSection
from briefing.ui.views.actor_sections.band import Band, single
from briefing.ui.views.actor_sections.campaigns import CampaignsSection
from briefing.ui.views.actor_sections.changes import ChangesSection, TellsChanges
from briefing.ui.views.actor_sections.documents import DocumentsSection
from briefing.ui.views.actor_sections.judgements import JudgementsSection
from briefing.ui.views.actor_sections.related import RelatedSection
from briefing.ui.views.actor_sections.section import open_address
from briefing.ui.views.actor_sections.software import SoftwareSection
from briefing.ui.views.actor_sections.sources import SourcesSection
from briefing.ui.views.actor_sections.timeline import EventsSection, TimelineSection
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked

_THREE = Arrangement(780, (((0, 8), (1, 13), (2, 8)),))
_TWO_ROWS = Arrangement(520, (((1, 1),), ((0, 1), (2, 1))))


def _material(theme: Theme) -> Band:
    software, timeline = SoftwareSection(theme), TimelineSection(theme)
    documents = DocumentsSection(theme)
    documents.address_requested.connect(open_address)
    timeline.year_requested.connect(documents.show_year)
    parts = (software, documents, timeline)
    columns = Columns(theme, parts, (_THREE, _TWO_ROWS, stacked(3)))
    return Band(theme, columns, *parts)


def _sources(theme: Theme) -> Band:
    sources = SourcesSection(theme)
    sources.address_requested.connect(open_address)
    return single(theme, sources)


def _changes(theme: Theme, changes: TellsChanges) -> Band:
    return single(theme, ChangesSection(theme, changes, lambda: now().date()))


def builders(theme: Theme, changes: TellsChanges | None) -> tuple[Callable[[], Band], ...]:
    """What builds each band, from top to bottom; ``changes`` None leaves theirs out."""
    return (
        lambda: _material(theme),
        lambda: single(theme, CampaignsSection(theme)),
        lambda: single(theme, AdvisoriesSection(theme)),
        lambda: single(theme, EventsSection(theme)),
        lambda: single(theme, JudgementsSection(theme)),
        lambda: single(theme, AdviceSection(theme)),
        lambda: single(theme, ActionsSection(theme)),
        lambda: single(theme, RelatedSection(theme)),
        *((partial(_changes, theme, changes),) if changes is not None else ()),
        lambda: _sources(theme),
    )
