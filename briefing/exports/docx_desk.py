"""What every block of a Word document is written with."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.brief import Brief, Text
from briefing.core.estimates import Confidence, Likelihood
from briefing.exports.docx_lists import Lists
from briefing.exports.docx_markup import NO_BREAK, TAB, paragraph, patch, run
from briefing.exports.docx_package import Parts
from briefing.exports.docx_pictures import (
    SCALE,
    STEPS,
    confidence_steps,
    confidence_words,
    drawing,
    likelihood_scale,
    likelihood_words,
)
from briefing.exports.docx_table import Cell
from briefing.exports.docx_words import Words
from briefing.exports.world_svg import RAMP

INK, WHITE = "#16202c", "#ffffff"
ON_RAMP = (INK, INK, INK, WHITE, WHITE)
"""Colour of text on each step of the ramp."""
APART = f"{NO_BREAK}{NO_BREAK} "
"""Room between two things in a line, which may break there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Words, parts and lists of the document that is being written."""

    brief: Brief
    words: Words
    parts: Parts
    lists: Lists

    def cell(self, content: Text | str, style: str = "TableText", run_style: str = "") -> Cell:
        """A cell of one paragraph: a text of the brief, or plain words in a character style."""
        made = run(content, run_style) if isinstance(content, str) else self.words.text(content)
        return Cell(paragraph(style, made))

    def note(self, text: Text, style: str = "Note") -> list[str]:
        """A note in small type, or nothing."""
        return [paragraph(style, self.words.text(text))] if text else []

    def estimate(self, likelihood: Likelihood, confidence: Confidence, style: str) -> list[str]:
        """Two lines, never one: how likely it is, and how far its basis can be trusted."""
        scale = self._picture(likelihood_scale(likelihood), SCALE, likelihood_words(likelihood))
        steps = self._picture(confidence_steps(confidence), STEPS, confidence_words(confidence))
        term = run(likelihood.term.replace(" ", NO_BREAK), "Strong")
        span = run(NO_BREAK * 2 + likelihood.range, "Quiet")
        return [
            paragraph(style, f"{run('Likelihood', 'Quiet')}{TAB}{scale}{TAB}{term}{span}"),
            paragraph(
                style,
                f"{run('Confidence', 'Quiet')}{TAB}{steps}{TAB}{run(confidence.word, 'Strong')}",
            ),
        ]

    def _picture(self, png: bytes, size: tuple[float, float], says: str) -> str:
        return drawing(self.parts.picture(png, "png"), self.parts.drawn(), *size, says)


def head(words: str, side: str = "", *, flush: bool = False) -> Cell:
    """A cell of a table's head; ``side`` is ``Right``, ``Centred`` or "" for left."""
    return Cell(paragraph(f"TableHead{side}", run(words)), low=True, flush=flush)


def swatch(fill: str, words: str) -> str:
    """A patch of a colour and what it stands for, with room before the next."""
    meaning = NO_BREAK + words.replace(" ", NO_BREAK)
    return f"{patch(fill)}{run(meaning)}{run(APART)}"


def on_ramp(step: int, *, bold: bool = False) -> tuple[str, str]:
    """Ground and run properties of text on a step of the ramp, from 1."""
    props = "<w:b/><w:bCs/>" if bold else ""
    colour = ON_RAMP[step - 1]
    if colour != INK:
        props += f'<w:color w:val="{colour[1:].upper()}"/>'
    return RAMP[step - 1], props
