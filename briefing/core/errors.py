"""The one family of errors a person at the desk may read."""

from __future__ import annotations


class BriefingError(Exception):
    """Something that could not be done, said in sentences.

    Attributes:
        message: What happened, to what. One sentence, no traceback, no class names.
        detail: What a colleague would ask for next (a path, a line, an SQLite message); may be "".
        remedy: What to do now; may be "".
    """

    def __init__(self, message: str, detail: str = "", remedy: str = "") -> None:
        """Keep the three parts apart, so that a dialog can show and copy each."""
        super().__init__(message)
        self.message = message
        self.detail = detail
        self.remedy = remedy

    def __str__(self) -> str:
        """One line for standard error: message, remedy."""
        return f"{self.message} {self.remedy}".strip()


class WrongCallError(BriefingError):
    """The request itself is malformed (exit code 2); nothing was attempted."""


class CancelledError(BriefingError):
    """The person cancelled; what was there before is still there."""

    def __init__(self, what: str = "The work") -> None:
        """Say what was cancelled."""
        super().__init__(f"{what} was cancelled. Nothing was changed.")


class NotFoundError(BriefingError):
    """A named thing is not in the database.

    Attributes:
        near: Names that are close to what was asked for, best first.
    """

    def __init__(self, message: str, near: tuple[str, ...] = (), remedy: str = "") -> None:
        """Keep the near names for whoever can offer them."""
        super().__init__(message, remedy=remedy)
        self.near = near
