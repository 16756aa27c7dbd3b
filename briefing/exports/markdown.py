"""Markdown for wikis and mail: CommonMark with pipe tables, readable as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.core.brief import Brief
from briefing.core.dates import long_date
from briefing.core.errors import BriefingError
from briefing.exports.markdown_blocks import Writer
from briefing.exports.markdown_text import bullets, escape, heading


def render(brief: Brief) -> bytes:
    """The brief as UTF-8 Markdown: title, marking, parts, sources, what it rests on.

    Raises:
        BriefingError: when a mark names a source that the brief does not list, or a text is not
            Unicode.
    """
    document = "\n\n".join(block for block in _document(brief) if block) + "\n"
    try:
        return document.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BriefingError(
            "The briefing holds a text that is not Unicode.",
            f"Character U+{ord(document[error.start]):04X}.",
            "Leave out the part it came from, or import its source again.",
        ) from error


def _document(brief: Brief) -> Iterator[str]:
    writer = Writer(brief)
    yield heading(1, brief.title)
    as_of = long_date(brief.data_as_of) or "a day not stated"
    about = (
        ("Data as of", as_of),
        ("Prepared for", brief.client),
        ("Audience:", brief.audience),
        ("Author:", brief.author),
    )
    said = " ".join(f"{lead} {escape(words, start=False)}." for lead, words in about if words)
    yield f"**{brief.tlp.label}** {brief.tlp.meaning} {said}"
    for part in brief.parts:
        yield from writer.part(part)
    if not writer.listed:
        yield heading(2, "Sources")
        yield writer.sources()
    if brief.made_from:
        yield heading(2, "Made from")
        yield _made_from(brief)
    if brief.statements():
        yield heading(2, "Statements")
        yield "Keys of the statements behind each section, in the snapshots above."
        yield _statements(brief)
    if brief.brand and brief.brand.footer:
        yield escape(brief.brand.footer)


def _made_from(brief: Brief) -> str:
    return bullets(
        " ".join(
            (
                f"{escape(it.title)} {escape(it.version, start=False)}, {it.records:,} records.",
                escape(it.notice, start=False),
                f"SHA-256 `{it.sha256}`." if it.sha256.isalnum() else "",
            )
        ).strip()
        for it in brief.made_from
    )


def _statements(brief: Brief) -> str:
    lines = []
    for part in brief.parts:
        sections = []
        for section in part.sections:
            keys = sorted({key for block in section.blocks for key in block.statements})
            if keys:
                sections.append(f"{escape(section.title, start=False)} {_ranges(keys)}")
        if sections:
            lines.append(f"{escape(part.title)}: {'; '.join(sections)}")
    return bullets(lines)


def _ranges(keys: Sequence[int]) -> str:
    """Ascending keys in short: ``11, 13\N{EN DASH}16``."""
    runs: list[list[int]] = []
    for key in keys:
        if runs and key == runs[-1][-1] + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    return ", ".join(
        str(run[0]) if len(run) == 1 else f"{run[0]}\N{EN DASH}{run[-1]}" for run in runs
    )
