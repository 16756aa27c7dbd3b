"""How a service says how far it is, and hears that nobody waits for it any more."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from briefing.core.errors import CancelledError

Listener = Callable[[int, int, str], None]
"""Called with step, total and label on the thread that works; slowing down is its own affair."""


class Task:
    """One piece of work under way, shared by the thread that does it and whoever asked for it.

    A service takes a Task, calls ``report`` as it goes and ``check`` wherever stopping leaves
    everything as it was; between its last ``check`` and its commit it can no longer be stopped.

    Attributes:
        label: What is being done, as a person would say it ("Reading ATT&CK 18.1").
    """

    def __init__(self, label: str = "The work", listener: Listener | None = None) -> None:
        """Start uncancelled; without a listener the reports go nowhere."""
        self.label = label
        self._listener = listener
        self._cancelled = Event()

    @classmethod
    def silent(cls) -> Task:
        """A task nobody watches, for the command line and for tests."""
        return cls()

    def quiet(self) -> Task:
        """A part of this work that stops with it and says nothing of its own steps."""
        part = Task(self.label)
        part._cancelled = self._cancelled
        return part

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for the work to stop."""
        return self._cancelled.is_set()

    def report(self, step: int, total: int, label: str) -> None:
        """Say that ``step`` of ``total`` is done; a total of 0 means that it is not known.

        Cheap enough for every object of a feed, and it never stops the work: ``check`` does.
        """
        if self._listener is not None:
            self._listener(step, total, label)

    def check(self) -> None:
        """Go on, unless the work was cancelled.

        Raises:
            CancelledError: when ``cancel`` was called, on any thread.
        """
        if self._cancelled.is_set():
            raise CancelledError(self.label)

    def cancel(self) -> None:
        """Ask the work to stop at its next ``check``. May be called from any thread, and again."""
        self._cancelled.set()
