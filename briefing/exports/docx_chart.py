"""A bar chart that Word draws and lets its reader edit: the chart's part."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.exports.chart_workbook import SHEET
from briefing.exports.docx_markup import NAMESPACES, bare, escaped
from briefing.exports.world_svg import RAMP

_INK, _QUIET = "16202C", "C3C9D0"
_LINE, _EDGE = 5.6, 4.0
"""Millimetres: a bar with its label, and what the chart adds at top and bottom."""
_TALLEST = 225.0
"""Millimetres of a page that a chart may take."""


def height(rows: int) -> float:
    """Millimetres a chart of so many bars takes."""
    return min(_EDGE + _LINE * rows, _TALLEST)


def chart(rows: Sequence[tuple[str, int]], unit: str) -> str:
    """The part of a chart with horizontal bars, the first row on top, values at their ends.

    The workbook is expected under the relationship ``rId1``.
    """
    name, labels, values = _cached(rows, unit)
    return (
        f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{name}</c:tx>{_filled(bare(RAMP[3]))}'
        f'<c:invertIfNegative val="0"/>{_value_labels()}<c:cat>{labels}</c:cat>'
        f"<c:val>{values}</c:val></c:ser>"
        '<c:gapWidth val="55"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        f"{_label_axis()}{_value_axis()}"
        "</c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_type(_INK)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def graphic(relation: str) -> str:
    """The ``a:graphicData`` element that shows a chart."""
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return f'<a:graphicData uri="{uri}"><c:chart r:id="{relation}"/></a:graphicData>'


def _cached(rows: Sequence[tuple[str, int]], unit: str) -> tuple[str, str, str]:
    """Name, labels and values, each with its place in the workbook."""
    last, count = len(rows) + 1, f'<c:ptCount val="{len(rows)}"/>'
    labels = "".join(_point(at, escaped(label)) for at, (label, _) in enumerate(rows))
    values = "".join(_point(at, str(value)) for at, (_, value) in enumerate(rows))
    name = f'<c:ptCount val="1"/>{_point(0, escaped(unit))}'
    return (
        f"<c:strRef><c:f>{SHEET}!$B$1</c:f><c:strCache>{name}</c:strCache></c:strRef>",
        f"<c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f>"
        f"<c:strCache>{count}{labels}</c:strCache></c:strRef>",
        f"<c:numRef><c:f>{SHEET}!$B$2:$B${last}</c:f>"
        f"<c:numCache><c:formatCode>#,##0</c:formatCode>{count}{values}</c:numCache></c:numRef>",
    )


def _point(at: int, value: str) -> str:
    return f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>'


def _filled(colour: str) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>"


def _value_labels() -> str:
    shown = "".join(
        f'<c:{name} val="{int(name == "showVal")}"/>'
        for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent")
    )
    return (
        '<c:dLbls><c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_type(_INK)}"
        f'<c:dLblPos val="outEnd"/>{shown}<c:showBubbleSize val="0"/></c:dLbls>'
    )


def _label_axis() -> str:
    return (
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{_QUIET}"/></a:solidFill></a:ln>'
        f'</c:spPr>{_type(_INK)}<c:crossAx val="1002"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis() -> str:
    return (
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>'
        '<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1001"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _type(colour: str) -> str:
    """The typeface of labels, in hundredths of a point."""
    return (
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="850" b="0">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        '</a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
