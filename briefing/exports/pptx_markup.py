"""Shapes of a slide as DrawingML, the markup of a PPTX file (ECMA-376, part 1).

Written as text and parsed once a slide: setting the same through the library's objects takes many
times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from briefing.exports.slide_lines import lines
from briefing.exports.slide_shapes import (
    WHITE,
    Box,
    Cell,
    Grid,
    Group,
    Para,
    Rect,
    Run,
    TextBox,
    place_of,
)

EMU: Final = 12700
"""English metric units to the point."""
_CODE: Final = "Courier New"
_FACE: Final = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
"""The theme's, said of every run: not every program takes it for text boxes unasked."""
_NOTHING: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_RAISED: Final = 30000
"""Thousandths of a per cent of the size by which raised text stands up."""
_BULLET: Final = 16.0
"""Points by which a bullet stands to the left of its text."""
_ALIGN: Final = {"left": "l", "center": "ctr", "right": "r"}
DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
"""Tells a screen reader to pass over what says nothing."""
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style "No Style, No Grid"."""

_MERGED: Final = (
    '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/></a:tc>'
)
"""A cell that the one before it covers."""


class Markup:
    """Writes the shapes of one slide.

    A link needs a relationship of the slide's part, so whoever owns the part makes them.
    """

    def __init__(
        self,
        colours: Mapping[str, str],
        language: str,
        address: Callable[[str], str],
        source: Callable[[int], str],
    ) -> None:
        """Write with these.

        Args:
            colours: ``#rrggbb`` to the name of a theme colour.
            language: BCP 47.
            address: Relationship id for an address outside.
            source: Relationship id for the slide that lists a source, or "".
        """
        self._colours = colours
        self._language = language
        self._address = address
        self._source = source
        self._last = 1

    def number(self) -> int:
        """The next id of a shape on the slide; 1 is the slide's own group."""
        self._last += 1
        return self._last

    def placeholder(self, kind: str, index: int, name: str, paras: Iterable[Para]) -> str:
        """A shape that takes its place and look from the layout."""
        return self._placeholder(kind, index, name, self._paras(paras))

    def headline(self, kind: str, para: Para, room: float) -> str:
        """The headline's placeholder.

        Where it has marks, its lines are parted as measured: LibreOffice would begin a line with
        a mark.
        """
        marked = any(run.raised for run in para.runs)
        parts = [replace(para, runs=line) for line in lines(para, room)] if marked else [para]
        text = self._para(parts[0], first=True).removesuffix("</a:p>")
        for part in parts[1:]:
            inner = self._para(part, first=True)
            text += "<a:br/>" + inner[inner.index("</a:pPr>") + 8 :].removesuffix("</a:p>")
        return self._placeholder(kind, 0, "Headline", f"{text}</a:p>")

    def slide_number(self, index: int, number: int, colour: str) -> str:
        """The field that prints the slide's number."""
        look = self.colour(colour)
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.number()}" name="Slide number"/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" '
            f'sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>'
            f'<a:lstStyle/><a:p><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" '
            f'type="slidenum"><a:rPr lang="{self._language}">{look}</a:rPr><a:t>{number}</a:t>'
            f"</a:fld></a:p></p:txBody></p:sp>"
        )

    def text(self, shape: TextBox) -> str:
        """A text box."""
        geometry = "roundRect" if shape.outline else "rect"
        adjust = '<a:gd name="adj" fmla="val 9000"/>' if geometry == "roundRect" else ""
        fill = self.colour(shape.fill) if shape.fill else "<a:noFill/>"
        line = f'<a:ln w="12700">{self.colour(shape.outline)}</a:ln>' if shape.outline else ""
        inset = round(shape.inset * EMU)
        anchor = "ctr" if shape.middle else "t"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.number()}" name={quoteattr(_named(shape.name))}/>'
            f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{place(shape.box)}'
            f'<a:prstGeom prst="{geometry}"><a:avLst>{adjust}</a:avLst></a:prstGeom>{fill}{line}'
            f'</p:spPr><p:txBody><a:bodyPr wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" '
            f'bIns="0" rtlCol="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f"{self._paras(shape.paras)}</p:txBody></p:sp>"
        )

    def rect(self, shape: Rect) -> str:
        """A rectangle that says nothing."""
        line = self.colour(shape.outline) if shape.outline else "<a:noFill/>"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.number()}" name="Line">{DECORATIVE}</p:cNvPr>'
            f"<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{place(shape.box)}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{self.colour(shape.fill)}'
            f'<a:ln w="9525">{line}</a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>'
            f'<a:endParaRPr lang="{self._language}"/></a:p></p:txBody></p:sp>'
        )

    def group(self, shape: Group) -> str:
        """Rectangles with one alternative text."""
        box = place_of(shape)
        inner = place(box, "chOff", "chExt", wrapped=False)
        head = (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{self.number()}" name={quoteattr(shape.name)} '
            f"descr={quoteattr(shape.alt)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>"
            f"<a:xfrm>{place(box, wrapped=False)}{inner}</a:xfrm></p:grpSpPr>"
        )
        return head + "".join(self.rect(rect) for rect in shape.rects) + "</p:grpSp>"

    def grid(self, shape: Grid) -> str:
        """A table."""
        columns = "".join(f'<a:gridCol w="{round(width * EMU)}"/>' for width in shape.widths)
        rows = "".join(
            f'<a:tr h="{round(row.height * EMU)}">'
            + "".join(self._cell(cell, shape) for cell in row.cells)
            + "</a:tr>"
            for row in shape.rows
        )
        first = ' firstRow="1"' if shape.head else ""
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{self.number()}" '
            f"name={quoteattr(shape.name)} descr={quoteattr(_about(shape))}/>"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
            f"</p:nvGraphicFramePr><p:xfrm>{place(shape.box, wrapped=False)}</p:xfrm>"
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table'
            f'"><a:tbl><a:tblPr{first}><a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>'
            f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic>"
            "</p:graphicFrame>"
        )

    def _placeholder(self, kind: str, index: int, name: str, paras: str) -> str:
        at = f' idx="{index}"' if index else ""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.number()}" name={quoteattr(name)}/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{at}/>'
            f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paras}"
            "</p:txBody></p:sp>"
        )

    def _cell(self, cell: Cell, grid: Grid) -> str:
        span = f' gridSpan="{cell.span}"' if cell.span > 1 else ""
        pad, skirt = round(grid.pad * EMU), round(grid.skirt * EMU)
        anchor = ' anchor="ctr"' if cell.middle else ""
        fill = self.colour(cell.fill) if cell.fill else "<a:noFill/>"
        paras = cell.paras or (Para((Run(""),), grid.rows[0].cells[0].paras[0].type),)
        return (
            f"<a:tc{span}><a:txBody><a:bodyPr/><a:lstStyle/>{self._paras(paras)}</a:txBody>"
            f'<a:tcPr marL="{pad}" marR="{pad}" marT="{skirt}" marB="{skirt}"{anchor}>'
            f"{self._borders(cell)}{fill}</a:tcPr></a:tc>" + _MERGED * (cell.span - 1)
        )

    def _borders(self, cell: Cell) -> str:
        if cell.frame:
            width = 25400 if cell.frame == WHITE else 19050
            return "".join(self._border(side, cell.frame, width) for side in "LRTB")
        none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
        if not cell.rule:
            return none + '<a:lnB w="0"><a:noFill/></a:lnB>'
        return none + self._border("B", cell.rule, 25400 if cell.rule == WHITE else 9525)

    def _border(self, side: str, colour: str, width: int) -> str:
        return f'<a:ln{side} w="{width}" cmpd="sng">{self.colour(colour)}</a:ln{side}>'

    def _paras(self, paras: Iterable[Para]) -> str:
        return "".join(self._para(para, first=at == 0) for at, para in enumerate(paras))

    def _para(self, para: Para, *, first: bool) -> str:
        before = 0 if first else round(para.before * 100)
        indent = f' marL="{round(para.indent * EMU)}"' if para.indent else ""
        hang = f' indent="{-round(_BULLET * EMU)}"' if para.bullet else ' indent="0"'
        shown = [run for run in para.runs if run.text]
        runs = "".join(
            self._run(run, para) + self._after_link(run, para) * (at < len(shown))
            for at, run in enumerate(shown, start=1)
        )
        end = f'<a:endParaRPr lang="{self._language}" sz="{round(para.type.size * 100)}"/>'
        return (
            f'<a:p><a:pPr algn="{_ALIGN[para.align]}"{indent}{hang}><a:lnSpc><a:spcPts '
            f'val="{round(para.type.line * 100)}"/></a:lnSpc><a:spcBef><a:spcPts val="{before}"/>'
            f'</a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>{_bullet(para.bullet)}</a:pPr>'
            f"{runs}{'' if runs else end}</a:p>"
        )

    def _run(self, run: Run, para: Para) -> str:
        bold = ' b="1"' if run.bold or para.type.bold else ' b="0"'
        italic = ' i="1"' if run.italic else ""
        raised = f' baseline="{_RAISED}"' if run.raised else ""
        fill = self.colour(run.colour or para.type.colour)
        face = f'<a:latin typeface="{_CODE}"/><a:cs typeface="{_CODE}"/>' if run.code else _FACE
        return (
            f'<a:r><a:rPr lang="{self._language}" sz="{round(para.type.size * 100)}"{bold}{italic}'
            f"{raised}>{fill}{face}{self._link(run)}</a:rPr><a:t>{escape(run.text)}</a:t></a:r>"
        )

    def _after_link(self, run: Run, para: Para) -> str:
        """Nothing, in the look of the link before it.

        LibreOffice gives a link the colour and the height of whatever follows.
        """
        if not (run.href or (run.source and self._source(run.source))):
            return ""
        return self._run(replace(run, text=_NOTHING, href="", source=0, raised=False), para)

    def _link(self, run: Run) -> str:
        if run.href:
            return f'<a:hlinkClick r:id="{self._address(run.href)}">{_KEEP_COLOUR}</a:hlinkClick>'
        listed = self._source(run.source) if run.source else ""
        if not listed:
            return ""
        return (
            f'<a:hlinkClick r:id="{listed}" action="ppaction://hlinksldjump">{_KEEP_COLOUR}'
            "</a:hlinkClick>"
        )

    def colour(self, colour: str) -> str:
        """A fill, by the theme's name where the theme has the colour."""
        name = self._colours.get(colour)
        if name:
            return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'
        return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#")}"/></a:solidFill>'


