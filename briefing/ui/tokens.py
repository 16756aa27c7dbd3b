"""Every colour and type size of the program, once for light and once for dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.core.tlp import Tlp

Colour = Literal[
    "paper",
    "mist",
    "mist_2",
    "ink",
    "ink_2",
    "ink_3",
    "line",
    "line_2",
    "control",
    "accent",
    "accent_hover",
    "on_accent",
    "tint",
    "tint_2",
    "focus",
    "claim",
    "claim_ground",
    "evidence",
    "evidence_ground",
    "error",
    "error_ground",
    "done",
    "seq_1",
    "seq_2",
    "seq_3",
    "seq_4",
    "seq_5",
    "no_data",
    "no_data_line",
    "ach_cc",
    "ach_c",
    "ach_n",
    "ach_i",
    "ach_ii",
]
"""The name of one colour; the fields of ``Tokens``."""

Role = Literal[
    "title",
    "call",
    "heading",
    "body",
    "rail",
    "rail_current",
    "strong",
    "table",
    "key",
    "table_strong",
    "button",
    "primary",
    "head",
    "note",
    "note_strong",
    "chip",
    "badge",
    "mark",
]
"""What a piece of text is for; it decides size, line height and weight."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as ``#rrggbb``. ``seq_1`` to ``seq_5`` is the sequential ramp, pale to strong.

    ``seq_ink`` holds the text colour that is readable on each of its steps. ``claim`` is also the
    colour of warnings.
    """

    paper: str
    mist: str
    mist_2: str
    ink: str
    ink_2: str
    ink_3: str
    line: str
    line_2: str
    control: str
    accent: str
    accent_hover: str
    on_accent: str
    tint: str
    tint_2: str
    focus: str
    claim: str
    claim_ground: str
    evidence: str
    evidence_ground: str
    error: str
    error_ground: str
    done: str
    seq_1: str
    seq_2: str
    seq_3: str
    seq_4: str
    seq_5: str
    no_data: str
    no_data_line: str
    ach_cc: str
    ach_c: str
    ach_n: str
    ach_i: str
    ach_ii: str
    seq_ink: tuple[str, str, str, str, str]

    @property
    def seq(self) -> tuple[str, str, str, str, str]:
        """The sequential ramp, from few to many."""
        return (self.seq_1, self.seq_2, self.seq_3, self.seq_4, self.seq_5)


LIGHT = Tokens(
    paper="#ffffff",
    mist="#f0f1f3",
    mist_2="#f7f8f9",
    ink="#16202c",
    ink_2="#465260",
    ink_3="#5f6977",
    line="#dcdfe4",
    line_2="#c3c9d0",
    control="#7f8997",
    accent="#0b3c78",
    accent_hover="#164f96",
    on_accent="#ffffff",
    tint="#e4edf7",
    tint_2="#f1f6fb",
    focus="#2468a9",
    claim="#8a4f00",
    claim_ground="#fdf4e3",
    evidence="#0b6470",
    evidence_ground="#e6f3f4",
    error="#a3231b",
    error_ground="#fcebe9",
    done="#1c6b4a",
    seq_1="#c6dbef",
    seq_2="#8fbbe0",
    seq_3="#4f94c9",
    seq_4="#2468a9",
    seq_5="#0b3c78",
    no_data="#f0f1f3",
    no_data_line="#b4bbc4",
    ach_cc="#8fbbe0",
    ach_c="#c9def2",
    ach_n="#f0f1f3",
    ach_i="#f8d9bd",
    ach_ii="#e39a5b",
    seq_ink=("#16202c", "#16202c", "#16202c", "#ffffff", "#ffffff"),
)

DARK = Tokens(
    paper="#182029",
    mist="#10161d",
    mist_2="#1d2731",
    ink="#e7ebef",
    ink_2="#b9c2cc",
    ink_3="#98a4b1",
    line="#2b3743",
    line_2="#3b4856",
    control="#6f7d8c",
    accent="#8fbbe0",
    accent_hover="#b3d3ee",
    on_accent="#10161d",
    tint="#21364d",
    tint_2="#1c2c3e",
    focus="#8fbbe0",
    claim="#e0a458",
    claim_ground="#2e2718",
    evidence="#6cc3cc",
    evidence_ground="#16302f",
    error="#f0958c",
    error_ground="#371f1f",
    done="#7cc8a4",
    seq_1="#24466b",
    seq_2="#32679c",
    seq_3="#5594cb",
    seq_4="#8fbfe6",
    seq_5="#d2e6f7",
    no_data="#1d2731",
    no_data_line="#46535f",
    ach_cc="#2f699e",
    ach_c="#24466b",
    ach_n="#242f3a",
    ach_i="#533a20",
    ach_ii="#8f5522",
    seq_ink=("#ffffff", "#ffffff", "#16202c", "#16202c", "#16202c"),
)

TLP_GROUND = "#000000"
TLP_INK = {
    Tlp.RED: "#ff2b2b",
    Tlp.AMBER_STRICT: "#ffc000",
    Tlp.AMBER: "#ffc000",
    Tlp.GREEN: "#33ff00",
    Tlp.CLEAR: "#ffffff",
}
"""FIRST's colours, the same in both themes: TLP 2.0, "TLP label colour coding"."""


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """Pixels at 100 %: the size, the line it stands in, the weight, extra space per letter."""

    size: int
    line: int
    weight: int
    spacing: float = 0.0


TYPE: dict[Role, TypeStyle] = {
    "title": TypeStyle(20, 28, 650, -0.2),
    "call": TypeStyle(16, 24, 650),
    "heading": TypeStyle(13, 20, 650),
    "body": TypeStyle(13, 20, 400),
    "rail": TypeStyle(13, 20, 500),
    "rail_current": TypeStyle(13, 20, 600),
    "strong": TypeStyle(13, 20, 600),
    "table": TypeStyle(12, 16, 400),
    "key": TypeStyle(12, 16, 500),
    "table_strong": TypeStyle(12, 16, 600),
    "button": TypeStyle(12, 16, 500),
    "primary": TypeStyle(12, 16, 600),
    "head": TypeStyle(11, 16, 500),
    "note": TypeStyle(11, 16, 400),
    "note_strong": TypeStyle(11, 16, 600),
    "chip": TypeStyle(11, 16, 500),
    "badge": TypeStyle(11, 16, 700),
    "mark": TypeStyle(10, 12, 500),
}
