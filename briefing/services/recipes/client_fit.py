"""How high the blocks for a client come out: actors with reasons, the matrix, costed actions."""

from __future__ import annotations

from briefing.core.brief import Action, Actions, ActorReasons, Matrix, Span, Style
from briefing.services.recipes.text_fit import CELL, MM, NOTE, SMALL, Ruler

_WIDE = 150 * MM
"""A section as wide as the page has more than this for its content."""
_HEAD, _ROW = 13.2, 5.7
"""What a table's head of one line takes, and what a row adds to its words."""
_GAP = 8.0


def actor_reasons(ruler: Ruler, block: ActorReasons, width: float) -> float:
    """Head, a row an actor, note."""
    signs = len(block.signs)
    sign = min(12.4 * MM, 60 * MM / max(signs, 1))
    name = (44 if width > _WIDE else 31) * MM
    why = width - name - signs * sign - 12 * MM - _GAP
    heads = (ruler.high(head, *NOTE, sign) for head in block.signs)
    total = _ROW + max(7.5, *heads, 0.0)
    for row in block.rows:
        called = ruler.high(row.name, *CELL, name - _GAP, bold=True)
        called += 2.5 + ruler.high(row.origin or "origin not stated", *SMALL, name - _GAP)
        total += _ROW + max(called, ruler.high(row.why, *CELL, why))
    return total + ruler.note(block.note, width)


def matrix(ruler: Ruler, block: Matrix, width: float) -> float:
    """Heads, a row a label, note."""
    many = max(len(block.columns), 1)
    column = min(16 * MM, (width - 52 * MM) / many)
    label = width - column * many - 14 * MM - 2
    heads = [ruler.high(name, *NOTE, column - 4) for name in block.columns]
    heads += [ruler.high(block.head, *NOTE, label)]
    heads += [ruler.high(f"All {block.unit}", *NOTE, 14 * MM - 2)]
    total = 3.5 + max(heads)
    for name, _ in block.rows:
        total += 5.2 + ruler.high(name, *CELL, label, bold=name in block.own)
    return total + ruler.note(block.note, width)


def costed_actions(ruler: Ruler, block: Actions, width: float) -> float:
    """Head and a row an action, with its codes below it."""
    who = (36 if width > _WIDE else 26) * MM
    return _HEAD + sum(_costed(ruler, action, width, who) for action in block.actions)


def _costed(ruler: Ruler, action: Action, width: float, who: float) -> float:
    own = width - 28 * MM - who - 15 * MM - _GAP - 5.3 * MM
    do = Span(f"{action.do}, ", Style.STRONG)
    high = ruler.high((do, *action.why), *CELL, own)
    codes = (", ".join(action.mitigations), ", ".join(action.techniques))
    if any(codes):
        high += 3 + ruler.high(" · ".join(filter(None, codes)), *NOTE, own)
    beside = (
        ruler.high(action.stage, *CELL, 28 * MM - _GAP),
        ruler.high(action.who, *CELL, who - _GAP),
        ruler.high(action.cost, *CELL, 15 * MM),
    )
    return _ROW + max(high, *beside)
