"""What an import did or would do, as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from briefing.cli_common import print_json, say
from briefing.core.wording import counted

if TYPE_CHECKING:
    from briefing.core.changes import Quarantined
    from briefing.core.errors import BriefingError
    from briefing.feeds.unpack import Refused
    from briefing.services.feed_reading import Incoming
    from briefing.services.import_feeds import Result
    from briefing.store.rehearsing import Rehearsed

_NAMED = 10
"""How many objects of a preview are named in a line of text; --json names all."""


def show_results(
    results: Sequence[Result],
    refused: Sequence[Refused],
    as_json: bool,
    failed: Sequence[tuple[str, BriefingError]] = (),
) -> None:
    """Say what became of each source; ``failed`` are sources that sent nothing, with reasons."""
    if as_json:
        shown = [_result_json(result) for result in results]
        shown += [_missing_json(item.name, None, item.reason) for item in refused]
        shown += [_missing_json(name, name, str(error)) for name, error in failed]
        print_json({"results": shown})
        return
    titles = [result.title for result in results]
    for result in results:
        say(_result_text(result, alone=titles.count(result.title) == 1))
    for item in refused:
        say(_refused_text(item), err=True)
    # Several may share one reason, such as that there is no network.
    for error in dict.fromkeys(error for _, error in failed):
        names = ", ".join(name for name, other in failed if other is error)
        say(f"{names}: {error}", err=True)


def _result_json(result: Result) -> dict[str, Any]:
    applied = result.applied
    return {
        "path": result.path,
        "source": result.source,
        "format": result.format,
        "snapshot": applied.snapshot if applied else None,
        "added": applied.added if applied else 0,
        "changed": applied.changed if applied else 0,
        "removed": applied.removed if applied else 0,
        "unchanged": applied.unchanged if applied else 0,
        "older": applied.older if applied else 0,
        "quarantined": _quarantined(result.quarantined),
        "seconds": round(result.seconds, 3),
        "error": str(result.error) if result.error else None,
    }


def _missing_json(path: str, source: str | None, reason: str) -> dict[str, Any]:
    return {
        "path": path,
        "source": source,
        "format": None,
        "snapshot": None,
        **dict.fromkeys(("added", "changed", "removed", "unchanged", "older"), 0),
        "quarantined": [],
        "seconds": 0.0,
        "error": reason,
    }


def _refused_text(item: Refused) -> str:
    """Most reasons begin with the file's name, which need not be said twice."""
    return item.reason if item.reason.startswith(item.name) else f"{item.name}: {item.reason}"


def _quarantined(items: tuple[Quarantined, ...]) -> list[dict[str, Any]]:
    return [{"native_id": item.native_id or None, "reason": item.reason} for item in items]


def _result_text(result: Result, *, alone: bool) -> str:
    name = result.title if alone else f"{result.title} ({result.file})"
    if result.error:
        return f"{name}: {result.error}"
    applied = result.applied
    assert applied is not None  # noqa: S101 - a result has counts or an error
    if applied.snapshot is None:
        lines = [f"{name}: nothing new; {counted(applied.unchanged, 'record')} as before."]
    else:
        lines = [
            f"{name}: {applied.added:,} added, {applied.changed:,} changed,"
            f" {applied.removed:,} removed, {applied.unchanged:,} as before"
            f" (snapshot {applied.snapshot}, {result.seconds:.1f} s)."
        ]
    if applied.older:
        lines.append(f"  {applied.older:,} left out: you have a later edition of each.")
    lines += [f"  Not taken: {item.reason}" for item in result.quarantined]
    return "\n".join(lines)


def show_previews(
    incoming: Sequence[Incoming],
    rehearsed: Sequence[Rehearsed],
    refused: Sequence[Refused],
    as_json: bool,
) -> None:
    """Say what an import would do."""
    if as_json:
        shown = [_preview_json(i, one) for i, one in zip(incoming, rehearsed, strict=True)]
        shown += [_missing_json(item.name, None, item.reason) for item in refused]
        print_json({"results": shown})
        return
    for one in rehearsed:
        say(_preview_text(one))
    for item in refused:
        say(_refused_text(item), err=True)


def _preview_json(incoming: Incoming, rehearsed: Rehearsed) -> dict[str, Any]:
    preview = rehearsed.preview
    return {
        "path": incoming.path,
        "source": preview.source.id,
        "format": incoming.format,
        "snapshot": None,
        **{action: preview.count(action) for action in ("added", "changed", "removed", "older")},
        "unchanged": preview.unchanged,
        "quarantined": _quarantined(preview.quarantined),
        "seconds": 0.0,
        "error": str(rehearsed.error) if rehearsed.error else None,
        "warnings": list(preview.warnings),
        "changes": [
            {
                "action": item.action,
                "kind": item.kind,
                "native_id": item.native_id,
                "name": item.name,
                "fields": [
                    {"name": field.name, "before": field.before, "after": field.after}
                    for field in item.fields
                ],
            }
            for item in preview.items
        ],
    }


def _preview_text(rehearsed: Rehearsed) -> str:
    preview = rehearsed.preview
    counts = ", ".join(
        f"{preview.count(action):,} {words}"
        for action, words in (
            ("added", "added"),
            ("changed", "changed"),
            ("removed", "removed"),
            ("older", "left out as older"),
        )
    )
    version = f" {preview.version}" if preview.version else ""
    lines = [f"{preview.source.title}{version}: {counts}; {preview.unchanged:,} as they are."]
    if rehearsed.error:
        lines.append(f"  Would not be taken: {rehearsed.error}")
    lines += [f"  {warning}" for warning in preview.warnings]
    for action, kind, number in preview.by_kind():
        names = [i.name for i in preview.items if (i.action, i.kind) == (action, kind)][:_NAMED]
        more = f" and {number - len(names):,} more" if number > len(names) else ""
        lines.append(f"  {action} {number:,} {kind}: {'; '.join(names)}{more}")
    lines += [f"  Would not be taken: {item.reason}" for item in preview.quarantined]
    lines.append("  Nothing was written.")
    return "\n".join(lines)
