"""What the files of Word and PowerPoint have in common: one time, properties, the manifest.

The manifest is the part ``MANIFEST_PART``: the element ``MANIFEST_TAG`` whose text is the JSON of
``exports.manifest``. Word, PowerPoint and LibreOffice keep such parts when they save, so that a
file that was worked on can still be verified.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final
from xml.sax.saxutils import escape

from briefing.core.brief import Brief
from briefing.exports.manifest import manifest
from briefing.exports.office_text import clean
from briefing.exports.typst_words import cut

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MANIFEST_PART: Final = "customXml/item1.xml"
"""Where the manifest stands in the file."""
MANIFEST_NAMESPACE: Final = "urn:threat-briefing:manifest:1"
MANIFEST_TAG: Final = f"{{{MANIFEST_NAMESPACE}}}brief"
"""Name of its root element, as ElementTree writes it; its text is the JSON."""
PROPERTIES_PART: Final = "customXml/itemProps1.xml"
MANIFEST_PROPERTIES: Final = (
    '<ds:datastoreItem ds:itemID="{6C0E4B1B-7C2A-4C43-9D0B-4F1B0C5C9A10}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST_NAMESPACE}"/></ds:schemaRefs>'
    "</ds:datastoreItem>"
)
"""What goes with a custom part: an id of its own, the same in every document."""
TIME: Final = (1980, 1, 1, 0, 0, 0)
"""Of every entry: the earliest a ZIP file can hold (APPNOTE 6.3.10, 4.4.6)."""

_LONGEST: Final = 250
"""Characters of a property; the libraries take 255."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def language(brief: Brief) -> str:
    """The language of the text, as the formats write it."""
    return brief.language if _LANGUAGE.fullmatch(brief.language) else "en-GB"


def property_text(text: str) -> str:
    """A text as a property of the file: one line, not too long.

    Raises:
        BriefingError: when it holds half a character (a lone surrogate).
    """
    return cut(clean(text).strip(), _LONGEST)


def manifest_item(brief: Brief) -> str:
    """The manifest as XML; what JSON may hold and XML may not is written as JSON's escape.

    Raises:
        BriefingError: when a text is not Unicode.
    """
    content = manifest(brief).decode()
    content = content.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    return f'<brief xmlns="{MANIFEST_NAMESPACE}">{escape(content)}</brief>'


def dated_alike(packed: bytes) -> bytes:
    """The same entries in the same order, of one time and from no particular system."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name), compresslevel=6)
    return out.getvalue()