_KEEP_COLOUR: Final = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)
"""A link keeps the colour of its text."""


def theme_names(scheme: Mapping[str, str]) -> dict[str, str]:
    """Colours to the names under which slides ask for them; the first of equals."""
    names = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
    found: dict[str, str] = {}
    for key, colour in scheme.items():
        if key not in ("hlink", "folHlink"):
            found.setdefault(colour, names.get(key, key))
    return found


def place(box: Box, off: str = "off", ext: str = "ext", *, wrapped: bool = True) -> str:
    """Where a shape stands, as ``a:xfrm`` or as what stands inside one."""
    at = (
        f'<a:{off} x="{round(box.left * EMU)}" y="{round(box.top * EMU)}"/>'
        f'<a:{ext} cx="{round(box.width * EMU)}" cy="{round(box.height * EMU)}"/>'
    )
    return f"<a:xfrm>{at}</a:xfrm>" if wrapped else at


def _bullet(bullet: str) -> str:
    if not bullet:
        return "<a:buNone/>"
    if bullet.isdecimal():
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="{bullet}"/>'
    return f'<a:buFont typeface="Arial"/><a:buChar char={quoteattr(bullet)}/>'


def _about(grid: Grid) -> str:
    """What a table is, for who cannot see it: its name and its column heads."""
    if not grid.head:
        return grid.name
    heads = [" ".join(para.text for para in cell.paras).strip() for cell in grid.rows[0].cells]
    return f"{grid.name}. Columns: {', '.join(filter(None, heads))}."


def _named(name: str) -> str:
    return name[:60] or "Text"
