"""Many clients, one run, one folder: a briefing for each, and what came of it.

Each client gets what it would get alone, for its own audience and in its own look. What is shared
is what no client has a part in (``recipes.shared``). One that cannot be done does not stop the
rest; whatever was written when the run ends or is stopped is whole.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.core.brief import Brief
from briefing.core.client import Client
from briefing.core.errors import BriefingError, CancelledError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.exports.registry import ExportFormat
from briefing.services.batch_clients import Candidate
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.deliveries import delivery_of, kept_paths
from briefing.services.export_brief import ExportedFile, export_brief
from briefing.services.file_names import distinct_names, file_stem
from briefing.services.recipes import client as recipe
from briefing.services.recipes.shared import Shared
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.data_version import data_version
from briefing.store.workspace import Delivery


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What is wanted for every client alike.

    Attributes:
        formats: At least one.
        folder: Where to; made where there is none.
        at: The moment at which it is made; its day is printed.
        one_page: Only the executive pages.
        author: As printed; may be "".
    """

    formats: tuple[ExportFormat, ...]
    folder: Path
    at: datetime
    one_page: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be done for a client.

    Attributes:
        format: Name of the format; "" where there was no briefing to write at all.
    """

    format: str
    error: BriefingError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one client.

    Attributes:
        name: The client's, or that of the file in which it could not be read.
        files: What was written.
        failures: What was not, each with its reason.
        title: Title of its briefing; "" where none was composed.
        ceiling: Its audience's; None where the client could not be read.
        tlp: How the briefing is marked; None where none was composed.
        statements: How many statements the briefing rests on.
        sources: How many sources it names.
        withheld: How many statements its audience's ceiling kept out.
        delivery: What the workspace is to remember of it; None where nothing was written.
    """

    name: str
    files: tuple[ExportedFile, ...] = ()
    failures: tuple[Failure, ...] = ()
    title: str = ""
    ceiling: Tlp | None = None
    tlp: Tlp | None = None
    statements: int = 0
    sources: int = 0
    withheld: int = 0
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True)
class Batched:
    """What came of a run.

    Attributes:
        folder: Where the files are.
        outcomes: Of each client that was begun, in order.
        not_begun: Names of those that the run did not come to, because it was stopped.
    """

    folder: Path
    outcomes: tuple[Outcome, ...]
    not_begun: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[ExportedFile, ...]:
        """Everything that was written."""
        return tuple(file for outcome in self.outcomes for file in outcome.files)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Those for whom something could not be done."""
        return tuple(outcome for outcome in self.outcomes if outcome.failures)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What the workspace is to remember."""
        made = (outcome.delivery for outcome in self.outcomes)
        return tuple(delivery for delivery in made if delivery is not None)


def write_batch(
    knowledge: KnowledgeFile,
    candidates: Sequence[Candidate],
    request: BatchRequest,
    world: World | None,
    task: Task,
) -> Batched:
    """Write a briefing for each client.

    Args:
        knowledge: The knowledge file.
        candidates: For whom; those that could not be read fail with their reason.
        request: In which formats, where to.
        world: Shapes of the map.
        task: Progress, a step a client; cancelled, the file it is at is not written any more.

    Raises:
        WrongCallError: when there is nobody, or no format, to write for.
        BriefingError: when the folder cannot be made.
    """
    if not candidates:
        raise WrongCallError("There is no client to write a briefing for.")
    if not request.formats:
        raise WrongCallError("Choose at least one format.")
    _make(request.folder)
    stems = distinct_names(one.name for one in candidates)
    writer = _Writer(knowledge, request, world, task)
    outcomes: list[Outcome] = []
    for place, (candidate, stem) in enumerate(zip(candidates, stems, strict=True)):
        if task.cancelled:
            break
        tell = _steps(task, place, len(candidates), candidate.name)
        outcome = writer.write(candidate, stem, tell)
        if task.cancelled and not outcome.files:
            break
        outcomes.append(outcome)
    else:
        task.report(len(candidates), len(candidates), "Done")
    not_begun = tuple(one.name for one in candidates[len(outcomes) :])
    return Batched(request.folder, tuple(outcomes), not_begun)


