"""What somebody asks for when they ask for a briefing."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.tlp import Tlp


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """One request.

    Attributes:
        recipe: Name of the recipe, such as ``actor``.
        subject: Id of what it is about; for ``actor`` the actor's id or that of any of its records.
        ceiling: The audience's ceiling: nothing above it is put into the briefing.
        one_page: Only the one-page executive version.
        author: As printed in the file's properties; may be "".
        sections: Keys of the sections wanted, in the order wanted; None takes the recipe's own.
            Lists of sources are always printed: nothing is said without saying who says so.
    """

    recipe: str
    subject: str
    ceiling: Tlp = Tlp.CLEAR
    one_page: bool = False
    author: str = ""
    sections: tuple[str, ...] | None = None
