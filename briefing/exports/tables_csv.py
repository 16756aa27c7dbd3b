"""CSV: a ZIP with one file a table, what they are, and the manifest.

Always a ZIP: a briefing has its sources beside whatever else it holds, and one file with several
tables under one another is read wrongly by every program. Each row bears the marking, because a
file taken out of the ZIP has no other place for it. Files are UTF-8 with a mark that says so, and
CR LF at line ends (RFC 4180), which spreadsheets and scripts both read.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence

from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.exports.encoded import encoded
from briefing.exports.manifest import FILE_NAME, manifest
from briefing.exports.spreadsheet_text import harmless
from briefing.exports.tables import Sheet, about, sheets
from briefing.exports.tables_blocks import Cell

_LONGEST_NAME = 40
_UNIX, _READABLE = 3, 0o100644 << 16
_MARK = "\ufeff"
"""By this a spreadsheet knows UTF-8."""


def render(brief: Brief) -> bytes:
    """The ZIP. Equal briefs give equal bytes.

    Raises:
        BriefingError: as ``tables.sheets``, and when a text is not Unicode.
    """
    found = sheets(brief)
    names = [_file_name(number, sheet) for number, sheet in enumerate(found, start=1)]
    files = [("00-about.csv", _csv(_about(brief, found, names)))]
    for name, sheet in zip(names, found, strict=True):
        files.append((name, _csv(_rows(sheet, brief.tlp.label))))
    files.append((FILE_NAME, manifest(brief)))
    return _zip(files, brief)


def _about(brief: Brief, found: Sequence[Sheet], names: Sequence[str]) -> Iterable[Sequence[Cell]]:
    yield "What", "Is"
    yield from about(brief)
    for name, sheet in zip(names, found, strict=True):
        note = f" {sheet.made.note}" if sheet.made.note else ""
        yield name, f"{sheet.title}, {len(sheet.made.rows):,} rows.{note}"
    yield FILE_NAME, "Statements, sources and snapshots behind this briefing."


def _rows(sheet: Sheet, marking: str) -> Iterable[Sequence[Cell]]:
    yield (*sheet.made.heads, "TLP")
    for row in sheet.made.rows:
        yield (*row, marking)


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    out.write(_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return encoded(out.getvalue())


def _file_name(number: int, sheet: Sheet) -> str:
    plain = unicodedata.normalize("NFKD", sheet.title).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:_LONGEST_NAME].strip("-")
    return f"{number:02}-{words or 'table'}.csv"


def _zip(files: Iterable[tuple[str, bytes]], brief: Brief) -> bytes:
    """Files with the time of the data and no trace of the machine."""
    when = moment(brief.data_as_of)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in files:
            # A ZIP knows no year before 1980 and none after 2107.
            year = min(max(when.year, 1980), 2107)
            entry = zipfile.ZipInfo(name, (year, when.month, when.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            packed.writestr(entry, content)
    return out.getvalue()
