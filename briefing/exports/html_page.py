"""What stands around the parts of a page: cover, head, contents, foot, the manifest."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from briefing.core.brief import Brief, WorldMap
from briefing.core.dates import long_date
from briefing.core.tlp import Tlp
from briefing.exports import world_svg
from briefing.exports.brand import logo
from briefing.exports.html_markup import element, text
from briefing.exports.html_style import foot_words
from briefing.exports.html_table import Head, table
from briefing.exports.html_words import section_anchor
from briefing.exports.manifest import FILE_NAME, MIME_TYPE, manifest

MANIFEST = "brief-json"
"""Id of the element that holds the manifest."""
_KINDS = {
    Tlp.GREEN: "tlp-green",
    Tlp.AMBER: "tlp-amber",
    Tlp.AMBER_STRICT: "tlp-amber",
    Tlp.RED: "tlp-red",
}
_MEDIA = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}


def part_anchor(part: int) -> str:
    """Id of a part, by its place from 1."""
    return f"part-{part}"


def badge(brief: Brief) -> str:
    """The marking in FIRST's colours, with its meaning under the pointer."""
    kind = f"tlp {_KINDS.get(brief.tlp, '')}".strip()
    return element("span", text(brief.tlp.label), class_=kind, title=brief.tlp.meaning)


def cover(brief: Brief) -> str:
    """The cover, or nothing where the brief has none."""
    if not brief.cover:
        return ""
    shown = "" if brief.subject.lower() in brief.title.lower() else brief.subject
    countries = next(
        (
            [code for code, number in block.countries if number > 0]
            for block in brief.blocks()
            if isinstance(block, WorldMap)
        ),
        [],
    )
    drawn = world_svg.silhouette(countries)
    sender = brief.brand.name if brief.brand else brief.author
    return element(
        "section",
        element("div", _logo(brief), element("p", text(sender)), badge(brief), class_="mark"),
        element(
            "div",
            element("p", text(brief.kind_title), class_="kind"),
            element("p", text(_title(brief)), class_="title"),
            element("p", text(shown), class_="subject") if shown else "",
            element("div", drawn, aria_hidden="true", class_="world") if drawn else "",
            class_="band",
        ),
        _about(brief),
        element("div", badge(brief), class_="mark end"),
        class_="cover",
        aria_label="Cover",
    )


def running_head(brief: Brief) -> str:
    """Kind, title and marking: above everything, and on paper at the head of every page."""
    mark = "" if brief.cover else _logo(brief)
    kind = element("span", text(brief.kind_title), class_="kind")
    inside = element("div", mark, kind, element("h1", text(_title(brief))), badge(brief))
    return element("header", inside, class_="running")


def front(brief: Brief) -> str:
    """For whom, by whom, as of when, and who may see it, unless a cover says so."""
    return "" if brief.cover else _about(brief)


def contents(brief: Brief) -> str:
    """Links to every part and section."""
    parts = []
    for number, part in enumerate(brief.parts, start=1):
        sections = [
            element(
                "li",
                element("a", text(section.title), href=f"#{section_anchor(number, place)}"),
            )
            for place, section in enumerate(part.sections, start=1)
            if section.title
        ]
        link = element("a", text(part.title or "Untitled"), href=f"#{part_anchor(number)}")
        parts.append(element("li", link, element("ol", *sections)))
    head = element("h2", text("Contents"), id="contents")
    return element(
        "nav", head, element("ol", *parts), class_="contents", aria_labelledby="contents"
    )


def made_from(brief: Brief) -> str:
    """The snapshots behind the brief, with the words that must go with them."""
    heads = (
        Head("Snapshot", width=32),
        Head("Licence notice", width=54, kind="note"),
        Head("Records", numeric=True),
    )
    rows = [
        [
            text(f"{it.title} {it.version}".strip()),
            text(it.notice or "\N{EN DASH}")
            + (element("span", text(f"SHA-256 {it.sha256}"), class_="below") if it.sha256 else ""),
            text(f"{it.records:,}"),
        ]
        for it in brief.made_from
    ]
    return table(heads, rows)


def foot(brief: Brief) -> str:
    """The end of the page."""
    back = element("p", element("a", text("Contents"), href="#contents"))
    return element(
        "footer",
        element("p", text(" · ".join(foot_words(brief)))),
        back,
        badge(brief),
        class_="foot",
    )


def manifest_block(brief: Brief) -> str:
    """The manifest as text inside a ``template``, which no browser shows or runs.

    A ``script`` of another type would not run either, yet it is what gateways and readers of mail
    look for when they strip or refuse a file.
    """
    content = manifest(brief).decode("utf-8")
    return element(
        "template", _exact(content), id=MANIFEST, data_name=FILE_NAME, data_type=MIME_TYPE
    )


def _exact(words: str) -> str:
    """Words as text, every character kept."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _title(brief: Brief) -> str:
    return brief.title or brief.kind_title or "Briefing"


def _logo(brief: Brief) -> str:
    found = logo(brief.brand)
    if found is None:
        return ""
    name = brief.brand.name if brief.brand else ""
    data = base64.b64encode(found.data).decode("ascii")
    return element("img", src=f"data:{_MEDIA[found.kind]};base64,{data}", alt=name)


def _about(brief: Brief) -> str:
    rows = [
        element("div", element("dt", text(label)), element("dd", text(value)))
        for label, value in _said(brief)
    ]
    return element("dl", *rows, class_="about")


def _said(brief: Brief) -> Iterator[tuple[str, str]]:
    named = "; ".join(f"{it.title} {it.version}".strip() for it in brief.made_from)
    sender = brief.author or (brief.brand.name if brief.brand else "")
    rows = (
        ("Prepared for", brief.client),
        ("Audience", brief.audience),
        ("Prepared by", sender),
        ("Data as of", long_date(brief.data_as_of) or "a day not stated"),
        ("Made from", named if brief.cover else ""),
        ("Marking", f"{brief.tlp.label}. {brief.tlp.meaning}"),
    )
    return (row for row in rows if row[1])
