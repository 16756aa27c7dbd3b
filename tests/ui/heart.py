"""A heart in the window's thread, for tests that a window never waits.

What counts is the time that the window's own thread works between two beats: a neighbour on the
same machine makes the clock on the wall run on, and says nothing about us.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, thread_time

from PySide6.QtCore import QTimer

STILL = 0.5
"""Seconds of its own work for which a window may stand still while something large is made."""


class Heart:
    """Beats every ten milliseconds, and remembers the longest time it did not.

    Attributes:
        beats: How many there were.
        worked: Seconds of work between two beats, at most.
        passed: Seconds that passed, at most.
    """

    def __init__(self) -> None:
        """It begins at once."""
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        self._forget()

    def during(self, work: Callable[[], object]) -> tuple[float, float]:
        """The longest of either while something is done, to its end."""
        self._forget()
        work()
        self._look()
        return self.worked, self.passed

    def stands_still(self, work: Callable[[], object]) -> bool:
        """Whether the window's thread works for longer than ``STILL``, each of three times.

        A collection of what earlier tests left behind can fall into one of them.
        """
        return all(self.during(work)[0] > STILL for _ in range(3))

    def _forget(self) -> None:
        self.beats, self.worked, self.passed = 0, 0.0, 0.0
        self._last = (thread_time(), perf_counter())

    def _look(self) -> None:
        now = (thread_time(), perf_counter())
        self.worked = max(self.worked, now[0] - self._last[0])
        self.passed = max(self.passed, now[1] - self._last[1])
        self._last = now

    def _on_timeout(self) -> None:
        self.beats += 1
        self._look()
