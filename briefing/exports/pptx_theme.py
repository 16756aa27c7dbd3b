"""The theme of our slides: colours that change with the brand, and the typefaces."""

from __future__ import annotations

from typing import Final

from briefing.exports.brand import Look
from briefing.exports.office_package import DECLARATION
from briefing.exports.slide_shapes import BAR, INK, INK2, INK3, MIST, OCHRE, TEAL, WHITE

NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

_LATIN: Final = 'typeface="Inter" panose="020B0604020202020204" pitchFamily="34" charset="0"'
"""Where Inter is missing, the numbers make programs take a face of the same kind, such as Arial:
a variable-width sans serif (ECMA-376, part 1, 21.1.2.3.7), with the PANOSE number of Arial."""


def scheme(look: Look) -> dict[str, str]:
    """Names of the theme's colours with their values."""
    return {
        "dk1": INK,
        "lt1": WHITE,
        "dk2": INK2,
        "lt2": MIST,
        "accent1": look.accent,
        "accent2": BAR,
        "accent3": OCHRE,
        "accent4": TEAL,
        "accent5": look.second,
        "accent6": INK3,
        "hlink": look.accent,
        "folHlink": look.accent,
    }


def theme(look: Look, name: str = "Threat Briefing") -> str:
    """The theme part."""
    colours = "".join(
        f'<a:{key}><a:srgbClr val="{value.removeprefix("#")}"/></a:{key}>'
        for key, value in scheme(look).items()
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin {_LATIN}/><a:ea typeface=""/><a:cs typeface="Arial"/>'
        f"</a:{kind}Font>"
        for kind in ("major", "minor")
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{name}">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="{name}">{_FORMATS}</a:fmtScheme>'
        "</a:themeElements></a:theme>"
    )


_SOLID = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525">{_SOLID}<a:prstDash val="solid"/></a:ln>'
_PLAIN = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FORMATS = (
    f"<a:fillStyleLst>{_SOLID * 3}</a:fillStyleLst>"
    f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{_PLAIN * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_SOLID * 3}</a:bgFillStyleLst>"
)
"""Flat: no shadows, no gradients. The format wants three of each."""
