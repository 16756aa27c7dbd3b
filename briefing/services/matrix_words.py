"""What the matrix of competing hypotheses shows, in sentences: on a screen and in a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from briefing.core.case import Assessment, origin_key
from briefing.core.case_page import CasePage
from briefing.core.weighing import LeftOut
from briefing.core.wording import counted, listed, sentence_case

_MOST_CHANGES: Final = 3
_TOO_FEW: Final = 2
_EVEN: Final = 50


def leading(page: CasePage) -> str:
    """The first sentence: which hypothesis is the least refuted, or why none is yet."""
    case, labels = page.case, page.case.labels()
    if not any(one.cells for one in case.hypotheses):
        return "Nothing is judged yet."
    silent = [labels[one.id] for one in case.hypotheses if not one.cells]
    if silent:
        return f"{listed(silent)} {_is(silent)} not judged yet, so none is the least refuted."
    leaders = [labels[one] for one in page.weighing.leaders]
    if len(leaders) == 1 and len(case.hypotheses) < _TOO_FEW:
        return f"{leaders[0]} stands alone: nothing competes with it."
    if len(leaders) == 1:
        return f"{leaders[0]} is the least refuted, not proved."
    both = "equally" if len(leaders) == _TOO_FEW else "all equally"
    return f"{listed(leaders)} are {both} little refuted: the evidence does not decide."


def sentences(page: CasePage) -> tuple[str, ...]:
    """What has to be said beside it: how firm it is, what tells nothing apart, what is missing."""
    if not any(one.cells for one in page.case.hypotheses):
        return ()
    parts = (firmness(page), _silent_evidence(page), _shared_origins(page), _unjudged(page))
    return tuple(part for part in parts if part)


def firmness(page: CasePage) -> str:
    """Whether leaving out any origin would change the leader; "" where nothing competes yet."""
    case = page.case
    if len(case.hypotheses) < _TOO_FEW or not all(one.cells for one in case.hypotheses):
        return ""
    origins = dict.fromkeys(origin_key(one.origin) for one in case.evidence)
    if len(origins) == 1:
        label = _origin_label(page, next(iter(origins)))
        return f"All evidence goes back to one origin ({label}): without it nothing is left."
    changes = page.weighing.changes
    if not changes:
        several = len(page.weighing.leaders) > 1
        kept = "changes nothing" if several else "keeps it first"
        return f"Leaving each origin out in turn {kept}: not fragile."
    fragile = any(column.fragile for column in page.weighing.columns)
    told = [_change(page, change) for change in changes[:_MOST_CHANGES]]
    if len(changes) > _MOST_CHANGES:
        rest = counted(len(changes) - _MOST_CHANGES, "other origin")
        told.append(f"{sentence_case(rest)} change it too.")
    text = " ".join(told)
    return f"Fragile: {text[:1].lower()}{text[1:]}" if fragile else text


def _change(page: CasePage, change: LeftOut) -> str:
    labels = page.case.labels()
    rows = [labels[one.id] for one in page.case.evidence if origin_key(one.origin) == change.origin]
    without = f"Without origin {_origin_label(page, change.origin)} ({listed(rows)})"
    leaders = [labels[one] for one in change.leaders]
    if len(leaders) == 1:
        return f"{without} {leaders[0]} would lead."
    return f"{without} {listed(leaders)} would be level."


def _origin_label(page: CasePage, key: str) -> str:
    return page.case.origins().get(key, "not stated")


def _silent_evidence(page: CasePage) -> str:
    case, labels = page.case, page.case.labels()
    if len(case.hypotheses) < _TOO_FEW:
        return ""
    judged = {cell.evidence for one in case.hypotheses for cell in one.cells}
    silent = [
        labels[one.id]
        for one in case.evidence
        if one.id in judged and not page.weighing.diagnosticity.get(one.id)
    ]
    if not silent:
        return ""
    return f"{listed(silent)} {'tells' if len(silent) == 1 else 'tell'} nothing apart (0.00)."


def _shared_origins(page: CasePage) -> str:
    return " ".join(
        f"{listed(rows)} have one origin ({label}) and one vote."
        for label, rows in _sharing_groups(page)
    )


def _sharing_groups(page: CasePage) -> Iterator[tuple[str, Sequence[str]]]:
    labels = page.case.labels()
    told: set[str] = set()
    for one in page.case.evidence:
        others = page.weighing.sharing.get(one.id, ())
        if others and one.id not in told:
            told.update((one.id, *others))
            together = _in_order(page, (one.id, *others))
            yield _origin_label(page, origin_key(one.origin)), [labels[row] for row in together]


def _in_order(page: CasePage, rows: Iterable[str]) -> list[str]:
    wanted = set(rows)
    return [one.id for one in page.case.evidence if one.id in wanted]


def _unjudged(page: CasePage) -> str:
    missing = len(page.weighing.unjudged)
    if not missing:
        return ""
    cells = len(page.case.evidence) * len(page.case.hypotheses)
    is_are, it = ("is", "it counts") if missing == 1 else ("are", "they count")
    return f"{missing} of {counted(cells, 'cell')} {is_are} not judged yet; {it} for nothing."


def beside(page: CasePage, one: Assessment) -> str:
    """What a reader would ask: why is another hypothesis less refuted than the one that is held?

    "" where the assessment holds the leader, no longer stands, or not every hypothesis was judged.
    """
    case, labels = page.case, page.case.labels()
    settled = all(row.cells for row in case.hypotheses)
    leaders = page.weighing.leaders
    # The matrix is that of today: an assessment that was superseded may have rested on another.
    held = one.likelihood.high > _EVEN and case.assessment is one
    if not (settled and held) or one.hypothesis in leaders or one.hypothesis not in labels:
        return ""
    return f"{labels[leaders[0]]} is less refuted than {labels[one.hypothesis]} there."


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"
