"""The empty deck: theme, master, layouts, notes, properties and manifest, and no slide yet.

python-pptx opens this instead of its own template, which is 4:3 and would leave its author, its
thumbnail and its printer settings in every file.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final
from xml.sax.saxutils import escape

from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.exports.office_package import (
    DECLARATION,
    MANIFEST_PART,
    MANIFEST_PROPERTIES,
    PROPERTIES_PART,
    TIME,
    language,
    manifest_item,
    property_text,
)
from briefing.exports.pptx_layouts import LAYOUTS, layout, master, notes_master
from briefing.exports.pptx_markup import EMU, Markup, theme_names
from briefing.exports.pptx_theme import NAMESPACES, scheme, theme
from briefing.exports.slide_shapes import HEIGHT, WIDTH
from briefing.exports.slides import Slide

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.presentationml"
_OTHER: Final = "application/vnd.openxmlformats-officedocument"


def empty_deck(brief: Brief, first: Slide) -> bytes:
    """The package without slides, as a file.

    Args:
        brief: What is said about it, and the manifest.
        first: The title slide, for marking and colours.

    Raises:
        BriefingError: when a text is not Unicode.
    """
    parts = {
        "docProps/core.xml": _core(brief),
        "docProps/app.xml": _app(),
        "ppt/presentation.xml": _presentation(),
        "ppt/presProps.xml": f"{DECLARATION}<p:presentationPr {NAMESPACES}/>",
        "ppt/tableStyles.xml": _TABLE_STYLES,
        "ppt/theme/theme1.xml": theme(first.look),
        "ppt/theme/theme2.xml": theme(first.look),
        "ppt/slideMasters/slideMaster1.xml": master(_markup(first, brief)),
        **{
            f"ppt/slideLayouts/slideLayout{at + 1}.xml": layout(at, first, _markup(first, brief))
            for at in range(len(LAYOUTS))
        },
        "ppt/notesMasters/notesMaster1.xml": notes_master(_markup(first, brief)),
        MANIFEST_PART: f"{DECLARATION}{manifest_item(brief)}",
        PROPERTIES_PART: f"{DECLARATION}{MANIFEST_PROPERTIES}",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in (("[Content_Types].xml", _types()), *_relations(), *parts.items()):
            package.writestr(zipfile.ZipInfo(name, TIME), content.encode())
    return out.getvalue()


def _markup(first: Slide, brief: Brief) -> Markup:
    names = theme_names(scheme(first.look))
    return Markup(names, language(brief), lambda _: "", lambda _: "")


def _core(brief: Brief) -> str:
    """What the file says about itself: title and author as set, one time for the same brief."""
    date = moment(brief.data_as_of).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = ", ".join(filter(None, (brief.tlp.label, brief.kind_title, brief.subject)))
    said = {
        "dc:title": brief.title or brief.kind_title or "Briefing",
        "dc:subject": brief.subject,
        "dc:creator": brief.author,
        "cp:keywords": words,
        "cp:category": brief.tlp.label,
        "dc:language": language(brief),
        "cp:lastModifiedBy": brief.author,
        "cp:revision": "1",
    }
    rows = "".join(
        f"<{tag}>{escape(property_text(text))}</{tag}>" for tag, text in said.items() if text
    )
    times = "".join(
        f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{date}</dcterms:{tag}>'
        for tag in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{rows}{times}</cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>Threat Briefing</Application></Properties>"
    )


def _presentation() -> str:
    size = f'cx="{round(WIDTH * EMU)}" cy="{round(HEIGHT * EMU)}"'
    return (
        f'{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz {size}/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )


_TABLE_STYLES: Final = (
    f'{DECLARATION}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'def="{2D5ABB26-0587-4C30-8999-92F81FD0307C}"/>'
)


def _types() -> str:
    kinds = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_OTHER}.extended-properties+xml",
        "/ppt/presentation.xml": f"{_MAIN}.presentation.main+xml",
        "/ppt/presProps.xml": f"{_MAIN}.presProps+xml",
        "/ppt/tableStyles.xml": f"{_MAIN}.tableStyles+xml",
        "/ppt/theme/theme1.xml": f"{_OTHER}.theme+xml",
        "/ppt/theme/theme2.xml": f"{_OTHER}.theme+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{_MAIN}.slideMaster+xml",
        **{
            f"/ppt/slideLayouts/slideLayout{at + 1}.xml": f"{_MAIN}.slideLayout+xml"
            for at in range(len(LAYOUTS))
        },
        "/ppt/notesMasters/notesMaster1.xml": f"{_MAIN}.notesMaster+xml",
        f"/{PROPERTIES_PART}": f"{_OTHER}.customXmlProperties+xml",
    }
    rows = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
        f'Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _relations() -> list[tuple[str, str]]:
    """The relationships of each part that has any."""
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    layouts = [f"../slideLayouts/slideLayout{at + 1}.xml" for at in range(len(LAYOUTS))]
    listed: dict[str, list[tuple[str, str]]] = {
        "_rels/.rels": [
            (f"{_OFFICE}/relationships/officeDocument", "ppt/presentation.xml"),
            (core, "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ],
        "ppt/_rels/presentation.xml.rels": [
            (f"{_OFFICE}/relationships/slideMaster", "slideMasters/slideMaster1.xml"),
            (f"{_OFFICE}/relationships/notesMaster", "notesMasters/notesMaster1.xml"),
            (f"{_OFFICE}/relationships/presProps", "presProps.xml"),
            (f"{_OFFICE}/relationships/theme", "theme/theme1.xml"),
            (f"{_OFFICE}/relationships/tableStyles", "tableStyles.xml"),
            (f"{_OFFICE}/relationships/customXml", f"../{MANIFEST_PART}"),
        ],
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": [
            *((f"{_OFFICE}/relationships/slideLayout", name) for name in layouts),
            (f"{_OFFICE}/relationships/theme", "../theme/theme1.xml"),
        ],
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": [
            (f"{_OFFICE}/relationships/theme", "../theme/theme2.xml"),
        ],
        "customXml/_rels/item1.xml.rels": [
            (f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml"),
        ],
    }
    for at in range(len(LAYOUTS)):
        listed[f"ppt/slideLayouts/_rels/slideLayout{at + 1}.xml.rels"] = [
            (f"{_OFFICE}/relationships/slideMaster", "../slideMasters/slideMaster1.xml")
        ]
    return [(name, _related(rows)) for name, rows in listed.items()]


def _related(rows: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
