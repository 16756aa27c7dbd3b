"""The master of our slides and its layouts, and the page of speaker notes.

What never changes stands on the layouts: the marking at the top right, the accent line, the band of
the title slide. A slide that somebody adds later carries its marking from there. Footers are not
inherited, so every slide has its own.
"""

from __future__ import annotations

from typing import Final

from briefing.exports.office_package import DECLARATION
from briefing.exports.pptx_markup import Markup, place
from briefing.exports.pptx_theme import NAMESPACES
from briefing.exports.slide_frame import (
    FOOT,
    FOOT_TYPE,
    NUMBER,
    NUMBER_TYPE,
    accent_line,
    band,
    top_marking,
)
from briefing.exports.slide_heads import HEADLINE, TITLE
from briefing.exports.slide_shapes import ACROSS, BODY_BOTTOM, BODY_TOP, INK, LEFT, Box, Type
from briefing.exports.slides import Slide

FOOT_INDEX, NUMBER_INDEX = 11, 12
"""Indexes of the placeholders that every slide repeats."""
LAYOUTS: Final = (("Title slide", "title"), ("Headline", "titleOnly"), ("Headline and text", "obj"))
"""Names and kinds."""
_FIRST_ID: Final = 2147483648
"""Of masters and layouts, which share one range (ECMA-376, part 1, 19.7.3)."""
_GROUP: Final = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_GROUND: Final = (
    '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr>'
    "</p:bg>"
)
_MAP: Final = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)
_BODY: Final = Box(LEFT, BODY_TOP, ACROSS, BODY_BOTTOM - BODY_TOP)
_HEAD: Final = Type(30, 35, bold=True)
_OUTLINE: Final = (Type(20, 27), Type(18, 25), Type(16, 22), Type(14, 19), Type(14, 19))
"""Text of the layout that has a place for it, level by level."""
_NOTES: Final = Type(11, 15)


def master(markup: Markup) -> str:
    """The slide master: white, with places for headline, text, foot and number."""
    listed = "".join(
        f'<p:sldLayoutId id="{_FIRST_ID + 1 + at}" r:id="rId{at + 1}"/>'
        for at in range(len(LAYOUTS))
    )
    shapes = (
        _holder(markup, 'type="title"', "Headline", HEADLINE, _HEAD)
        + _holder(markup, 'type="body" idx="1"', "Text", _BODY, None)
        + _foot(markup, FOOT_TYPE, NUMBER_TYPE)
    )
    styles = (
        f"<p:titleStyle>{_level(0, _HEAD, markup)}</p:titleStyle><p:bodyStyle>"
        + "".join(_level(at, type_, markup) for at, type_ in enumerate(_OUTLINE))
        + f"</p:bodyStyle><p:otherStyle>{_level(0, _OUTLINE[1], markup)}</p:otherStyle>"
    )
    return (
        f"{DECLARATION}<p:sldMaster {NAMESPACES}><p:cSld>{_GROUND}<p:spTree>{_GROUP}{shapes}"
        f"</p:spTree></p:cSld>{_MAP}<p:sldLayoutIdLst>{listed}</p:sldLayoutIdLst>"
        f"<p:txStyles>{styles}</p:txStyles></p:sldMaster>"
    )


def layout(number: int, first: Slide, markup: Markup) -> str:
    """One of ``LAYOUTS``, from 0; ``first`` is the title slide."""
    name, kind = LAYOUTS[number]
    if number == 0:
        on_band = first.look.on_band
        colour = Type(FOOT_TYPE.size, FOOT_TYPE.line, colour=on_band)
        shapes = (
            markup.rect(band(first.look))
            + _holder(markup, 'type="ctrTitle"', "Title", TITLE, Type(48, 56, True, on_band))
            + markup.text(top_marking(first.tlp, title=True))
            + _foot(markup, colour, Type(NUMBER_TYPE.size, NUMBER_TYPE.line, True, on_band))
        )
    else:
        shapes = (
            _holder(markup, 'type="title"', "Headline", HEADLINE, _HEAD)
            + markup.rect(accent_line(first.look))
            + (_holder(markup, 'type="body" idx="1"', "Text", _BODY, None) if number == 2 else "")
            + markup.text(top_marking(first.tlp, title=False))
            + _foot(markup, FOOT_TYPE, NUMBER_TYPE)
        )
    return (
        f'{DECLARATION}<p:sldLayout {NAMESPACES} type="{kind}" preserve="1">'
        f'<p:cSld name="{name}"><p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def notes_master(markup: Markup) -> str:
    """The page of notes: the slide above, its notes below, the number at the foot."""
    picture = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{markup.number()}" name="Slide"/><p:cNvSpPr><a:spLocks '
        'noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/>'
        f"</p:nvPr></p:nvSpPr><p:spPr>{place(Box(54, 48, 432, 243))}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525"><a:solidFill>'
        '<a:srgbClr val="C3C9D0"/></a:solidFill></a:ln></p:spPr></p:sp>'
    )
    body = Box(54, 315, 432, 345)
    number = Box(426, 680, 60, 16)
    return (
        f"{DECLARATION}<p:notesMaster {NAMESPACES}><p:cSld>{_GROUND}<p:spTree>{_GROUP}{picture}"
        + _holder(markup, 'type="body" sz="quarter" idx="3"', "Notes", body, _NOTES)
        + _number(markup, 5, number, NUMBER_TYPE)
        + f"</p:spTree></p:cSld>{_MAP}<p:notesStyle>{_level(0, _NOTES, markup)}</p:notesStyle>"
        "</p:notesMaster>"
    )


def _holder(markup: Markup, kind: str, name: str, box: Box, type_: Type | None) -> str:
    """A place for text; without a type, the outline styles of the master hold."""
    style = _level(0, type_, markup) if type_ else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{markup.number()}" name="{name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>'
        f'{place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        '<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p><a:r>"
        f'<a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _foot(markup: Markup, foot: Type, number: Type) -> str:
    kind = f'type="ftr" sz="quarter" idx="{FOOT_INDEX}"'
    return _holder(markup, kind, "Foot", FOOT, foot) + _number(markup, NUMBER_INDEX, NUMBER, number)


def _number(markup: Markup, index: int, box: Box, type_: Type) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{markup.number()}" name="Slide number"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter" '
        f'idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr>{place(box)}<a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" '
        'tIns="0" rIns="0" bIns="0" anchor="t"/><a:lstStyle>'
        f"{_level(0, type_, markup, 'r')}</a:lstStyle><a:p><a:fld "
        'id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/>'
        "<a:t>#</a:t></a:fld></a:p></p:txBody></p:sp>"
    )


def _level(at: int, type_: Type, markup: Markup, align: str = "l") -> str:
    """The style of one level; deeper ones are indented and have a bullet."""
    indent = f'marL="{at * 228600}" indent="{-228600 if at else 0}"'
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if at else "<a:buNone/>"
    return (
        f'<a:lvl{at + 1}pPr {indent} algn="{align}" defTabSz="914400" rtl="0" eaLnBrk="1" '
        f'latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPts val="{round(type_.line * 100)}"/>'
        f'</a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>{bullet}<a:defRPr '
        f'sz="{round(type_.size * 100)}" b="{int(type_.bold)}" kern="1200">'
        f'{markup.colour(type_.colour or INK)}<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
        f'<a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{at + 1}pPr>'
    )
