"""What imports changed of what is said about one actor."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import dated_imports
import pytest
from store_samples import actor, changes, document, native, source, targets

from briefing.core.changes import (
    ChangeSet,
    Label,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
)
from briefing.core.history import StatementChange
from briefing.store.actor_changes import changes_since, last_import
from briefing.store.apply import undo
from briefing.store.connection import immediate
from briefing.store.labels import read_labels, write_labels
from briefing.store.read_models import rebuild

TakeOn = Callable[[str, ChangeSet], None]
Tell = Callable[..., tuple[StatementChange, ...]]


@pytest.fixture
def take_on(database: sqlite3.Connection, path: Path) -> TakeOn:
    """Takes a change-set in on a day."""

    def take_it(day: str, change_set: ChangeSet) -> None:
        dated_imports.take_on(database, path, day, change_set)

    return take_it


@pytest.fixture
def tell(database: sqlite3.Connection) -> Tell:
    """Tells what changed for the first actor."""

    def told(since: str = "2026-01-01") -> tuple[StatementChange, ...]:
        return changes_since(database, read_labels(database), native(1), since)

    return told


def said(
    predicate: Predicate = Predicate.NAMED, value: str = "Owl", **more: object
) -> StatementDraft:
    """One statement about the first actor."""
    return StatementDraft(native(1), predicate, value=value, **more)  # type: ignore[arg-type]  # fields


def short(found: tuple[StatementChange, ...]) -> list[tuple[str, str, str]]:
    return [(change.change, change.predicate, change.text) for change in found]


def test_the_first_import_of_a_source_changes_nothing(take_on: TakeOn, tell: Tell) -> None:
    take_on("2026-02-01", changes(actor(1, "Fox", "Red Fox")))
    take_on("2026-03-01", changes(actor(1, "Fox", "Vixen"), of=source("feed-b")))
    assert tell() == ()


def test_what_came_and_what_went_is_told_with_day_source_and_version(
    take_on: TakeOn, tell: Tell
) -> None:
    take_on("2026-02-01", changes(actor(1, "Fox", "Red Fox")))
    take_on("2026-03-01", changes(actor(1, "Fox", "Vixen"), version="2"))
    found = tell()
    assert sorted(short(found)) == [("added", "named", "Vixen"), ("gone", "named", "Red Fox")]
    assert {(c.day, c.source, c.title, c.version) for c in found} == {
        ("2026-03-01", "feed-a", "Feed-A", "2")
    }


def test_only_imports_from_the_day_on_count_and_the_newest_comes_first(
    take_on: TakeOn, tell: Tell
) -> None:
    for day, name in (("2026-02-01", "A"), ("2026-03-01", "B"), ("2026-04-01", "C")):
        take_on(day, changes(actor(1, "Fox", name)))
    assert short(tell("2026-04-01")) == [("gone", "named", "B"), ("added", "named", "C")]
    assert [change.day for change in tell("2026-02-02")] == ["2026-04-01"] * 2 + ["2026-03-01"] * 2


def test_what_is_still_said_is_no_change_even_where_its_record_changed(
    take_on: TakeOn, tell: Tell
) -> None:
    take_on("2026-02-01", changes(actor(1, "Fox")))
    take_on("2026-03-01", changes(actor(1, "Fox")))
    assert tell() == ()


def test_what_another_record_of_the_source_says_now_is_no_change(
    take_on: TakeOn, tell: Tell
) -> None:
    def link(name: str) -> RecordDraft:
        return RecordDraft.of(name, "relationship", {"id": name}, [said()])

    take_on("2026-02-01", changes(actor(1, "Fox"), link("relationship--1")))
    take_on("2026-03-01", changes(actor(1, "Fox"), link("relationship--2")))
    assert tell() == ()


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ({"confidence": "low"}, {"confidence": "high"}, ("confidence: low → high",)),
        ({}, {"first_seen": "2019"}, ("first seen: not stated → 2019",)),
        ({"last_seen": "2019"}, {}, ("last seen: 2019 → not stated",)),
        ({}, {"tlp": "AMBER"}, ("marking: CLEAR → AMBER",)),
        ({}, {"detail": {"coined_by": "Us"}}, ("coined by: not stated → Us",)),
        ({"detail": {"so_far": "x" * 50}}, {"detail": {"so_far": "y"}}, ("so far",)),
        ({"detail": {"n": [1]}}, {"detail": {"n": [2]}}, ("n",)),
        ({}, {"documents": (document().id,)}, ("references",)),
    ],
)
def test_the_same_said_with_other_particulars_is_one_change_that_names_them(
    take_on: TakeOn,
    tell: Tell,
    before: dict[str, object],
    after: dict[str, object],
    differs: tuple[str, ...],
) -> None:
    take_on("2026-02-01", changes(actor(1, "Fox", said=[said(**before)])))
    fox = actor(1, "Fox", said=[said(**after)])
    take_on("2026-03-01", changes(fox, documents=[document()]))
    [change] = tell()
    assert (change.change, change.text, change.differs) == ("restated", "Owl", differs)


def test_another_order_of_the_same_sentences_is_no_change(take_on: TakeOn, tell: Tell) -> None:
    def told(*places: int) -> ChangeSet:
        words = (
            said(Predicate.JUDGED, f"Sentence {number}.", detail={"place": place})
            for number, place in enumerate(places)
        )
        return changes(actor(1, "Fox", said=words))

    take_on("2026-02-01", told(1, 2))
    take_on("2026-03-01", told(2, 1))
    assert tell() == ()


def test_a_rewritten_description_is_shown_from_where_it_differs(
    take_on: TakeOn, tell: Tell
) -> None:
    head = "It has been known since 2012 and has often been written about by many. It attacks "
    for day, rest in (("2026-02-01", "banks."), ("2026-03-01", "schools. " + "And more. " * 40)):
        text = said(Predicate.DESCRIBED_AS, head + rest, object="description")
        take_on(day, changes(actor(1, "Fox", said=[text])))
    [change] = tell()
    assert change.change == "restated"
    assert change.text.startswith("…often been written about by many. It attacks schools. ")
    assert change.text.endswith("…")
    [before] = change.differs
    assert before == "before: …often been written about by many. It attacks banks."


def test_of_several_descriptions_none_is_said_to_replace_another(
    take_on: TakeOn, tell: Tell
) -> None:
    def told(*texts: str) -> ChangeSet:
        words = (said(Predicate.DESCRIBED_AS, text, object="summary") for text in texts)
        return changes(actor(1, "Fox", said=words))

    take_on("2026-02-01", told("One.", "Two."))
    take_on("2026-03-01", told("Three.", "Two.", "Four."))
    assert sorted(change for change, _, _ in short(tell())) == ["added", "added", "gone"]


def test_what_came_and_went_within_the_time_is_told_twice(take_on: TakeOn, tell: Tell) -> None:
    take_on("2026-02-01", changes(actor(1, "Fox")))
    take_on("2026-03-01", changes(actor(1, "Fox", "Vixen")))
    take_on("2026-04-01", changes(actor(1, "Fox")))
    assert short(tell()) == [("gone", "named", "Vixen"), ("added", "named", "Vixen")]


def test_an_import_taken_back_changed_nothing(
    take_on: TakeOn, tell: Tell, database: sqlite3.Connection, path: Path
) -> None:
    take_on("2026-02-01", changes(actor(1, "Fox")))
    take_on("2026-03-01", changes(actor(1, "Fox", "Vixen")))
    assert last_import(database)
    with immediate(database, path):
        undo(database, 2)
        rebuild(database)
    assert tell() == ()
    assert last_import(database) == ""


def test_documents_and_advice_are_not_news_about_an_actor(take_on: TakeOn, tell: Tell) -> None:
    take_on("2026-02-01", changes(actor(1, "Fox")))
    other = [
        said(Predicate.MENTIONED_IN, "", object=document().id),
        said(Predicate.ADVISED, "Look out."),
    ]
    take_on("2026-03-01", changes(actor(1, "Fox", said=other), documents=[document()]))
    assert tell() == ()


def test_codes_are_told_in_words_and_techniques_lead_to_their_page(
    take_on: TakeOn, tell: Tell, database: sqlite3.Connection
) -> None:
    attack = source("attack-enterprise")
    technique, tool = "attack-pattern--1", "tool--1"
    write_labels(
        database,
        [
            Label("sector", "energy", "Energy"),
            Label("country", "RU", "Russia"),
            Label("place", "nato", "NATO countries"),
        ],
    )
    database.commit()
    take_on("2026-01-01", changes(technique_record(technique), tool_record(tool), of=attack))
    take_on("2026-02-01", changes(actor(1, "Fox"), actor(2, "Owl")))
    fox = actor(
        1,
        "Fox",
        said=[
            *targets(1, "energy"),
            said(Predicate.LOCATED_IN, "Russian", object="RU"),
            said(Predicate.TARGETS_COUNTRY, "NATO", object="nato"),
            said(Predicate.USES_TECHNIQUE, "uses", object=technique),
            said(Predicate.USES_SOFTWARE, "uses", object=tool),
            said(Predicate.OVERLAPS_WITH, "similar", object=native(2)),
            said(Predicate.DISPUTED_WITH, "", object=native(2)),
            said(Predicate.SAME_AS, "", object="unknown--1"),
            said(Predicate.HAPPENED, "It was named.", first_seen="2017-02"),
            said(Predicate.DESCRIBED_AS, "x" * 400, object="summary"),
        ],
    )
    take_on("2026-03-01", changes(fox, actor(2, "Owl")))
    found = {change.predicate: change for change in tell()}
    words = {predicate: change.text for predicate, change in found.items()}
    assert words.pop("described-as") == "x" * 239 + "…"
    assert words == {
        "targets-sector": "Energy",
        "located-in": "Russia",
        "targets-country": "NATO countries",
        "uses-technique": "T1001 Hiding",
        "uses-software": "Tool",
        "overlaps-with": "Owl (similar)",
        "disputed-with": "Owl",
        "same-as": "unknown--1",
        "happened": "2017-02: It was named.",
    }
    opens = {change.opens for change in found.values()}
    assert opens == {technique, tool, ""}


def test_changes_of_every_record_of_an_actor_are_told(take_on: TakeOn, tell: Tell) -> None:
    feeds: dict[str, SourceInfo] = {name: source(name) for name in ("feed-a", "feed-b")}
    take_on("2026-02-01", changes(actor(1, "Fox"), of=feeds["feed-a"]))
    take_on("2026-02-01", changes(actor(2, "Fox"), of=feeds["feed-b"]))
    take_on("2026-03-01", changes(actor(2, "Fox", "Vixen"), of=feeds["feed-b"]))
    assert [(change.text, change.source) for change in tell()] == [("Vixen", "feed-b")]


def test_the_last_import_is_the_last_that_can_have_changed_something(
    take_on: TakeOn, database: sqlite3.Connection
) -> None:
    assert last_import(database) == ""
    take_on("2026-02-01", changes(actor(1, "Fox")))
    assert last_import(database) == ""
    take_on("2026-03-01", changes(actor(1, "Fox", "Vixen")))
    take_on("2026-04-01", changes(actor(2, "Owl"), of=source("feed-b")))
    assert last_import(database) == "2026-03-01T10:00:00+00:00"


def technique_record(native_id: str) -> RecordDraft:
    """A technique as ATT&CK gives it."""
    content = {
        "id": native_id,
        "type": "attack-pattern",
        "name": "Hiding",
        "external_references": [{"source_name": "mitre-attack", "external_id": "T1001"}],
    }
    named = StatementDraft(native_id, Predicate.NAMED, value="Hiding")
    return RecordDraft.of(native_id, "attack-pattern", content, [named])


def tool_record(native_id: str) -> RecordDraft:
    """A tool as ATT&CK gives it."""
    named = StatementDraft(native_id, Predicate.NAMED, value="Tool")
    return RecordDraft.of(native_id, "tool", {"id": native_id, "name": "Tool"}, [named])
