"""A source's TLP label: the highest that is known stands until a person says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from stix_samples import bundle, ref, thing
from update_samples import Desk, exploited

from briefing.core.tlp import Tlp
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, Result, apply_import
from briefing.services.task import Task

CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"


def take(
    desk: Desk, path: Path, content: bytes, source: str = "", label: Tlp | None = None
) -> Result:
    """One file as the program reads and takes it."""
    path.write_bytes(content)
    return take_path(desk, path, source, label)


def take_path(desk: Desk, path: Path, source: str = "", label: Tlp | None = None) -> Result:
    context = feed_context(desk.knowledge, desk.data, source, label)
    incoming = read_paths([path], context, Task.silent()).incoming
    (result,) = apply_import(desk.path, incoming, Leave(), desk.asking.clock(), Task.silent())
    assert result.error is None
    return result


def labels(desk: Desk, source: str) -> tuple[str, set[str]]:
    """The label of a source, and those of what it says."""
    ((label,),) = desk.rows("SELECT tlp FROM source WHERE id = ?", source)
    query = (
        "SELECT s.tlp FROM statement s JOIN record r ON r.id = s.record"
        " WHERE r.source = ? AND s.to_snapshot IS NULL"
    )
    return label, {tlp for (tlp,) in desk.rows(query, source)}


def from_acme(*numbers: int, marks: tuple[str, ...] = (CLEAR,)) -> bytes:
    """A bundle of a producer whom the program does not know."""
    shared = {"created_by_ref": ref("identity"), "object_marking_refs": list(marks)}
    if not marks:
        del shared["object_marking_refs"]
    identity = thing("identity", name="Acme", identity_class="organization", **shared)
    tools = [thing("malware", n, name=f"Spade {n}", is_family=True, **shared) for n in numbers]
    return bundle(identity, *tools)


@pytest.mark.parametrize("source", ["", "cisa-kev"])
def test_a_label_that_a_person_raised_stays_whatever_the_program_knows_of_the_source(
    desk: Desk, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "kev.json"
    take(desk, file, exploited(1, version="2024.03.01"), "cisa-kev", Tlp.RED)
    take(desk, file, exploited(1, 2, version="2024.03.02"), source)
    assert labels(desk, "cisa-kev") == ("RED", {"RED"})


def test_a_label_that_a_person_raised_stays_whatever_a_producer_marks(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "acme.json"
    take(desk, file, from_acme(1), "local-acme", Tlp.RED)
    result = take(desk, file, from_acme(1, 2))
    assert result.source == "local-acme"
    assert labels(desk, "local-acme")[0] == "RED"


def test_a_person_can_widen_a_label_by_saying_so(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "kev.json"
    take(desk, file, exploited(1), "cisa-kev", Tlp.RED)
    take(desk, file, exploited(1), "cisa-kev", Tlp.GREEN)
    assert labels(desk, "cisa-kev") == ("GREEN", {"GREEN"})


def test_what_the_program_knows_narrows_what_was_recorded_under_a_lower_label(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "some.json"
    take(desk, file, bundle(thing("tool", name="Spade")), "ransomlook", Tlp.CLEAR)
    take(desk, file, bundle(thing("tool", name="Spades")), "ransomlook")
    assert labels(desk, "ransomlook") == ("AMBER", {"AMBER"})


@pytest.mark.parametrize("names", [("a.json", "b.json"), ("b.json", "a.json")])
def test_of_files_that_are_taken_together_the_one_without_a_label_narrows_the_source(
    desk: Desk, tmp_path: Path, names: tuple[str, str]
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    marked, unmarked = names
    (folder / marked).write_bytes(from_acme(1))
    (folder / unmarked).write_bytes(from_acme(2, marks=()))
    take_path(desk, folder)
    source, stated = labels(desk, "local-acme")
    assert (source, stated) == ("RED", {"CLEAR", "RED"})
