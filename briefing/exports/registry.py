"""The formats a briefing can be written in. To add one: a module, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from briefing.core.brief import Brief
from briefing.core.errors import WrongCallError
from briefing.exports import markdown, pdf


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format.

    Attributes:
        name: What ``--format`` takes.
        suffixes: File name endings, the usual one first.
        label: For a list of formats.
        render: A brief in, the bytes of a file out.
    """

    name: str
    suffixes: tuple[str, ...]
    label: str
    render: Callable[[Brief], bytes]


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat("pdf", (".pdf",), "PDF", pdf.render),
    ExportFormat("md", (".md", ".markdown"), "Markdown", markdown.render),
)


def by_name(name: str) -> ExportFormat:
    """The format of that name.

    Raises:
        WrongCallError: naming the formats there are.
    """
    for known in FORMATS:
        if known.name == name.lower():
            return known
    raise _unknown(f"“{name}” is not a format.")


def by_path(path: PurePath) -> ExportFormat:
    """The format that a file name asks for.

    Raises:
        WrongCallError: naming the endings there are.
    """
    for known in FORMATS:
        if path.suffix.lower() in known.suffixes:
            return known
    raise _unknown(f"“{path.name}” does not end like a format of the program.")


def _unknown(message: str) -> WrongCallError:
    names = ", ".join(f"{known.name} ({', '.join(known.suffixes)})" for known in FORMATS)
    return WrongCallError(message, remedy=f"The formats are {names}.")
