"""Contrast of colours, and the nearest shade of a colour that has enough of it.

Relative luminance and contrast ratio are those of WCAG 2.2 (W3C Recommendation, section "Terms":
"relative luminance", "contrast ratio").
"""

from __future__ import annotations

import colorsys
from typing import Final

FOR_TEXT: Final = 4.5
"""Least ratio of text and its ground (WCAG 2.2, success criterion 1.4.3, level AA)."""
FOR_GRAPHICS: Final = 3.0
"""Least ratio of a graphic and its ground (WCAG 2.2, success criterion 1.4.11, level AA)."""
WHITE: Final = "#ffffff"

_STEPS: Final = 1024


def contrast(colour: str, ground: str = WHITE) -> float:
    """The ratio of the luminances of two colours (``#rrggbb``), from 1 to 21."""
    darker, lighter = sorted((_luminance(colour), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest_shade(colour: str, least: float = FOR_TEXT) -> str:
    """The lightest darker shade of a colour whose contrast against white is enough.

    Hue and saturation stay as they are (HSL); a colour that has enough contrast is its own shade.

    Args:
        colour: ``#rrggbb``.
        least: The ratio wanted, from 1 to 21.
    """
    if contrast(colour) >= least:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    shades = (
        _written(colorsys.hls_to_rgb(hue, lightness * (1 - step / _STEPS), saturation))
        for step in range(1, _STEPS + 1)
    )
    return next(shade for shade in shades if contrast(shade) >= least)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
