"""Changes as rows: a heading for each day and source, then what came, went, or is put otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from briefing.core.brief import Inline, Mark, Span, Text
from briefing.core.history import ChangeKind, StatementChange, subject_words
from briefing.core.wording import listed
from briefing.ui.views.actor_sections.section import to_place
from briefing.ui.views.actor_sections.shown import Shown, date_words, spread, strong
from briefing.ui.widgets.prose_rows import ProseRow

FEW = 12
"""Things of one kind that are shown at first."""
_LONG = 60
"""From so many characters on, things of one kind are set apart by semicolons."""
_WORDS: dict[ChangeKind, str] = {
    "added": "added",
    "gone": "no longer said",
    "restated": "said otherwise",
}


def counts(found: Iterable[StatementChange]) -> str:
    """``12 added, 3 no longer said and 2 said otherwise``."""
    numbers = Counter(change.change for change in found)
    return listed(f"{numbers[kind]:,} {words}" for kind, words in _WORDS.items() if numbers[kind])


def change_rows(
    shown: Shown, found: Sequence[StatementChange], *, all_items: bool
) -> list[list[ProseRow]]:
    """Rows for changes in the order given, newest first: a group for each day and source.

    Args:
        shown: The actor, for the marks of its sources.
        found: Its changes.
        all_items: Whether all things of a kind are listed, or the first ``FEW``.
    """
    groups = []
    for _, group in groupby(found, key=lambda change: change.snapshot):
        changes = list(group)
        rows = [_head(shown, changes[0])]
        for kind, words in _WORDS.items():
            label = words
            for text in _kind_texts([c for c in changes if c.change == kind], all_items):
                rows.append(ProseRow(text, label))
                label = ""
        groups.append(rows)
    return groups


def _head(shown: Shown, change: StatementChange) -> ProseRow:
    title = f"{change.title} {change.version}".strip()
    marks: Text = (Mark((change.source,)),) if change.source in shown.numbers else ()
    return ProseRow((strong(title), *marks), date_words(change.day))


def _kind_texts(changes: Sequence[StatementChange], all_items: bool) -> list[Text]:
    """One text for each kind of thing said."""
    by_subject: dict[str, list[StatementChange]] = defaultdict(list)
    for change in changes:
        by_subject[subject_words(change.predicate)].append(change)
    return [
        (Span(f"{subject}: "), *_items(said, all_items)) for subject, said in by_subject.items()
    ]


def _items(said: Sequence[StatementChange], all_items: bool) -> Text:
    once = list({(change.text, change.differs): change for change in said}.values())
    wanted = once if all_items or len(once) <= FEW + 1 else once[:FEW]
    joiner = "; " if any(len(change.text) > _LONG for change in wanted) else ", "
    alike: dict[tuple[str, ...], list[StatementChange]] = defaultdict(list)
    for change in wanted:
        alike[change.differs].append(change)
    texts = [_alike(changes, differs, joiner) for differs, changes in alike.items()]
    rest = len(once) - len(wanted)
    more: tuple[Inline, ...] = (Span(f" and {rest:,} more"),) if rest else ()
    return (*spread(texts, "; "), *more)


def _alike(changes: Sequence[StatementChange], differs: tuple[str, ...], joiner: str) -> Text:
    """Things that changed in the same way, and that way once."""
    text = spread((_item(change) for change in changes), joiner)
    return (*text, Span(f" ({'; '.join(differs)})")) if differs else text


def _item(change: StatementChange) -> Text:
    name = to_place(change.text, change.opens) if change.opens else Span(change.text)
    return (name,) if change.tlp == "CLEAR" else (name, Span(f" TLP:{change.tlp}"))
