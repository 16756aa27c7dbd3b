"""DOCX: Word's own styles, fields, tables and charts, so that the document can be worked on.

The manifest stands in the custom XML part that ``docx_package`` names, where Word and LibreOffice
leave it when they save the file.
"""

from __future__ import annotations

from briefing.core.brief import Brief


def render(brief: Brief) -> bytes:
    """The brief as one DOCX file; the same brief gives the same bytes.

    Raises:
        BriefingError: when a mark names a source that the brief does not list, a text is not
            Unicode, a row has more cells than its table has columns, or the brand's logo or
            colours cannot be used.
        TypeError: for a kind of block that no page knows.
    """
    # lazy: python-docx and lxml take 0.1 s, which the start of the program need not pay
    from briefing.exports.docx_document import document  # noqa: PLC0415 - see above

    return document(brief)
