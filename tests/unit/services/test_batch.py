"""Many clients in one run: each gets what it would get alone, and one fault costs one client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from brief_clients import LAW_FIRM, NOON, PRACTICE, PROVIDER, client_brief
from client_samples import FILE, labels, png
from relevance_samples import BEAR, PANDA, WOLF, add, bear, panda, sponsored_by, targets, wolf

from briefing.core.brief import Brief
from briefing.core.client import Brand, Client
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.exports.registry import FORMATS, ExportFormat, by_name
from briefing.services.batch import Batched, BatchRequest, write_batch
from briefing.services.batch_clients import Candidate, of_files, of_folder, of_workspace
from briefing.services.clients import ClientShelf
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile


@pytest.fixture
def knowledge(path: Path) -> Iterator[KnowledgeFile]:
    """Bear for anybody, Panda for an audience up to AMBER."""
    add(path, bear(*sponsored_by("RU"), *targets(BEAR, "healthcare", "technology")))
    add(path, panda(*targets(PANDA, "healthcare")), of="feed-b", tlp="AMBER")
    with closing(KnowledgeFile(path)) as opened:
        yield opened


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "out"


def wanted(folder: Path, *formats: str, **more: object) -> BatchRequest:
    known = tuple(by_name(name) for name in formats or ("md",))
    return BatchRequest(known, folder, NOON, **more)  # type: ignore[arg-type]  # as named there


def run(
    knowledge: KnowledgeFile,
    request: BatchRequest,
    *clients: Client | Candidate,
    task: Task | None = None,
) -> Batched:
    found = [one if isinstance(one, Candidate) else Candidate(one.name, one) for one in clients]
    return write_batch(knowledge, found, request, None, task or Task.silent())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_each_client_gets_what_it_would_get_alone(knowledge: KnowledgeFile, out: Path) -> None:
    """Byte for byte, in every format: nothing of the run, or of another client, is in a file."""
    branded = replace(PRACTICE, brand=Brand(png(), "#0b3c78", "#4f94c9", "For the harbour"))
    clients = (branded, LAW_FIRM, PROVIDER)
    everything = tuple(known.name for known in FORMATS if known.name != "navigator")
    together = run(knowledge, wanted(out, *everything), *clients)
    assert together.failed == ()
    for client, outcome in zip(clients, together.outcomes, strict=True):
        brief = client_brief(knowledge, client)
        for file in outcome.files:
            assert file.path.read_bytes() == by_name(file.format).render(brief)


def test_each_client_has_its_own_ceiling(knowledge: KnowledgeFile, out: Path) -> None:
    amber = replace(PRACTICE, name="Amber", tlp=Tlp.AMBER)
    green = replace(PRACTICE, name="Green", tlp=Tlp.GREEN)
    clear = replace(PRACTICE, name="Clear", tlp=Tlp.CLEAR)
    batched = run(knowledge, wanted(out), amber, green, clear, replace(amber, name="Again"))
    texts = {
        outcome.name: outcome.files[0].path.read_text(encoding="utf-8")
        for outcome in batched.outcomes
    }
    assert [name for name, text in texts.items() if "Panda" in text] == ["Amber", "Again"]
    assert [outcome.tlp for outcome in batched.outcomes] == [
        Tlp.AMBER,
        Tlp.GREEN,
        Tlp.CLEAR,
        Tlp.AMBER,
    ]
    assert [bool(outcome.withheld) for outcome in batched.outcomes] == [False, True, True, False]


def test_no_file_names_another_client(knowledge: KnowledgeFile, out: Path) -> None:
    clients = [
        replace(PRACTICE, name=f"Quay{number}house", brand=Brand(footer=f"Pier{number}foot"))
        for number in range(5)
    ]
    batched = run(knowledge, wanted(out, "md", "html", "stix", "csv"), *clients)
    assert len(batched.files) == 20
    for number, outcome in enumerate(batched.outcomes):
        for file in outcome.files:
            content = file.path.read_bytes()
            others = (other for other in range(5) if other != number)
            assert not any(f"Quay{other}house".encode() in content for other in others)
            assert not any(
                f"Pier{other}foot".encode() in content for other in range(5) if other != number
            )


def test_clients_of_one_name_get_files_of_their_own(knowledge: KnowledgeFile, out: Path) -> None:
    names = ("Harbour", "HARBOUR", "con", "???", "...")
    batched = run(knowledge, wanted(out), *(replace(PRACTICE, name=name) for name in names))
    ending = " - client briefing - TLP-AMBER.md"
    assert [file.path.name.removesuffix(ending) for file in batched.files] == [
        "Harbour",
        "HARBOUR (2)",
        "_con",
        "Unnamed",
        "Unnamed (2)",
    ]
    assert len(contents(out)) == len(names)


def test_one_bad_client_does_not_stop_the_rest(
    knowledge: KnowledgeFile, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = replace(LAW_FIRM, brand=Brand(b"\x89PNG\r\n\x1a\nnot a picture at all"))
    unread = Candidate("x.toml", None, BriefingError("The client file x.toml was refused."))
    batched = run(knowledge, wanted(out, "pdf", "md"), damaged, unread, PRACTICE)
    law_firm, refused, practice = batched.outcomes
    assert [failure.format for failure in law_firm.failures] == ["pdf"]
    assert "logo" in law_firm.failures[0].error.message
    assert [file.format for file in law_firm.files] == ["md"]
    assert [failure.error.message for failure in refused.failures] == [
        "The client file x.toml was refused."
    ]
    assert [file.format for file in practice.files] == ["pdf", "md"]
    assert [outcome.name for outcome in batched.failed] == [damaged.name, "x.toml"]


class _PanicError(BaseException):
    """What a fault in a library of another language looks like."""


@pytest.mark.parametrize("fault", [ZeroDivisionError, _PanicError])
def test_a_fault_nobody_foresaw_costs_one_file(
    knowledge: KnowledgeFile, out: Path, fault: type[BaseException]
) -> None:
    def break_down(brief: Brief) -> bytes:
        if brief.client == LAW_FIRM.name:
            raise fault
        return b"whole"

    fragile = ExportFormat("fragile", (".frg",), "Fragile", break_down)
    request = BatchRequest((fragile, by_name("md")), out, NOON)
    batched = run(knowledge, request, LAW_FIRM, PRACTICE)
    [failure] = batched.outcomes[0].failures
    assert failure.error.message.startswith("An unexpected fault stopped this: Kanzlei Nordlicht")
    assert fault.__name__ in failure.error.detail
    assert len(batched.files) == 3


def test_a_person_at_the_keyboard_still_ends_it(knowledge: KnowledgeFile, out: Path) -> None:
    def interrupted(_brief: Brief) -> bytes:
        raise KeyboardInterrupt

    request = BatchRequest((ExportFormat("x", (".x",), "X", interrupted),), out, NOON)
    with pytest.raises(KeyboardInterrupt):
        run(knowledge, request, PRACTICE)


def stopping_at(step: int, what: str) -> Task:
    """A task somebody cancels when this is told."""

    def listen(at: int, _of: int, label: str) -> None:
        if at == step and label.endswith(what):
            task.cancel()

    task = Task("The batch", listen)
    return task


def test_what_was_finished_stays_when_a_run_is_stopped(knowledge: KnowledgeFile, out: Path) -> None:
    task = stopping_at(1, "reading")
    batched = run(knowledge, wanted(out), PRACTICE, LAW_FIRM, PROVIDER, task=task)
    assert [outcome.name for outcome in batched.outcomes] == [PRACTICE.name]
    assert batched.not_begun == (LAW_FIRM.name, PROVIDER.name)
    assert len(contents(out)) == 1


def test_a_client_that_a_stop_cuts_short_is_told_apart(knowledge: KnowledgeFile, out: Path) -> None:
    task = stopping_at(0, "HTML")
    batched = run(knowledge, wanted(out, "md", "html", "csv"), PRACTICE, LAW_FIRM, task=task)
    [outcome] = batched.outcomes
    assert [file.format for file in outcome.files] == ["md"]
    assert [failure.format for failure in outcome.failures] == ["html", "csv"]
    assert "was stopped before" in outcome.failures[0].error.message
    assert [path.suffix for path in out.iterdir()] == [".md"]


def test_progress_counts_clients_and_names_them(knowledge: KnowledgeFile, out: Path) -> None:
    told: list[tuple[int, int, str]] = []
    task = Task("The batch", lambda *words: told.append(words))
    run(knowledge, wanted(out, "md", "stix"), PRACTICE, LAW_FIRM, task=task)
    assert told == [
        (0, 2, "Harbour Dental Group: reading"),
        (0, 2, "Harbour Dental Group: Markdown"),
        (0, 2, "Harbour Dental Group: STIX 2.1"),
        (1, 2, "Kanzlei Nordlicht: reading"),
        (1, 2, "Kanzlei Nordlicht: Markdown"),
        (1, 2, "Kanzlei Nordlicht: STIX 2.1"),
        (2, 2, "Done"),
    ]


def test_what_an_import_brings_meanwhile_is_in_the_next_briefing(
    knowledge: KnowledgeFile, path: Path, out: Path
) -> None:
    def listen(at: int, _of: int, label: str) -> None:
        if at == 1 and label.endswith("reading"):
            add(path, wolf(*targets(WOLF, "healthcare")))

    task = Task("The batch", listen)
    before, after = run(
        knowledge, wanted(out), PRACTICE, replace(PRACTICE, name="Next"), task=task
    ).outcomes
    assert before.failures == after.failures == ()
    expected = client_brief(knowledge, replace(PRACTICE, name="Next"))
    assert after.files[0].path.read_bytes() == by_name("md").render(expected)
    assert "Wolf" in after.files[0].path.read_text(encoding="utf-8")
    assert "Wolf" not in before.files[0].path.read_text(encoding="utf-8")


def test_a_full_disk_leaves_the_old_files_and_nothing_half_written(
    knowledge: KnowledgeFile, small_disk: Callable[[str], Path]
) -> None:
    folder = small_disk("64k")
    old = folder / "Harbour Dental Group - client briefing - TLP-AMBER.pdf"
    old.write_bytes(b"old")
    batched = run(knowledge, wanted(folder, "pdf", "md"), PRACTICE)
    [failure] = batched.outcomes[0].failures
    assert failure.format == "pdf"
    assert "No space left" in failure.error.message
    assert old.read_bytes() == b"old"
    assert sorted(path.suffix for path in folder.iterdir()) == [".md", ".pdf"]


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_read(
    knowledge: KnowledgeFile, out: Path
) -> None:
    out.write_text("")
    with pytest.raises(BriefingError, match="cannot be written to"):
        run(knowledge, wanted(out / "folder"), PRACTICE)
    made = out.parent / "not" / "there"
    assert run(knowledge, wanted(made), PRACTICE).files[0].path.parent == made


def test_nobody_and_no_format_are_wrong_calls(knowledge: KnowledgeFile, out: Path) -> None:
    with pytest.raises(WrongCallError, match="no client"):
        run(knowledge, wanted(out))
    with pytest.raises(WrongCallError, match="at least one format"):
        run(knowledge, BatchRequest((), out, NOON), PRACTICE)
    assert not (out).exists()


def test_what_was_handed_over_can_be_remembered(knowledge: KnowledgeFile, out: Path) -> None:
    unread = Candidate("x.toml", None, BriefingError("No."))
    done, refused = run(knowledge, wanted(out), PRACTICE, unread).outcomes
    delivery = done.delivery
    assert delivery is not None
    assert delivery.delivered_at == "2026-11-24T12:00:00+00:00"
    assert (delivery.kind, delivery.tlp, delivery.audience) == ("client", "AMBER", PRACTICE.name)
    assert delivery.files == tuple(str(file.path) for file in done.files)
    assert '"statements":' in delivery.manifest
    assert refused.delivery is None


def test_clients_come_from_the_workspace_by_name(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace.db"
    with ClientShelf(workspace) as shelf:
        for client in (LAW_FIRM, PRACTICE):
            shelf.add(client)
    found = of_workspace(workspace)
    assert [one.name for one in found] == [PRACTICE.name, LAW_FIRM.name]
    assert all(one.client is not None and one.client.id for one in found)


def test_clients_come_from_a_folder_in_the_order_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    (tmp_path / "b.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "A.TOML").write_text(FILE.replace("Seafront", "Quay"), encoding="utf-8")
    (tmp_path / "c.toml").write_text("sectors = [", encoding="utf-8")
    found = of_folder(tmp_path, labels())
    assert [one.name for one in found] == ["Quay Dental", "Seafront Dental", "c.toml"]
    assert [one.problem is None for one in found] == [True, True, False]
    assert of_files([tmp_path / "b.toml"] * 2, labels()) == found[1:2]


def test_a_folder_without_client_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongCallError, match="There is no client file in"):
        of_folder(tmp_path, labels())
    with pytest.raises(BriefingError, match="cannot be read"):
        of_folder(tmp_path / "gone", labels())
