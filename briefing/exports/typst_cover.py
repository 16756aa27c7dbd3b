"""The cover and the brand of a brief, as the template expects them."""

from __future__ import annotations

import base64
from typing import Any

from briefing.core.brief import Brief
from briefing.exports import world_svg
from briefing.exports.brand import Logo, logo, look
from briefing.exports.cover_words import countries_of_map, cover_rows
from briefing.exports.typst_words import Words, cut

_TITLE_SIZES = ((70, 36.0), (150, 27.0), (400, 18.0))
"""Characters of a title, and the size in points in which they fit the cover."""
_LINE = 300
"""Characters of a line of the cover."""
_FOOTER = 120
"""Characters of a brand's line at the foot of a page."""


def brand(brief: Brief, words: Words) -> dict[str, Any]:
    """Colours, logo and footer.

    Raises:
        BriefingError: when a colour is none, or the logo no picture of a sensible size.
    """
    colours, found = look(brief.brand), logo(brief.brand)
    own = words.of_author()
    return {
        "accent": colours.accent,
        "band": colours.band,
        "on_band": colours.on_band,
        "second": colours.second,
        "name": own.line(cut(brief.brand.name, _LINE)) if brief.brand else "",
        "footer": own.line(cut(brief.brand.footer, _FOOTER)) if brief.brand else "",
        "logo": _drawing(found) if found else "",
        "shape": found.shape if found else 0.0,
    }


def _drawing(found: Logo) -> str:
    """The logo as a drawing; a picture of dots is put into one, which JSON can hold."""
    if found.kind == "svg":
        return found.data.decode("utf-8", "replace")
    kind = "jpeg" if found.kind == "jpg" else found.kind
    size = f'width="{found.width}" height="{found.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/{kind};base64,'
        f'{base64.b64encode(found.data).decode("ascii")}"/></svg>'
    )


def cover(brief: Brief, words: Words) -> dict[str, Any] | None:
    """The cover, or None where the brief has none."""
    if not brief.cover:
        return None
    title = brief.title or brief.kind_title or "Briefing"
    size = next((size for most, size in _TITLE_SIZES if len(title) <= most), _TITLE_SIZES[-1][1])
    subject = "" if brief.subject.lower() in title.lower() else brief.subject
    return {
        "kind": words.line(cut(brief.kind_title, _LINE)),
        "title": words.line(cut(title, _TITLE_SIZES[-1][0])),
        "size": size,
        "subject": words.line(cut(subject, _LINE)),
        "rows": [
            {"label": label, "value": words.of_author().line(cut(value, _LINE))}
            for label, value in cover_rows(brief)
            if value
        ],
        "svg": world_svg.silhouette(countries_of_map(brief)),
    }