class _Writer:
    """Writes for one client after the other; keeps nothing of any."""

    def __init__(
        self, knowledge: KnowledgeFile, request: BatchRequest, world: World | None, task: Task
    ) -> None:
        self._knowledge = knowledge
        self._request = request
        self._at = request.at.isoformat(timespec="seconds")
        self._world = world
        self._task = task
        self._shared = Shared()
        self._version = data_version(knowledge.connection)

    def write(self, candidate: Candidate, stem: str, tell: Callable[[str], None]) -> Outcome:
        """One client, in every format."""
        if candidate.client is None:
            problem = candidate.problem or BriefingError("The client could not be read.")
            return Outcome(candidate.name, failures=(Failure("", problem),))
        tell("reading")
        try:
            with _faults_told(candidate.name):
                brief = self._composed(candidate.client)
                # Before anything is written: what cannot be remembered is not handed over.
                delivery = delivery_of(brief, candidate.client.id, (), self._at)
        except BriefingError as error:
            failed = (Failure("", error),)
            return Outcome(candidate.name, failures=failed, ceiling=candidate.client.tlp)
        files, failures = self._files(brief, file_stem(brief, stem), tell)
        written = (file.path for file in files)
        return Outcome(
            name=candidate.name,
            files=files,
            failures=failures,
            title=brief.title,
            ceiling=brief.ceiling,
            tlp=brief.tlp,
            statements=len(brief.statements()),
            sources=len(brief.sources),
            withheld=len(brief.withheld),
            delivery=replace(delivery, files=kept_paths(written)) if files else None,
        )

    def _composed(self, client: Client) -> Brief:
        request = BriefRequest(
            recipe=recipe.KIND,
            subject="",
            ceiling=client.tlp,
            one_page=self._request.one_page,
            author=self._request.author,
            client=client,
            today=self._request.at.date(),
        )
        self._forget_if_changed()
        try:
            return compose_brief(self._knowledge, request, self._world, self._shared)
        except BriefingError:
            # Something was imported while it was read: what was kept is of before.
            if not self._forget_if_changed():
                raise
            return compose_brief(self._knowledge, request, self._world, self._shared)

    def _forget_if_changed(self) -> bool:
        version = data_version(self._knowledge.connection)
        if version == self._version:
            return False
        self._version = version
        self._shared = Shared()
        return True

    def _files(
        self, brief: Brief, stem: str, tell: Callable[[str], None]
    ) -> tuple[tuple[ExportedFile, ...], tuple[Failure, ...]]:
        files: list[ExportedFile] = []
        failures: list[Failure] = []
        for known in self._request.formats:
            tell(known.label)
            path = self._request.folder / f"{stem}{known.suffixes[0]}"
            try:
                with _faults_told(path.name):
                    files.append(export_brief(brief, known, path, self._task.quiet()))
            except CancelledError:
                stopped = BriefingError(f"The run was stopped before {path.name} was written.")
                failures.append(Failure(known.name, stopped))
            except BriefingError as error:
                failures.append(Failure(known.name, error))
        return tuple(files), tuple(failures)


@contextmanager
def _faults_told(what: str) -> Iterator[None]:
    """Tell a fault nobody foresaw in a sentence: it must not cost the clients that come after.

    Raises:
        BriefingError: in the place of the fault, which it holds.
    """
    try:
        yield
    except (BriefingError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # panics of Typst are no Exception
        raise BriefingError(
            f"An unexpected fault stopped this: {what}.",
            detail="".join(traceback.format_exception(fault)).rstrip(),
            remedy="This is a mistake in the program, not yours. Copy the details to report it.",
        ) from fault


def _steps(task: Task, place: int, of: int, name: str) -> Callable[[str], None]:
    return lambda what: task.report(place, of, f"{name}: {what}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise BriefingError(
            f"The folder {folder} cannot be written to: {error.strerror or error}.",
            detail=str(error),
            remedy="Choose another one.",
        ) from error
