"""What of the database concerns a client: which advisories, which techniques its actors share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from briefing.core.actor import ActorProfile, TechniqueUse
from briefing.core.advisory import AdvisoryRow
from briefing.core.client import Client
from briefing.core.home import Concern, SharedTechnique


def concerns(
    client: Client,
    advisories: Iterable[AdvisoryRow],
    actors: Mapping[str, str],
    *,
    product_words: Callable[[str], str],
    sector_label: Callable[[str], str],
) -> Iterator[Concern]:
    """Advisories that may concern a client, in the order given.

    The surest reason is told: that it names what the client runs, then that it names one of its
    actors, then that it is about one of the client's sectors, then that its products are in use
    there. That a product is in use there says nothing of attacks, which is why it comes last.

    Args:
        client: Whom they may concern.
        advisories: Newest first.
        actors: Ids and names of the actors that matter to it.
        product_words: ``vendor:product`` → words.
        sector_label: Code of a sector → its label.
    """
    for advisory in advisories:
        why = _why(client, advisory, actors, product_words, sector_label)
        if why:
            yield Concern(advisory, why)


def _why(
    client: Client,
    advisory: AdvisoryRow,
    actors: Mapping[str, str],
    product_words: Callable[[str], str],
    sector_label: Callable[[str], str],
) -> str:
    runs = next((code for code in client.technology if code in advisory.products), "")
    if runs:
        return f"technology: {product_words(runs)}"
    names = next((actors[actor] for actor in advisory.actors if actor in actors), "")
    if names:
        return f"names {names}"
    about = next((code for code in client.sectors if code in advisory.about_sectors), "")
    if about:
        return f"about {sector_label(about)}"
    sector = next((code for code in client.sectors if code in advisory.sectors), "")
    return f"in use in {sector_label(sector)}" if sector else ""


def shared_techniques(profiles: Sequence[ActorProfile], least: int) -> tuple[SharedTechnique, ...]:
    """Techniques that at least so many of these actors are said to use.

    Those that most of them use come first, then those against which most can be done, then by
    number.
    """
    users: dict[str, set[int]] = defaultdict(set)
    uses: dict[str, TechniqueUse] = {}
    for place, profile in enumerate(profiles):
        for stage in profile.stages:
            for use in stage.techniques:
                users[use.id].add(place)
                uses[use.id] = use
    found = [
        SharedTechnique(
            id=key,
            attack_id=uses[key].attack_id,
            name=uses[key].name,
            used_by=tuple(place in places for place in range(len(profiles))),
            mitigations=len(uses[key].mitigations),
        )
        for key, places in users.items()
        if len(places) >= least
    ]
    return tuple(sorted(found, key=lambda t: (-t.users, -t.mitigations, t.attack_id)))
