"""The parts of a Word document and the file they make: nothing in it but what stands here.

The file is put together from an empty package, not from python-docx's own template, which would
leave its styles, its author and its thumbnail in it. Parts are written in the order in which they
refer to one another, with one time for all, so that the same brief gives the same bytes.
"""

from __future__ import annotations

import io
import re
from functools import cache
from string import Template

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.package import Package
from docx.parts.image import ImagePart

from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.core.errors import BriefingError
from briefing.exports import docx_chart
from briefing.exports.brand import Look
from briefing.exports.chart_workbook import workbook
from briefing.exports.docx_markup import IGNORABLE, NAMESPACES, bare
from briefing.exports.office_package import (
    DECLARATION,
    MANIFEST_PART,
    MANIFEST_PROPERTIES,
    PROPERTIES_PART,
    dated_alike,
    language,
    manifest_item,
    property_text,
)
from briefing.exports.typst_data import TLP_COLOURS
from briefing.paths import resources_folder

_BETWEEN = re.compile(r">\s+<")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_MAIN, _HEADER, _FOOTER = CT.WML_DOCUMENT_MAIN, CT.WML_HEADER, CT.WML_FOOTER
_KINDS = {"png": CT.PNG, "jpg": CT.JPEG, "svg": "image/svg+xml"}


class _Written(Part):
    """A part whose XML is put together as text."""

    text = ""

    @property
    def blob(self) -> bytes:
        """The part as it stands in the file."""
        return (DECLARATION + self.text).encode()


class Parts:
    """The package of one document while it is written.

    Attributes:
        drawings: How many drawings it holds so far; each needs a number of its own.
    """

    def __init__(self, brief: Brief, look: Look) -> None:
        """Begin with styles, settings, theme, properties and the manifest.

        Raises:
            BriefingError: when a text is not Unicode, or a file of the program is missing.
        """
        self.drawings = 0
        self._package = Package()
        self._moment = moment(brief.data_as_of)
        self._body = self._part("/word/document.xml", _MAIN)
        self._package.relate_to(self._body, RT.OFFICE_DOCUMENT)
        self._pictures: dict[bytes, ImagePart] = {}
        self._headers: dict[int, _Written] = {}
        self._charts = 0
        self._describe(brief)
        colours = {
            "accent": bare(look.accent),
            "band": bare(look.band),
            "on_band": bare(look.on_band),
            "tlp": bare(TLP_COLOURS[brief.tlp]),
            "language": language(brief),
        }
        for name, kind, relation in (
            ("styles", CT.WML_STYLES, RT.STYLES),
            ("settings", CT.WML_SETTINGS, RT.SETTINGS),
            ("theme", CT.OFC_THEME, RT.THEME),
            ("fonts", CT.WML_FONT_TABLE, RT.FONT_TABLE),
        ):
            text = Template(resource(name)).substitute(colours)
            self._body.relate_to(self._part(f"/word/{name}.xml", kind, text), relation)
        self._attach(brief)

    def address(self, href: str) -> str:
        """The id of a link to an address."""
        return self._body.relate_to(href, RT.HYPERLINK, is_external=True)

    def picture(self, data: bytes, kind: str, header: int = 0) -> str:
        """The id of a picture (``png``, ``jpg`` or ``svg``), each kept once.

        Args:
            data: The file.
            kind: What it is.
            header: Number of the header that shows it; 0 is the body.
        """
        part = self._pictures.get(data)
        if part is None:
            name = f"/word/media/image{len(self._pictures) + 1}.{kind}"
            part = ImagePart.load(PackURI(name), _KINDS[kind], data, self._package)
            self._pictures[data] = part
        return (self._header(header) if header else self._body).relate_to(part, RT.IMAGE)

    def chart(self, rows: tuple[tuple[str, int], ...], unit: str) -> str:
        """The id of a bar chart with its workbook."""
        self._charts += 1
        number = self._charts
        text = docx_chart.chart(rows, unit)
        part = self._part(f"/word/charts/chart{number}.xml", CT.DML_CHART, text)
        book = workbook(rows, unit, self._moment)
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
        part.relate_to(Part(name, CT.SML_SHEET, book, self._package), RT.PACKAGE)
        return self._body.relate_to(part, RT.CHART)

    def drawn(self) -> int:
        """The number of the next drawing."""
        self.drawings += 1
        return self.drawings

    def header(self, number: int, content: str) -> str:
        """Write a header; the id of its relationship."""
        part = self._header(number)
        part.text = f"<w:hdr {NAMESPACES} {IGNORABLE}>{content}</w:hdr>"
        return self._body.relate_to(part, RT.HEADER)

    def footer(self, number: int, content: str) -> str:
        """Write a footer; the id of its relationship."""
        text = f"<w:ftr {NAMESPACES} {IGNORABLE}>{content}</w:ftr>"
        part = self._part(f"/word/footer{number}.xml", _FOOTER, text)
        return self._body.relate_to(part, RT.FOOTER)

    def numbering(self, text: str) -> None:
        """Write the definitions of lists."""
        part = self._part("/word/numbering.xml", CT.WML_NUMBERING, text)
        self._body.relate_to(part, RT.NUMBERING)

    def file(self, body: str) -> bytes:
        """The file, with this as the content of ``w:body``."""
        self._body.text = (
            f"<w:document {NAMESPACES} {IGNORABLE}><w:body>{body}</w:body></w:document>"
        )
        packed = io.BytesIO()
        self._package.save(packed)
        return dated_alike(packed.getvalue())

    def _header(self, number: int) -> _Written:
        if number not in self._headers:
            self._headers[number] = self._part(f"/word/header{number}.xml", _HEADER)
        return self._headers[number]

    def _part(self, name: str, kind: str, text: str = "") -> _Written:
        part = _Written(PackURI(name), kind, None, self._package)
        part.text = text
        return part

    def _describe(self, brief: Brief) -> None:
        """What the file says about itself; python-docx's own words do not stay."""
        part = CorePropertiesPart.default(self._package)
        self._package.relate_to(part, RT.CORE_PROPERTIES)
        said = part.core_properties
        words = (brief.tlp.label, brief.kind_title, brief.subject)
        said.title = property_text(brief.title) or property_text(brief.kind_title) or "Briefing"
        said.author = said.last_modified_by = property_text(brief.author)
        said.subject = property_text(brief.subject)
        said.keywords = property_text(", ".join(filter(None, map(property_text, words))))
        said.category = brief.tlp.label
        said.language = language(brief)
        said.created = said.modified = self._moment.replace(tzinfo=None)

    def _attach(self, brief: Brief) -> None:
        """The manifest, where Word and LibreOffice keep it when they save."""
        item = self._part(f"/{MANIFEST_PART}", CT.XML, manifest_item(brief))
        described = self._part(
            f"/{PROPERTIES_PART}", CT.OFC_CUSTOM_XML_PROPERTIES, MANIFEST_PROPERTIES
        )
        item.relate_to(described, RT.CUSTOM_XML_PROPS)
        self._body.relate_to(item, RT.CUSTOM_XML)


@cache
def resource(name: str) -> str:
    """A part that is a file of the program, without its comments and line ends.

    Raises:
        BriefingError: when it is missing.
    """
    try:
        text = (resources_folder() / "docx" / f"{name}.xml").read_text(encoding="utf-8")
    except OSError as error:
        raise BriefingError(
            "The template of Word documents cannot be read.",
            str(error.strerror),
            "Install the program again.",
        ) from error
    return _BETWEEN.sub("><", _COMMENT.sub("", text)).strip().replace("\n", " ")
