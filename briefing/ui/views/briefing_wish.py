"""What a person has set on the Briefings screen, and the sections a briefing can have for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.core.brief import Brief
from briefing.core.brief_filter import EVERYTHING, BriefFilter
from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.since import Since
from briefing.store.workspace import Delivery


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has set of the sections of one kind of briefing.

    Attributes:
        off: Keys of the sections that were switched off.
        order: Keys in the order wanted; those it does not name keep their usual place.
        notes: Key of a section and what was typed under it, in the order in which that began.
        notes_tlp: How the notes are marked; None marks them with the ceiling.
    """

    off: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    notes_tlp: Tlp | None = None

    def with_note(self, key: str, text: str) -> Draft:
        """The same with another note under a section; one that says nothing goes."""
        notes = dict(self.notes) | {key: text}
        return replace(self, notes=tuple((key, text) for key, text in notes.items() if text))


@dataclass(frozen=True, slots=True)
class Wish:
    """The whole form.

    Attributes:
        kind: Name of the recipe.
        subject: What it is about, as the recipe and the workspace know it: id of an actor, of an
            incident or of a client, code of a sector; of a digest its period, of changes the
            subject of the briefing they go back to, of the primer "".
        client: For whom it is made, and for a client briefing also about whom.
        period: First and last day of a digest, ISO 8601.
        filter: What a digest is narrowed to.
        since: The delivered briefing that changes go back to.
        ceiling: The audience's ceiling.
        one_page: Only the executive page.
        author: As typed.
        draft: Its sections, and the notes under them.
        today: The day on which it is made.
    """

    kind: str
    subject: str = ""
    client: Client | None = None
    period: tuple[str, str] | None = None
    filter: BriefFilter = EVERYTHING
    since: Delivery | None = None
    ceiling: Tlp = Tlp.CLEAR
    one_page: bool = False
    author: str = ""
    draft: Draft = Draft()
    today: date | None = None

    def offers_same_as(self, other: Wish) -> bool:
        """Whether both can have the same sections."""
        return self._bare() == other._bare()

    def request(
        self, sections: tuple[str, ...] | None, notes: tuple[tuple[str, str], ...]
    ) -> BriefRequest:
        """What to ask the recipe for, with these sections and these notes.

        Raises:
            ManifestError: when the briefing that changes go back to cannot be read any more.
        """
        return BriefRequest(
            recipe=self.kind,
            subject=self.subject,
            ceiling=self.ceiling,
            one_page=self.one_page,
            author=self.author,
            sections=sections,
            client=self.client,
            today=self.today,
            period=self.period,
            filter=self.filter,
            notes=notes,
            notes_tlp=self.draft.notes_tlp,
            since=Since.of(self.since) if self.since is not None else None,
        )

    def _bare(self) -> Wish:
        """Without what changes no section."""
        return replace(self, author="", draft=Draft())


@dataclass(frozen=True, slots=True)
class Offer:
    """A section the briefing can have, or several that go and come together.

    Attributes:
        key: What the recipe calls it.
        group: 0 for the executive page, 1 for the full version and its appendix.
        choosable: Whether it can be left out.
        first: Key of the first section that is printed of it, under which a note stands.
    """

    key: str
    title: str
    group: int
    choosable: bool
    first: str = ""


def offers_of(brief: Brief, sections: Sequence[str]) -> tuple[Offer, ...]:
    """The sections of a briefing that was composed with all of them.

    Args:
        brief: The briefing.
        sections: What its recipe can leave out. What stands under one key in the executive page
            and behind it goes and comes together, and is listed where it comes first.
    """
    found: dict[tuple[str, int], Offer] = {}
    titles: dict[tuple[str, int], list[str]] = {}
    for number, part in enumerate(brief.parts):
        group = min(number, 1)
        keys = [_known_as(section.key, sections) for section in part.sections]
        for key, section in zip(keys, part.sections, strict=True):
            place = (key or section.key, group)
            if key and group and (key, 0) in found:
                continue
            found.setdefault(place, Offer(place[0], "", group, bool(key), section.key))
            # Where all of a part goes and comes together, the part is named and not its sections.
            is_whole = section.key != place[0] and len(set(keys)) == 1
            title = part.title if is_whole else section.title or part.title
            if not is_whole or title not in titles.get(place, ()):
                titles.setdefault(place, []).append(title)
    return tuple(replace(offer, title=_title(titles[place])) for place, offer in found.items())


def wanted_sections(offers: Sequence[Offer], wish: Wish) -> tuple[str, ...] | None:
    """The keys to ask the recipe for; None where all of them are wanted as they come."""
    usual = [offer.key for offer in offers if offer.choosable]
    place = {key: number for number, key in enumerate(wish.draft.order)}
    ordered = arranged(usual, place)
    wanted = [key for key in ordered if key not in wish.draft.off]
    return None if wanted == usual else tuple(wanted)


def wanted_notes(offers: Sequence[Offer], wish: Wish) -> tuple[tuple[Offer, str], ...]:
    """The notes that can be printed: each under a section that is there and switched on."""
    off, notes = wish.draft.off, wish.draft.notes
    under = {offer.key: offer for offer in offers if offer.choosable and offer.key not in off}
    return tuple((under[key], text) for key, text in notes if text.strip() and key in under)


def arranged(keys: Sequence[str], place: dict[str, int]) -> list[str]:
    """Keys in a person's order; a key without a place stays behind the one before it."""
    ranks: list[tuple[int, int]] = []
    last = -1
    for number, key in enumerate(keys):
        last = place.get(key, last)
        ranks.append((last, number))
    return [keys[number] for _, number in sorted(ranks)]


def _known_as(key: str, sections: Sequence[str]) -> str:
    """What a recipe calls a section: ``asked`` for ``asked-1-2``; "" where it always stands."""
    if key in sections:
        return key
    return max((known for known in sections if key.startswith(f"{known}-")), key=len, default="")


def _title(titles: Sequence[str]) -> str:
    first, more = titles[0], len(titles) - 1
    return f"{first}, and {more} more" if more else first
