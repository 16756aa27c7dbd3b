"""Where a talk stands, and what each key does to it. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from briefing.ui.widgets.slide_view import Blank

Step = Literal[
    "next",
    "previous",
    "first",
    "last",
    "resume",
    "black",
    "white",
    "clear",
    "enter",
    "erase",
    "digit",
]
"""What moves a talk, covers and uncovers a slide, or names one by its number."""
_LONGEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk at one moment.

    Attributes:
        count: How many slides there are, at least one.
        index: The slide in view, from 0.
        blank: What covers it.
        typed: Digits of a number that has been begun.
    """

    count: int
    index: int = 0
    blank: Blank = ""
    typed: str = ""

    @property
    def number(self) -> int:
        """Number of the slide, as printed on it."""
        return self.index + 1

    def at(self, number: int) -> Talk:
        """At a slide by its number, uncovered; outside of them, at the first or the last."""
        index = min(max(number, 1), self.count) - 1
        return Talk(self.count, index)

    def after(self, step: Step, digit: str = "") -> Talk:
        """After a step; going on or back from a covered slide uncovers it first.

        Args:
            step: What is asked for.
            digit: Of ``digit``, which one.
        """
        match step:
            case "black" | "white":
                return replace(self, blank="" if self.blank == step else step, typed="")
            case "enter" | "erase" | "digit" | "clear":
                return self._after_typing(step, digit)
            case "first":
                return self.at(1)
            case "last":
                return self.at(self.count)
        if self.blank or step == "resume":
            return self.at(self.number)
        return self.at(self.number + (1 if step == "next" else -1))

    def _after_typing(self, step: Step, digit: str) -> Talk:
        if step == "digit":
            return replace(self, typed=(self.typed + digit)[-_LONGEST_NUMBER:])
        if not self.typed:
            without: dict[Step, Step] = {"enter": "next", "erase": "previous", "clear": "resume"}
            return self.after(without[step])
        if step == "erase":
            return replace(self, typed=self.typed[:-1])
        number = int(self.typed)
        if step == "enter" and 1 <= number <= self.count:
            return self.at(number)
        return replace(self, typed="")


@dataclass
class Stopwatch:
    """Counts the seconds of a talk.

    Attributes:
        elapsed: Seconds counted before the present run.
        since: When it was last set going, in seconds of the clock; None while it stands.
    """

    elapsed: float = 0.0
    since: float | None = None

    @property
    def runs(self) -> bool:
        """Whether it is counting."""
        return self.since is not None

    def go(self, now: float) -> None:
        """Count from now on."""
        if self.since is None:
            self.since = now

    def pause(self, now: float) -> None:
        """Count no further."""
        self.elapsed, self.since = self.read(now), None

    def reset(self, now: float) -> None:
        """Begin at nought; it goes on counting if it did."""
        self.elapsed = 0.0
        self.since = None if self.since is None else now

    def read(self, now: float) -> float:
        """Seconds so far."""
        return self.elapsed + (0.0 if self.since is None else now - self.since)


def as_time(seconds: float) -> str:
    """Seconds as minutes and seconds, with hours from the first one on: 7:05, 1:07:05."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
