"""In which order actions are put before a client: by what its actors use, by rules of ours.

The rules count; they do not weigh. A technique counts for an action only where the action names
it: the mitigations behind some actions are so broad that they touch nearly every technique, and
counting those would put the broadest advice first for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from itertools import groupby
from operator import itemgetter

from briefing.core.client import Client
from briefing.core.guidance import USES_MSP, Action, RankedAction
from briefing.core.wording import counted, sentence_case

_Key = tuple[bool, int, int, int]


def order_actions(
    actions: Sequence[Action],
    used: Sequence[Set[str]],
    client: Client | None,
    done: Collection[str],
    week: int,
) -> tuple[RankedAction, ...]:
    """Actions, the one to begin with first.

    What is not yet done comes before what is. Then what is meant for a client such as this one
    comes first, and what is meant for others last. Then what stands against most of the actors;
    then what stands against most of what they use, a technique counted once for each actor that
    uses it. Where all that is equal the week decides: it turns those that are equal by one place,
    so that where nothing is known of anybody each action has its week.

    Args:
        actions: In the order in which they are written.
        used: For each actor that matters, the ATT&CK ids of the techniques it is said to use.
        client: Whom they are for; None for nobody in particular.
        done: Ids of the actions that were marked as done.
        week: Number of the week; any whole number that grows by one a week.
    """
    ranked = [(_key(one, client), one) for one in (_ranked(a, used, client, done) for a in actions)]
    ranked.sort(key=itemgetter(0))
    turned = (_turned([one for _, one in tied], week) for _, tied in groupby(ranked, itemgetter(0)))
    return tuple(one for tied in turned for one in tied)


def _ranked(
    action: Action, used: Sequence[Set[str]], client: Client | None, done: Collection[str]
) -> RankedAction:
    named = {technique.code for technique in action.techniques}
    hit = tuple(
        technique.code
        for technique in action.techniques
        if any(technique.code in techniques for techniques in used)
    )
    actors = sum(1 for techniques in used if named & techniques)
    return RankedAction(
        action=action,
        done=action.id in done,
        techniques=hit,
        actors=actors,
        uses=sum(len(named & techniques) for techniques in used),
        of=len(used),
        why_here=_why_here(action, len(hit), actors, len(used), client),
    )


def _key(one: RankedAction, client: Client | None) -> _Key:
    return (one.done, -_fit(one.action, client), -one.actors, -one.uses)


def _fit(action: Action, client: Client | None) -> int:
    """1 where an action is meant for such a client, -1 where for others, 0 where for everybody."""
    if USES_MSP not in action.helps or client is None:
        return 0
    return 1 if client.uses_msp else -1


def _turned(tied: list[RankedAction], week: int) -> list[RankedAction]:
    first = week % len(tied)
    return tied[first:] + tied[:first]


def _why_here(action: Action, techniques: int, actors: int, of: int, client: Client | None) -> str:
    stands = _stands_against(techniques, actors, of)
    fit = _fit(action, client)
    if fit > 0:
        meant = "meant for those whose computers an IT provider runs"
        return _sentence("; ".join(filter(None, (meant, stands))))
    if fit < 0:
        return "Meant for those whose computers an IT provider runs, so it comes last."
    nothing = "nothing known here puts one action before another, so the week decides"
    return _sentence(stands or nothing)


def _stands_against(techniques: int, actors: int, of: int) -> str:
    if not of:
        return ""
    looked_at = "the actor" if of == 1 else f"{actors} of the {of} actors"
    if not techniques:
        return f"none of what it stands against is said to be used by {counted(of, 'actor')} here"
    if techniques == 1:
        return f"stands against 1 technique that {looked_at} {_use(actors)}"
    return f"stands against {techniques} techniques; {looked_at} {_use(actors)} at least one"


def _use(actors: int) -> str:
    return "uses" if actors == 1 else "use"


def _sentence(words: str) -> str:
    return f"{sentence_case(words)}."
