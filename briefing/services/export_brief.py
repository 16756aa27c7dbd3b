"""Write a briefing to a file: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from briefing.core.brief import Brief
from briefing.core.errors import BriefingError
from briefing.core.wording import counted
from briefing.exports.pages import page_count
from briefing.exports.registry import ExportFormat
from briefing.services.task import Task


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file that was written.

    Attributes:
        pages: Pages of a paged format; None for the others.
        tlp: Label as stored, such as ``AMBER+STRICT``.
    """

    path: Path
    format: str
    bytes: int
    pages: int | None
    tlp: str

    @property
    def words(self) -> str:
        """``TLP:CLEAR, 34 kB, 2 pages``, for a line of a terminal."""
        pages = f", {counted(self.pages, 'page')}" if self.pages else ""
        return f"TLP:{self.tlp}, {self.bytes / 1000:.0f} kB{pages}"

    def as_json(self) -> dict[str, str | int | None]:
        """``{path, format, bytes, pages, tlp}``, as commands print it."""
        return {**asdict(self), "path": str(self.path)}


def export_brief(brief: Brief, target: ExportFormat, path: Path, task: Task) -> ExportedFile:
    """Render a briefing and put it in place of whatever stood at the path.

    Args:
        brief: What to write.
        target: The format.
        path: Where to.
        task: Progress and cancel; cancelled, nothing is written.

    Raises:
        BriefingError: when it cannot be rendered or written; an old file is still there then.
    """
    task.report(0, 2, f"Rendering {path.name}")
    task.check()
    content = target.render(brief)
    task.report(1, 2, f"Writing {path.name}")
    task.check()
    write_whole(path, content)
    task.report(2, 2, "Done")
    return ExportedFile(path, target.name, len(content), page_count(content), brief.tlp.code)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, make it durable, then take its place.

    Raises:
        BriefingError: when the folder is missing, not writable or full, or the file is held open.
    """
    scratch = ""
    try:
        handle, scratch = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(scratch).chmod(0o644)
        os.replace(scratch, path)  # noqa: PTH105 - atomic on every system
    except OSError as error:
        if scratch:
            Path(scratch).unlink(missing_ok=True)
        raise BriefingError(
            f"The file {path} could not be written: {error.strerror or error}.",
            detail=str(error),
            remedy=f"{_way_out(path, error)} What was there before is still there.",
        ) from error


def _way_out(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError) and path.exists():
        # Windows refuses to replace a file that a program has open.
        return "If it is open in another program, close it there; or choose another name or folder."
    return "Choose a writable folder with room."
