"""Words for kinds of record, changes and imports, as the Sources screen says them."""

from __future__ import annotations

from briefing.core.history import SnapshotRow
from briefing.core.preview import ItemChange, Preview
from briefing.core.wording import counted, listed

KINDS = {
    "advisory": "Advisories",
    "attack-pattern": "Techniques",
    "attribution": "Attributions",
    "campaign": "Campaigns",
    "claim": "Claims of criminals",
    "course-of-action": "Mitigations",
    "identity": "Identities",
    "incident": "Incidents",
    "intrusion-set": "Actors (groups)",
    "malware": "Malware",
    "marking-definition": "Markings",
    "primer-page": "Primer pages",
    "producer": "Producers",
    "receiver": "Those attacked",
    "relationship": "Relationships",
    "report": "Reports",
    "threat-actor": "Actors",
    "tool": "Tools",
    "vulnerability": "Vulnerabilities",
    "x-mitre-analytic": "Analytics",
    "x-mitre-asset": "Assets",
    "x-mitre-collection": "Collections",
    "x-mitre-data-component": "Data components",
    "x-mitre-data-source": "Data sources",
    "x-mitre-detection-strategy": "Detection strategies",
    "x-mitre-matrix": "Matrices",
    "x-mitre-tactic": "Tactics",
}
_ACTIONS = {
    "added": "added",
    "changed": "changed",
    "removed": "removed",
    "older": "left out, you have a later edition",
}
_FIELDS_NAMED = 3


def kind_words(kind: str) -> str:
    """A kind of record in words, many of them."""
    return KINDS.get(kind, kind.removeprefix("x-").replace("-", " ").capitalize())


def action_words(action: str) -> str:
    """What would happen to an object."""
    return _ACTIONS[action]


def what_changed(item: ItemChange) -> str:
    """The fields that differ, in a line."""
    names = [field.name.removeprefix("x_mitre_").replace("_", " ") for field in item.fields]
    shown = names[:_FIELDS_NAMED]
    more = len(names) - len(shown)
    return ", ".join((*shown, *([f"{more} more"] if more else ())))


def preview_title(preview: Preview, before: str) -> str:
    """``MITRE ATT&CK Enterprise 17.1 → 18.1``."""
    if before and preview.version and before != preview.version:
        return f"{preview.source.title} {before} → {preview.version.removeprefix('up to ')}"
    return f"{preview.source.title} {preview.version}".strip()


def unchanged_dates(preview: Preview) -> int:
    """How many changed objects keep the date of change that the feed gives them."""
    changed = [item for item in preview.items if item.action == "changed"]
    dated = [any(field.name == "modified" for field in item.fields) for item in changed]
    return dated.count(False) if any(dated) else 0


def version_words(row: SnapshotRow) -> str:
    """``17.1 → 18.1``, the one version there is, or that it came with the program."""
    if row.version_before and row.version_before != row.version:
        return f"{row.version_before} → {row.version.removeprefix('up to ')}"
    return row.version


def outcome_words(added: int, changed: int, removed: int) -> str:
    """``12 added, 3 changed and 1 removed``, without what is none."""
    counts = ((added, "added"), (changed, "changed"), (removed, "removed"))
    parts = [f"{number:,} {word}" for number, word in counts if number]
    return listed(parts) if parts else "nothing new"


def records_words(number: int) -> str:
    """``1,404 records``."""
    return counted(number, "record")
