"""What the Sources screen has done by workers: read, compare, write, take back. No widget here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.core.errors import BriefingError, CancelledError, WrongCallError
from briefing.feeds.unpack import Refused
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Incoming, Reading, read_paths
from briefing.services.import_feeds import (
    Leave,
    Result,
    apply_import,
    preview_import,
    undo_import,
)
from briefing.services.source_shelf import Shelf, read_shelf
from briefing.services.task import Task
from briefing.services.tokens import Tokens
from briefing.store.connection import KnowledgeFile
from briefing.store.feeds import FeedState
from briefing.ui.views.import_digest import Digest, digest_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one source says, and what it would change. ``asked``: the feed it came from, or ""."""

    incoming: Incoming
    digest: Digest
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A source whose server gave nothing, and why."""

    title: str
    error: BriefingError


@dataclass(frozen=True, slots=True)
class Pending:
    """What was read and waits for a person's word; nothing of it is written.

    Attributes:
        waiting: Sources that would change something, or left something out.
        nothing_new: Titles of sources that say nothing new.
        refused: Files that could not be read, with reasons.
        missed: Sources whose servers gave nothing.
        feeds: What is to be remembered of the feeds it came from.
    """

    waiting: tuple[Waiting, ...] = ()
    nothing_new: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    missed: tuple[Missed, ...] = ()
    feeds: tuple[FeedState, ...] = ()

    @property
    def digests(self) -> tuple[Digest, ...]:
        """What each source would change."""
        return tuple(one.digest for one in self.waiting)

    @property
    def empty(self) -> bool:
        """Whether nothing would be written."""
        return all(digest.preview.empty for digest in self.digests)

    def without(self, number: int) -> Pending:
        """The same less one source; its feed is then not remembered as taken."""
        left = self.waiting[number]
        return replace(
            self,
            waiting=self.waiting[:number] + self.waiting[number + 1 :],
            feeds=tuple(feed for feed in self.feeds if feed.source != left.asked),
        )

    def joined(self, other: Pending) -> Pending:
        """Both as one."""
        return Pending(
            self.waiting + other.waiting,
            self.nothing_new + other.nothing_new,
            self.refused + other.refused,
            self.missed + other.missed,
            self.feeds + other.feeds,
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """What work at the sources needs.

    Attributes:
        knowledge: The database.
        data: The program's ``data/`` folder.
        clock: The present time.
        tokens: Where tokens of feeds are kept.
    """

    knowledge: KnowledgeFile
    data: Path
    clock: Callable[[], datetime]
    tokens: Tokens

    def shelf(self) -> Shelf:
        """The sources as they stand."""
        return read_shelf(self.knowledge, self.data, self.clock().date())

    def read(self, paths: Sequence[Path], task: Task) -> Pending:
        """Read files, folders and archives, and compare them with the database."""
        return self._compared(
            read_paths(paths, feed_context(self.knowledge, self.data), task), task
        )

    def update(self, source: str, task: Task) -> Pending:
        """Ask a source's server, and compare what came with the database."""
        # lazy: 0.1 s, the libraries of the network, and only when somebody asks.
        from briefing.services.update_feeds import ask, asking  # noqa: PLC0415 - start time

        asked = replace(asking(self.clock), tokens=self.tokens)
        update = ask(self.knowledge, self.data, source, task, asked)
        found = self._compared(update.reading, task, source)
        if not found.waiting:
            # Nothing differs, so there is nothing to say yes to: only that it was asked is kept.
            apply_import(
                self.knowledge.path, (), Leave(), self.clock(), task, feeds=(update.state,)
            )
            return replace(found, nothing_new=found.nothing_new or (update.state.title,))
        return replace(found, feeds=(update.state,))

    def update_all(self, titles: dict[str, str], task: Task) -> Pending:
        """Ask the server of everything that can be updated, one after the other.

        Args:
            titles: Title of each source by its id.
            task: Progress and cancel.

        Raises:
            WrongCallError: where nothing has an address.
            CancelledError: when the task was cancelled.
        """
        # lazy: as above.
        from briefing.services.update_feeds import updatable  # noqa: PLC0415 - start time

        sources = updatable(self.knowledge, self.data)
        if not sources:
            raise WrongCallError(
                "Nothing that is held has an address to update from.",
                remedy="Import a feed from a file, or add one of your own.",
            )
        found = Pending()
        for number, source in enumerate(sources, start=1):
            task.check()
            title = titles.get(source, source)
            task.report(number, len(sources), f"Asking {title}")
            try:
                found = found.joined(self.update(source, task))
            except CancelledError:
                raise
            except BriefingError as error:
                found = found.joined(Pending(missed=(Missed(title, error),)))
        return found

    def apply(self, pending: Pending, task: Task) -> tuple[tuple[Result, ...], Shelf]:
        """Write all that waits: the person has seen older releases and removals, and said yes."""
        older = any(digest.preview.held_edition for digest in pending.digests)
        leave = Leave(older=older, removals=True)
        incoming = (_seen(one, older=older) for one in pending.waiting)
        results = apply_import(
            self.knowledge.path, incoming, leave, self.clock(), task, pending.feeds
        )
        return results, self.shelf()

    def undo(self, snapshot: int, _task: Task) -> tuple[tuple[int, int], Shelf]:
        """Take an import back: how many rows hold again and how many are gone."""
        return undo_import(self.knowledge.path, snapshot), self.shelf()

    def _compared(self, reading: Reading, task: Task, asked: str = "") -> Pending:
        waiting = []
        nothing_new = []
        for item in reading.incoming:
            task.check()
            task.report(0, 0, f"Comparing {item.changes.source.title}")
            digest = digest_of(preview_import(self.knowledge, item, older=False), item)
            if digest.tells_nothing:
                nothing_new.append(item.changes.source.title)
            else:
                waiting.append(Waiting(item, digest, asked))
        return Pending(tuple(waiting), tuple(dict.fromkeys(nothing_new)), reading.refused)


def _seen(one: Waiting, *, older: bool) -> Incoming:
    """What the person was shown: earlier editions of single records stay out."""
    if not older or not one.digest.total.older:
        return one.incoming
    left = {
        item.native_id
        for items in one.digest.items.values()
        for item in items
        if item.action == "older"
    }
    changes = one.incoming.changes
    records = tuple(record for record in changes.records if record.native_id not in left)
    return replace(one.incoming, changes=replace(changes, records=records))
