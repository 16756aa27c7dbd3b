"""A file that was taken before: known again where it would change nothing, and hiding nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from feed_samples import item, rss
from stix_samples import bundle, thing
from update_samples import Desk, advisory, exploited, told, with_addresses

from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Reading, read_paths
from briefing.services.import_feeds import Leave, Result, apply_import
from briefing.services.task import Task


def read(desk: Desk, *files: Path, source: str = "") -> Reading:
    return read_paths(files, feed_context(desk.knowledge, desk.data, source), Task.silent())


def take(
    desk: Desk, *files: Path, source: str = "", leave: Leave | None = None
) -> tuple[Result, ...]:
    """Files as the program reads and takes them."""
    incoming = read(desk, *files, source=source).incoming
    return apply_import(desk.path, incoming, leave or Leave(), desk.asking.clock(), Task.silent())


def holders(desk: Desk, kind: str) -> set[str]:
    """Ids of the sources that say something of a kind."""
    query = "SELECT DISTINCT source FROM record WHERE kind = ? AND to_snapshot IS NULL"
    return {source for (source,) in desk.rows(query, kind)}


def written(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = []
    for name, content in files:
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    return paths


@pytest.mark.parametrize("first", [0, 1, 2])
@pytest.mark.parametrize("by_folder", [True, False])
def test_a_file_that_is_held_hides_no_other_file_of_its_source(
    desk: Desk, tmp_path: Path, first: int, by_folder: bool
) -> None:
    folder = tmp_path / "stick"
    files = written(folder, ((f"{n}.json", advisory(n)) for n in (1, 2, 3)))
    take(desk, files[first])
    take(desk, *([folder] if by_folder else files))
    query = "SELECT count(*) FROM record WHERE source = 'cisa-csaf' AND to_snapshot IS NULL"
    assert desk.rows(query) == [(3,)]


@pytest.mark.parametrize("by_folder", [True, False])
def test_of_an_old_and_a_new_release_the_new_one_stands_though_it_was_held_before(
    desk: Desk, tmp_path: Path, by_folder: bool
) -> None:
    folder = tmp_path / "stick"
    new, old = exploited(1, 2, 3, version="2024.03.09"), exploited(1, 2, version="2024.03.01")
    files = written(folder, (("a.json", new), ("b.json", old)))
    take(desk, files[0])
    paths = [folder] if by_folder else files
    take(desk, *paths, leave=Leave(older=True, removals=True))
    query = "SELECT native_id FROM record WHERE source = 'cisa-kev' AND to_snapshot IS NULL"
    assert len(desk.rows(query)) == 3


def test_a_file_alone_that_is_held_is_known_again_and_not_read(desk: Desk, tmp_path: Path) -> None:
    (file,) = written(tmp_path, [("kev.json", exploited(1, 2))])
    take(desk, file)
    (incoming,) = read(desk, file).incoming
    assert (incoming.changes.repeats, incoming.changes.records) == (2, ())


def test_what_a_person_put_under_a_name_is_still_taken_under_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    (file,) = written(tmp_path, [("kev.json", exploited(1, 2))])
    take(desk, file, source="mine")
    (result,) = take(desk, file)
    assert (result.source, told(result)) == ("cisa-kev", (2, 0, 0, 0))
    assert holders(desk, "vulnerability") == {"mine", "cisa-kev"}
    (again,) = take(desk, file)
    assert (again.source, told(again)) == ("cisa-kev", (0, 0, 0, 2))


def test_news_that_a_person_put_under_an_authority_is_still_taken_under_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    (file,) = written(tmp_path, [("news.xml", rss(item(title="Fox", guid="1")).encode())])
    take(desk, file, source="ncsc-uk")
    (result,) = take(desk, file)
    assert (result.source, told(result)) == ("local-fox-news", (1, 0, 0, 0))


def test_where_the_name_of_the_file_says_whose_it_is_another_name_is_another_source(
    desk: Desk, tmp_path: Path
) -> None:
    content = bundle(thing("tool", name="Spade"))
    files = written(tmp_path, [("fox.json", content), ("owl.json", content)])
    results = [take(desk, file)[0] for file in files]
    assert [result.source for result in results] == ["local-fox", "local-owl"]
    assert holders(desk, "tool") == {"local-fox", "local-owl"}


def test_where_the_program_has_come_to_know_a_higher_label_the_same_file_is_read_again(
    desk: Desk, tmp_path: Path
) -> None:
    (file,) = written(tmp_path, [("kev.json", exploited(1, 2))])
    take(desk, file)
    desk.data = with_addresses(tmp_path / "data", [])
    feeds = desk.data / "feeds.toml"
    head, mark, rest = feeds.read_text(encoding="utf-8").partition('id = "cisa-kev"')
    narrowed = rest.replace('tlp = "CLEAR"', 'tlp = "AMBER"', 1)
    feeds.write_text(f"{head}{mark}{narrowed}", encoding="utf-8")
    (result,) = take(desk, file)
    assert told(result) == (0, 2, 0, 0)
    assert desk.rows("SELECT DISTINCT tlp FROM statement WHERE to_snapshot IS NULL") == [("AMBER",)]
