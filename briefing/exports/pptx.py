"""PPTX: slides of our own look, with charts and tables that can be edited, and speaker notes.

The manifest stands in the custom XML part that ``pptx_package`` names, where PowerPoint and
LibreOffice leave it when they save the file.
"""

from __future__ import annotations

from briefing.core.brief import Brief


def render(brief: Brief) -> bytes:
    """The brief as one PPTX file; the same brief gives the same bytes.

    Raises:
        BriefingError: when a mark names a source that the brief does not list, a text is not
            Unicode, a row has more cells than its table has columns, or the brand's logo or
            colours cannot be used.
        TypeError: for a kind of block that no slide knows.
    """
    # lazy: python-pptx and lxml take 0.2 s, which the start of the program need not pay
    from briefing.exports.pptx_deck import deck  # noqa: PLC0415 - see above

    return deck(brief)
