"""A preview says in figures and sentences what a person has to decide."""

from __future__ import annotations

from typing import Any

from store_samples import source

from briefing.core.preview import ItemChange, Preview


def items(action: str, kind: str, number: int) -> list[ItemChange]:
    return [ItemChange(action, kind, f"{kind}--{place}", f"Fox {place}") for place in range(number)]


def preview(*changes: ItemChange, **given: Any) -> Preview:
    fields = {
        "unchanged": 7,
        "quarantined": (),
        "held": {},
        "held_edition": "",
        "new_source": False,
    }
    return Preview(source(), "18.1", "feed.json", changes, **{**fields, **given})


def test_what_would_happen_is_counted_by_action_and_by_kind_in_the_order_of_the_items() -> None:
    shown = preview(
        *items("added", "malware", 2),
        *items("added", "relationship", 3),
        *items("changed", "malware", 1),
    )
    assert [shown.count(action) for action in ("added", "changed", "removed")] == [5, 1, 0]
    assert shown.by_kind() == (
        ("added", "malware", 2),
        ("added", "relationship", 3),
        ("changed", "malware", 1),
    )


def test_without_changes_it_is_empty_and_records_left_out_as_older_are_none() -> None:
    assert preview().empty
    assert preview(*items("older", "advisory", 3)).empty
    assert not preview(*items("removed", "malware", 1), held={"malware": 30}).empty


def test_a_document_that_is_named_anew_would_be_written_though_no_record_differs() -> None:
    assert not preview(documents=1).empty
    assert preview(documents=1, held_edition="2025-10").warnings


def test_an_older_release_is_told_where_it_would_change_something() -> None:
    said = preview(*items("changed", "malware", 1), held_edition="2025-10").warnings
    assert said == ("This release is older than the one you have.",)
    assert preview(held_edition="2025-10").warnings == ()


def test_an_unusual_share_of_one_kind_is_told_though_it_is_little_of_the_whole() -> None:
    shown = preview(
        *items("removed", "tool", 2),
        *items("removed", "relationship", 10),
        held={"tool": 10, "relationship": 1000},
    )
    (said,) = shown.warnings
    assert said.startswith("Unusual: this removes 2 of 10 records of the kind “tool” (20.0%).")
    assert shown.unusual == {"tool": 2}


def test_a_tenth_is_not_unusual_yet() -> None:
    assert preview(*items("removed", "tool", 1), held={"tool": 10}).warnings == ()
