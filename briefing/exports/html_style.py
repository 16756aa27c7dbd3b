"""The style sheet of a page: ours, the brand's colours, the foot of paper, and the typeface."""

from __future__ import annotations

import base64
from functools import cache
from typing import Final

from briefing.analysis.contrast import FOR_TEXT, contrast
from briefing.core.brief import Brief
from briefing.core.dates import long_date
from briefing.core.errors import BriefingError
from briefing.exports.brand import look
from briefing.exports.font_subset import subset_woff
from briefing.exports.fonts import font_folders, printable
from briefing.exports.typst_data import TLP_COLOURS
from briefing.paths import resources_folder

_DARK_PAPER: Final = "#182029"
"""What text stands on where the reader's system is dark; a token of the style sheet."""
_STEPS: Final = 64
_LETTER_MM: Final = 1.75
"""Width of a capital of a badge."""


def style_sheet(brief: Brief, shown: str) -> str:
    """Everything of the page's look.

    Args:
        brief: For its brand, its marking and what stands at the foot of paper.
        shown: Every character of the page, in any order.

    Raises:
        BriefingError: when the style sheet is not there, or a colour of the brand is none.
    """
    return "\n".join((_typeface(shown), _sheet(), _brand(brief), _paper(brief)))


@cache
def _sheet() -> str:
    path = resources_folder() / "html" / "brief.css"
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise BriefingError(
            "The style sheet of the HTML page is missing.",
            f"{path}: {error.strerror or error}",
            "Install the program again.",
        ) from error


@cache
def _inter() -> bytes:
    upright = [path for path in font_folders()[0].glob("*.ttf") if "Italic" not in path.name]
    return upright[0].read_bytes()


def _typeface(shown: str) -> str:
    """Inter with the characters of this page; what it does not have, the system's type sets."""
    packed = base64.b64encode(subset_woff(_inter(), set(shown))).decode("ascii")
    return (
        '@font-face { font-family: "Inter"; font-weight: 100 900; font-display: block; '
        f'src: url("data:font/woff;base64,{packed}") format("woff"); }}'
    )


def _brand(brief: Brief) -> str:
    """The brand in place of the accent; in the dark a shade of it that can be read there."""
    if brief.brand is None or not (brief.brand.primary or brief.brand.secondary):
        return ""
    found = look(brief.brand)
    dark = readable(found.accent, _DARK_PAPER)
    light = (
        f"--accent: {found.accent}; --accent-2: {found.accent}; --band: {found.band}; "
        f"--on-band: {found.on_band}; --band-second: {found.second};"
    )
    return (
        f":root {{ {light} }}\n"
        "@media screen and (prefers-color-scheme: dark) "
        f"{{ :root {{ --accent: {dark}; --accent-2: {dark}; }} }}"
    )


def readable(colour: str, ground: str) -> str:
    """The colour, mixed with white until its contrast with a dark ground is enough for text."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(_STEPS + 1):
        mixed = (round(part + (255 - part) * step / _STEPS) for part in parts)
        shade = "#" + "".join(f"{part:02x}" for part in mixed)
        if contrast(shade, ground) >= FOR_TEXT:
            return shade
    raise ValueError(f"No shade of {colour} can be read on {ground}.")


def _paper(brief: Brief) -> str:
    """The foot of every printed page, in the margin boxes of CSS Paged Media."""
    label, colour = brief.tlp.label, TLP_COLOURS[brief.tlp]
    small = 'font: 7.5pt/10pt Inter, "Noto Sans", sans-serif; color: #5f6977;'
    badge = (
        f"content: {css_string(label)}; font: 700 8.5pt/4.6mm Inter, sans-serif; color: {colour}; "
        "background: #000000; text-align: center; white-space: nowrap; "
        f"width: {len(label) * _LETTER_MM + 4:.0f}mm; height: 4.6mm; margin: 4mm 0 auto;"
    )
    said = "".join(css_string(f" · {words}") for words in foot_words(brief))
    page = f'content: "Page " counter(page) " of " counter(pages) {said};'
    return (
        "@page { margin: 12mm 18mm 19mm; "
        f"@bottom-left {{ {page} {small} width: 136mm; vertical-align: middle; }} "
        f"@bottom-right {{ {badge} }} }}\n"
        "@page cover { margin-top: 10mm; }"
    )


def foot_words(brief: Brief) -> list[str]:
    """What stands at the end of the page and at the foot of paper."""
    said = [f"Data as of {long_date(brief.data_as_of) or 'a day not stated'}", "made offline"]
    if brief.client:
        said.append(brief.client)
    if brief.brand and brief.brand.footer:
        said.append(brief.brand.footer)
    return said


def css_string(words: str) -> str:
    """Words as a string of CSS; whatever is no letter, figure or space is written by its number.

    The space behind a number ends it (CSS Syntax Module Level 3, "Consume an escaped code point").
    """
    return (
        '"'
        + "".join(
            sign if sign.isascii() and (sign.isalnum() or sign == " ") else f"\\{ord(sign):x} "
            for sign in printable(words)
        )
        + '"'
    )
