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

    def fits(self, name: str) -> bool:
        """Whether a file name ends like this format; an ending may have two parts."""
        return name.lower().endswith(self.suffixes)

    def stem(self, name: str) -> str:
        """A file name without the ending of this format, which it has."""
        return name[: -max(len(one) for one in self.suffixes if name.lower().endswith(one))]


def _pptx(brief: Brief) -> bytes:
    from briefing.exports.pptx import render  # noqa: PLC0415 - start time: loaded when first written

    return render(brief)


def _docx(brief: Brief) -> bytes:
    from briefing.exports.docx import render  # noqa: PLC0415 - start time: as above

    return render(brief)


def _html(brief: Brief) -> bytes:
    from briefing.exports.html import render  # noqa: PLC0415 - start time: as above

    return render(brief)


def _stix(brief: Brief) -> bytes:
    from briefing.exports.stix_brief import render  # noqa: PLC0415 - start time: as above

    return render(brief)


def _navigator(brief: Brief) -> bytes:
    from briefing.exports.navigator import render  # noqa: PLC0415 - start time: as above

    return render(brief)


def _xlsx(brief: Brief) -> bytes:
    from briefing.exports.tables_xlsx import render  # noqa: PLC0415 - start time: as above

    return render(brief)


def _csv(brief: Brief) -> bytes:
    from briefing.exports.tables_csv import render  # noqa: PLC0415 - start time: as above

    return render(brief)


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat("pdf", (".pdf",), "PDF", pdf.render),
    ExportFormat("pptx", (".pptx",), "PowerPoint", _pptx),
    ExportFormat("docx", (".docx",), "Word", _docx),
    ExportFormat("html", (".html", ".htm"), "HTML", _html),
    ExportFormat("md", (".md", ".markdown"), "Markdown", markdown.render),
    ExportFormat("stix", (".stix.json", ".stix"), "STIX 2.1", _stix),
    ExportFormat("navigator", (".layer.json", ".layer"), "Navigator", _navigator),
    ExportFormat("xlsx", (".xlsx",), "Excel", _xlsx),
    ExportFormat("csv", (".csv.zip", ".zip"), "CSV in a ZIP", _csv),
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
        if known.fits(path.name):
            return known
    raise _unknown(f"“{path.name}” does not end like a format of the program.")


def _unknown(message: str) -> WrongCallError:
    names = ", ".join(f"{known.name} ({', '.join(known.suffixes)})" for known in FORMATS)
    return WrongCallError(message, remedy=f"The formats are {names}.")
