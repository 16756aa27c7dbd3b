"""The workbook behind a chart that its reader may edit."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from briefing.exports.office_text import clean

SHEET = "Sheet1"
"""Its only sheet: the unit in B1, labels in column A and values in column B below."""


def workbook(rows: Sequence[tuple[str, int]], unit: str, moment: datetime) -> bytes:
    """The values as XLSX, which opens when a reader edits the chart; dated by ``moment``."""
    # lazy: not needed to start; the package has no type information
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - see above

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": moment.replace(tzinfo=None)})
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 1, clean(unit))
        for at, (label, value) in enumerate(rows, start=1):
            sheet.write_string(at, 0, clean(label))
            sheet.write_number(at, 1, value)
    return out.getvalue()
