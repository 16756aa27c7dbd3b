"""Words for kinds of record, changes and imports, as the Sources screen says them."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.history import SnapshotRow
from briefing.core.preview import FieldChange, ItemChange, Preview
from briefing.core.wording import counted, inside, listed
from briefing.ui.views.import_digest import Digest

KINDS = {
    "advisory": "Advisories",
    "assessment": "Assessments",
    "attack-pattern": "Techniques",
    "attribution": "Attributions",
    "campaign": "Campaigns",
    "claim": "Claims of criminals",
    "claim-row": "Claims",
    "course-of-action": "Mitigations",
    "dated-incident": "Dated incidents",
    "evidence": "Pieces of evidence",
    "extension-definition": "Extensions",
    "hypothesis": "Hypotheses",
    "identity": "Identities",
    "incident": "Incidents",
    "intrusion-set": "Actors (groups)",
    "malware": "Malware",
    "marking-definition": "Markings",
    "opinion": "Opinions",
    "primer-page": "Primer pages",
    "producer": "Producers",
    "profile": "Profiles",
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
ACTIONS = {
    "added": "added",
    "changed": "changed",
    "removed": "removed",
    "older": "left out, you have a later edition",
}
UNDO = {
    "bundled": "came with the program",
    "rested on": "undo the later one first",
}
_FIELDS_NAMED = 3
_VERSION = "x_mitre_version"
_DATES = ("modified", "x_mitre_attack_spec_version", "x_mitre_modified_by_ref")
"""Fields that change with any other; alone they say that nothing of substance changed."""
_FIELD_WORDS = {
    "description": "text",
    "aliases": "names",
    "synonyms": "names",
    "x_mitre_aliases": "names",
    "external_references": "sources",
    "refs": "sources",
    "references": "sources",
    "x_mitre_contributors": "authors",
    "x_mitre_domains": "domains",
    "x_mitre_deprecated": "deprecated",
    "x_mitre_is_subtechnique": "kind",
    "kill_chain_phases": "tactics",
    "value": "name",
    "dateAdded": "date added",
    "dueDate": "due date",
    "knownRansomwareCampaignUse": "ransomware",
    "requiredAction": "action",
    "shortDescription": "text",
    "vulnerabilityName": "name",
}
_SHORTEST_MONTHS = 60
_YEARS = 730


def kind_words(kind: str) -> str:
    """A kind of record in words, many of them."""
    return KINDS.get(kind, kind.removeprefix("x-").replace("-", " ").capitalize())


def field_words(name: str) -> str:
    """The name of a field: ours where we have one, else the feed’s without its prefix."""
    last = name.rpartition(" · ")[2]
    return _FIELD_WORDS.get(last, last.removeprefix("x_mitre_").replace("_", " "))


def differs_words(item: ItemChange) -> str:
    """What differs, in a line: ``2.1 → 3.0 · text, names +2``."""
    fields = {field.name: field for field in item.fields}
    version = fields.pop(_VERSION, None)
    lead = f"{version.before or '–'} → {version.after or '–'}" if version else ""
    names = list(
        dict.fromkeys(_field(field) for name, field in fields.items() if name not in _DATES)
    )
    shown = names[:_FIELDS_NAMED]
    if len(names) > _FIELDS_NAMED:
        shown.append(f"{len(names) - _FIELDS_NAMED:,} more")
    words = ", ".join(shown) or ("version only" if version else "date only" if fields else "")
    return " · ".join(part for part in (lead, words) if part)


def _field(field: FieldChange) -> str:
    signs = [f"+{field.came:,}" if field.came else "", f"−{field.gone:,}" if field.gone else ""]
    return " ".join(part for part in (field_words(field.name), *signs) if part)


def preview_title(preview: Preview, before: str) -> str:
    """``MITRE ATT&CK Enterprise 17.1 → 18.1``."""
    if before and preview.version and before != preview.version:
        return f"{preview.source.title} {_versions(before, preview.version)}"
    return f"{preview.source.title} {shown_version(preview.version)}".strip()


def _versions(before: str, after: str) -> str:
    """``17.1 → 18.1``; a release that is known by its newest date alone is that date."""
    return f"{shown_version(before)} → {shown_version(after)}"


def shown_version(version: str) -> str:
    """``v349`` where it is a number alone, ``2025-11-12`` where a date stands for it."""
    return f"v{version}" if version.isdecimal() else version.removeprefix("up to ")


def version_words(row: SnapshotRow) -> str:
    """``17.1 → 18.1``, the one version there is, or that it came with the program."""
    if row.version_before and row.version_before != row.version:
        return _versions(row.version_before, row.version)
    return shown_version(row.version)


def outcome_words(added: int, changed: int, removed: int) -> str:
    """``12 added, 3 changed and 1 removed``, without what is none."""
    counts = ((added, "added"), (changed, "changed"), (removed, "removed"))
    parts = [f"{number:,} {word}" for number, word in counts if number]
    return listed(parts) if parts else "nothing new"


def records_words(number: int) -> str:
    """``1,404 records``."""
    return counted(number, "record")


def licence_words(licence: str) -> str:
    """A licence in a word or two, for a list; what is said beyond it stands on the page."""
    for mark in (";", ":", ","):
        licence = licence.partition(mark)[0]
    return licence.strip()


def age_words(days: int) -> str:
    """``34 days old``, ``12 months old``, ``3 years old``."""
    if days < _SHORTEST_MONTHS:
        return f"{counted(days, 'day')} old"
    if days < _YEARS:
        return f"{days // 30} months old"
    return f"{days // 365} years old"


def warning_words(digest: Digest) -> list[tuple[str, str]]:
    """What a person should look at before saying yes: what is the matter, and what it means."""
    preview = digest.preview
    found = []
    if preview.held_edition and not preview.empty:
        found.append(
            (
                "This release is older than the one you have.",
                f"Yours is of {preview.held_edition[:10]}. Applied, the older one holds until it"
                " is undone or a newer one is taken in.",
            )
        )
    for kind, number in preview.unusual.items():
        held = preview.held[kind]
        lead = f"{number:,} of {held:,} {inside(kind_words(kind))} ({number / held:.1%})"
        rest = "Removed records keep their history, and undo brings them back."
        if kind == "relationship":
            rest = f"{_relation_words(digest)} {rest}".strip()
        found.append((f"Unusual: this removes {lead}.", rest))
    return found


def _relation_words(digest: Digest) -> str:
    """``2,116 of them are “detects”; 691 new ones come.``, of the relation that loses most."""
    verb, added, removed = max(digest.relations, key=lambda found: found[2], default=("", 0, 0))
    if not verb:
        return ""
    new = f"; {added:,} new ones come" if added else ""
    return f"{removed:,} of them are “{verb}”{new}."


def apply_words(digests: Sequence[Digest]) -> str:
    """What the button says: what is unusual about it stands in it."""
    removed = sum(sum(one.preview.unusual.values()) for one in digests)
    older = sum(bool(one.preview.held_edition) and not one.preview.empty for one in digests)
    many = len(digests) > 1
    if not (removed or older or many):
        return "Apply as one snapshot"
    parts = [f"Apply all {len(digests)}" if many else "Apply"]
    if older:
        release = "an older release" if older == 1 else f"{older} older releases"
        parts.append(f"{release} too" if many else "the older release")
    if removed:
        parts.append(f"removing {removed:,}")
    if not many and older:
        parts[:2] = ["Apply the older release"]
    return ", ".join(parts)


def undo_words(row: SnapshotRow) -> str:
    """Why an import cannot be undone; "" where it can."""
    if not row.file:
        return UNDO["bundled"]
    return "" if row.newest else UNDO["rested on"]


def undo_question(row: SnapshotRow) -> tuple[str, str]:
    """What undoing would do, to be asked before it is done."""
    parts = [
        f"{counted(row.added, 'record')} that it added would go" if row.added else "",
        f"{row.removed:,} that it removed would come back" if row.removed else "",
        f"{row.changed:,} that it changed would be as they were" if row.changed else "",
    ]
    version = version_words(row)
    told = f"{row.title}, {version}" if version else row.title
    words = listed(part for part in parts if part)
    return f"Take back {told}?", f"{words}." if words else ""
