"""Bar charts that PowerPoint draws and lets its reader edit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.util import Pt

from briefing.exports.chart_workbook import workbook
from briefing.exports.slide_shapes import BAR, INK, SECTION_LINE, BarChart

if TYPE_CHECKING:
    from pptx.slide import Slide as PptxSlide

_VALUES_ROOM = 0.10
"""Share of a chart's width at the right for the value of the longest bar."""
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class _Data(CategoryChartData):
    """Labels and values; a label that looks like a formula stays a label in the workbook."""

    def __init__(self, chart: BarChart, moment: datetime) -> None:
        base: Any = super()  # the library's own methods have no types
        base.__init__(number_format="#,##0")
        self._rows, self._unit, self._moment = chart.rows, chart.unit, moment
        self.categories = [label for label, _ in chart.rows]
        add_series: Any = self.add_series
        add_series(chart.unit or "Number", [value for _, value in chart.rows])

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook, dated by the brief."""
        return workbook(self._rows, self._unit, self._moment)


def add_chart(slide: PptxSlide, chart: BarChart, number: int, moment: datetime) -> None:
    """Put a chart on a slide.

    Args:
        slide: The slide.
        chart: What it shows.
        number: Id of the shape.
        moment: Time inside its workbook.
    """
    box = chart.box
    data: Any = _Data(chart, moment)
    place = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("id", str(number))
    properties.set("name", "Chart")
    properties.set("descr", chart.alt)
    made = frame.chart
    made.has_legend = made.has_title = False
    made.font.size = Pt(chart.type.size)
    made.font.color.rgb = _colour(INK)
    _bars(made.plots[0], chart)
    _axes(made)
    _place(made, chart)


def _bars(plot: Any, chart: BarChart) -> None:
    plot.gap_width = 70
    plot.vary_by_categories = False
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _colour(BAR)
    series.invert_if_negative = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = "#,##0", False
    labels.font.bold = True
    labels.font.size = Pt(chart.type.size)


def _axes(made: Any) -> None:
    names, values = made.category_axis, made.value_axis
    names.reverse_order = True
    names.has_major_gridlines = values.has_major_gridlines = False
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = _colour(SECTION_LINE)
    values.visible = False
    values.minimum_scale = 0


def _place(made: Any, chart: BarChart) -> None:
    """Keep room for the labels at the left and for the longest bar's value at the right."""
    share = chart.names / chart.box.width
    width = 1 - share - _VALUES_ROOM
    space = made._chartSpace
    space.insert(1, parse_xml(f'<c:roundedCorners xmlns:c="{_CHART}" val="0"/>'))
    space.chart.plotArea.insert(
        0,
        parse_xml(
            f'<c:layout xmlns:c="{_CHART}"><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{share:.4f}"/><c:y val="0"/>'
            f'<c:w val="{width:.4f}"/><c:h val="1"/></c:manualLayout></c:layout>'
        ),
    )


def _colour(colour: str) -> Any:
    make: Any = RGBColor
    return make(*bytes.fromhex(colour.removeprefix("#")))
