"""Small pictures in SVG: the scale of likelihood, the steps of confidence, bars, the map."""

from __future__ import annotations

from briefing.core.brief import WorldMap, plain
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.wording import sentence_case
from briefing.core.world import BOUNDARY_NOTE
from briefing.exports import world_svg
from briefing.exports.html_markup import element, text
from briefing.exports.html_words import Words

_WIDTH = 72
_STEPS = ((0, 4), (8, 7), (16, 10))
"""Left edge and height of the three steps."""
_SEQ = {fill: f"seq-{step}" for step, fill in enumerate(world_svg.RAMP, start=1)}


def estimates(likelihood: Likelihood, confidence: Confidence) -> str:
    """Likelihood and confidence as two lines, each with its picture and its words."""
    term = element("b", text(likelihood.term))
    spread = element("span", text(f" {likelihood.range}"), class_="quiet figures")
    return element(
        "dl",
        _line("Likelihood", scale(likelihood), term + spread),
        _line("Confidence", steps(confidence), element("b", text(confidence.word))),
        class_="estimates",
    )


def scale(meant: Likelihood) -> str:
    """ICD 203: seven terms from 1 to 99 per cent, the one meant filled."""
    pieces = []
    for term in Likelihood:
        left = (term.low - 1) / 98 * _WIDTH
        wide = max((term.high - term.low) / 98 * _WIDTH - 1, 1.5)
        pieces.append(_rect(left, 0, wide, 8, "on" if term is meant else "off"))
    return _picture(pieces, _WIDTH, 8, "scale")


def steps(confidence: Confidence) -> str:
    """Three steps, as many filled as the word says."""
    pieces = [
        _rect(left + 0.5, 10.5 - high, 6, high, "on" if index < confidence.steps else "off")
        for index, (left, high) in enumerate(_STEPS)
    ]
    return _picture(pieces, _WIDTH, 11, "steps")


def bar(share: float) -> str:
    """A bar of so much of its column, 0 to 1."""
    wide = f"{100 * min(max(share, 0.0), 1.0):.2f}"
    drawn = element("rect", width=wide, height="8")
    return element(
        "svg", drawn, viewBox="0 0 100 8", preserveAspectRatio="none", aria_hidden="true"
    )


def swatch(kind: str) -> str:
    """A key of a legend."""
    return element("span", class_=f"swatch {kind}", aria_hidden="true")


def world_map(block: WorldMap, words: Words) -> str:
    """The map with its legend, its countries in words, and what it does not say."""
    drawn = world_svg.draw(block.countries)
    note = words.text(block.note)
    pieces = []
    if drawn.svg:
        alt = block.alt or "World map of the countries named."
        # The drawing is of our own shapes and numbers; no word of the brief is in it.
        pieces.append(element("div", drawn.svg, role="img", aria_label=alt))
        pieces.append(_legend(drawn, block.unit))
        note = f"{text('In brackets: countries in the class. ')}{note}"
        if "Natural Earth" not in plain(block.note):
            note += text(f" {BOUNDARY_NOTE}")
    pieces.append(element("p", text(drawn.named), class_="named"))
    if note:
        pieces.append(element("p", note, class_="note under"))
    return element("figure", *pieces, class_="map")


def _legend(drawn: world_svg.Drawn, unit: str) -> str:
    rows = [
        element(
            "li",
            swatch(_SEQ[fill]),
            element("span", text(label), class_="figures"),
            element("span", text(f"({countries:,})"), class_="quiet figures"),
        )
        for label, countries, fill in drawn.legend
    ]
    name = element("li", text(sentence_case(unit)), class_="name")
    none = element("li", swatch("none"), text("no reports"))
    return element("ul", name, *rows, none, class_="legend")


def _line(name: str, picture: str, words: str) -> str:
    hidden = element("dd", picture, aria_hidden="true")
    return element("div", element("dt", text(name)), hidden, element("dd", words))


def _picture(pieces: list[str], wide: int, high: int, kind: str) -> str:
    box = f"0 0 {wide} {high}"
    return element("svg", *pieces, viewBox=box, width=f"{wide}", height=f"{high}", class_=kind)


def _rect(left: float, top: float, wide: float, high: float, kind: str) -> str:
    return element(
        "rect",
        x=f"{left:.2f}",
        y=f"{top:.2f}",
        width=f"{wide:.2f}",
        height=f"{high:.2f}",
        class_=kind,
    )
