"""How an import is put into words and counts, and a table that is made as it is looked at."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from store_samples import actor, changes, source

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.history import SnapshotRow
from briefing.core.preview import FieldChange, ItemChange, Preview
from briefing.services.feed_reading import Incoming
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.views.import_digest import Digest, digest_of
from briefing.ui.views.import_words import (
    age_words,
    apply_words,
    differs_words,
    kind_words,
    licence_words,
    outcome_words,
    shown_version,
    undo_question,
    undo_words,
    version_words,
)
from briefing.ui.widgets.cells import KEY_ROLE


def _changed(*fields: FieldChange) -> ItemChange:
    return ItemChange("changed", "intrusion-set", "x", "Fox", fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([FieldChange("x_mitre_version", "2.1", "3.0")], "2.1 → 3.0 · version only"),
        ([FieldChange("modified", "a", "b")], "date only"),
        ([FieldChange("aliases", "", "Vixen", 0, 2)], "names +2"),
        ([FieldChange("meta · synonyms", "Todd", "Vixen", 1, 3)], "names +3 −1"),
        (
            [
                FieldChange("description", "a", "b"),
                FieldChange("external_references", "", "…", 0, 1),
                FieldChange("modified", "a", "b"),
                FieldChange("x_mitre_version", "2.1", "3.0"),
            ],
            "2.1 → 3.0 · text, sources +1",
        ),
        ([FieldChange(name, "a", "b") for name in "abcde"], "a, b, c, 2 more"),
        ([], ""),
    ],
)
def test_what_differs_is_said_in_a_line(fields: list[FieldChange], words: str) -> None:
    assert differs_words(_changed(*fields)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day old"), (34, "34 days old"), (365, "12 months old"), (1100, "3 years old")],
)
def test_an_age_is_said_in_the_largest_unit_that_says_something(days: int, words: str) -> None:
    assert age_words(days) == words


def test_kinds_licences_and_versions_have_words() -> None:
    assert kind_words("intrusion-set") == "Actors (groups)"
    assert kind_words("x-other-thing") == "Other thing"
    assert licence_words("CC-BY-4.0 by its notice; pages are not") == "CC-BY-4.0 by its notice"
    assert shown_version("349") == "v349"
    assert shown_version("up to 2025-11-12") == "2025-11-12"
    assert outcome_words(0, 0, 0) == "nothing new"
    assert outcome_words(1200, 0, 3) == "1,200 added and 3 removed"


def _row(**changed: object) -> SnapshotRow:
    fields = {
        "id": 7,
        "source": "feed-a",
        "title": "Feed A",
        "version": "up to 2025-11-12",
        "version_before": "up to 2025-05-02",
        "applied_at": "2026-11-24T09:30:00+00:00",
        "file": "feed.json",
        "added": 4,
        "changed": 0,
        "removed": 2,
        "quarantined": 0,
        "newest": True,
    }
    return SnapshotRow(**{**fields, **changed})  # type: ignore[arg-type]  # as in the database


def test_an_import_says_whether_and_what_it_would_take_to_undo_it() -> None:
    assert version_words(_row()) == "2025-05-02 → 2025-11-12"
    assert undo_words(_row()) == ""
    assert undo_words(_row(file="")) == "came with the program"
    assert undo_words(_row(newest=False)) == "undo the later one first"
    asked, told = undo_question(_row())
    assert asked == "Take back Feed A, 2025-05-02 → 2025-11-12?"
    assert told == "4 records that it added would go and 2 that it removed would come back."
    assert undo_question(_row(added=0, removed=0, version="", version_before=""))[1] == ""


def _digest(
    items: Sequence[ItemChange], held: dict[str, int], later: str = "", said: str = ""
) -> Digest:
    statement = StatementDraft("a", Predicate.USES_TECHNIQUE, object="t")
    change_set = changes(actor(1, "Fox", said=[statement] if said else []), full=False)
    preview = Preview(
        source=source(),
        version="1",
        file="f",
        items=tuple(items),
        unchanged=0,
        quarantined=(),
        held=held,
        held_edition=later,
        new_source=False,
    )
    return digest_of(preview, Incoming("f", "stix", change_set, ("f",)))


def test_the_button_says_what_is_unusual() -> None:
    usual = _digest([ItemChange("added", "tool", "a", "A")], {})
    gone = _digest([ItemChange("removed", "tool", "a", "A")], {"tool": 2})
    old = _digest([ItemChange("added", "tool", "a", "A")], {}, later="2026")
    both = _digest([ItemChange("removed", "tool", "a", "A")], {"tool": 2}, later="2026")
    assert apply_words([usual]) == "Apply as one snapshot"
    assert apply_words([gone]) == "Apply, removing 1"
    assert apply_words([old]) == "Apply the older release"
    assert apply_words([both]) == "Apply the older release, removing 1"
    assert apply_words([usual, usual]) == "Apply all 2"
    assert apply_words([usual, gone, old]) == "Apply all 3, an older release too, removing 1"
    assert apply_words([old, old]) == "Apply all 2, 2 older releases too"


def test_a_digest_counts_each_kind_and_says_what_new_objects_bring() -> None:
    items = [
        ItemChange("added", "intrusion-set", "a", "Fox"),
        ItemChange("changed", "tool", "b", "Net", (FieldChange("name", "a", "b"),)),
        ItemChange("changed", "tool", "c", "Rod", (FieldChange("modified", "a", "b"),)),
        ItemChange("older", "report", "d", "News"),
        ItemChange("added", "relationship", "e", "Fox uses Net", relation="uses"),
    ]
    digest = _digest(items, {"tool": 5, "identity": 1}, said="yes")
    assert [(one.kind, one.held, one.then, one.touched) for one in digest.kinds] == [
        ("tool", 5, 5, 2),
        ("intrusion-set", 0, 1, 1),
        ("relationship", 0, 1, 1),
        ("report", 0, 0, 1),
        ("identity", 1, 1, 0),
    ]
    assert (digest.total.held, digest.total.then, digest.total.touched) == (6, 8, 5)
    assert digest.brings == {"a": "1 technique"}
    assert digest.undated == 1
    assert digest.relations == (("uses", 1, 0),)
    assert not digest.tells_nothing
    assert not _digest([items[3]], {}).tells_nothing
    assert _digest([], {}).tells_nothing


def test_cells_are_made_only_for_rows_that_are_looked_at(qtbot: QtBot) -> None:
    made: list[int] = []

    def cell(row: int, column: int) -> Cell:
        made.append(row)
        return Cell(f"{row}", row if column else None, strong=row == 3)

    model = LazyTableModel[int](
        [PlainColumn("Name"), PlainColumn("Number", "How many", numeric=True)], cell, str
    )
    model.set_rows(range(100_000))
    assert model.rowCount() == 100_000
    assert made == []
    index = model.index(99_999, 0)
    assert index.data() == "99999"
    assert index.data(KEY_ROLE) == "99999"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Number"
    assert len(made) == 1


def test_rows_are_sorted_by_number_or_by_words_and_keep_their_place_in_a_selection(
    qtbot: QtBot,
) -> None:
    rows = ["b", "A", "c"]
    model = LazyTableModel[str](
        [PlainColumn("Name"), PlainColumn("Length", numeric=True)],
        lambda row, column: Cell(row, {"b": 3, "A": 1, "c": 2}[row] if column else None),
        str,
    )
    model.set_rows(rows)
    kept = model.index(0, 0)
    model.sort(0)
    assert [model.item(row) for row in range(3)] == ["A", "b", "c"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [model.item(row) for row in range(3)] == ["b", "c", "A"]
    model.sort(-1)
    assert [model.item(row) for row in range(3)] == rows
    assert kept.data() == "b"
