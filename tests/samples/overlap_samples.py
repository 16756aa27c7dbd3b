"""Small catalogues of groups with techniques and software, to compare an incident with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from case_samples import case, subject
from stix_samples import ref
from store_samples import changes, document, source

from briefing.core.case import Case, Row
from briefing.core.changes import ChangeSet, Predicate, RecordDraft, StatementDraft

MISP = source("mitre-attack", title="MITRE ATT&CK", reliability="B")
REPORT = document("https://example.org/2023/report", title="A report", published="2023-05-01")
BARE = document("https://example.org/papers/fox.pdf", title="", published="")
PAPER = document("https://example.org/paper", title="A paper", published="2022")


def feature(number: int, code: str, name: str = "", **more: Any) -> RecordDraft:
    """A technique (``T…``) or a piece of malware (``S…``) as MISP carries it."""
    native = feature_id(number, code)
    value = {"value": f"{name or code} - {code}", "meta": {"external_id": code}, **more}
    named = StatementDraft(native, Predicate.NAMED, value=name or code)
    return RecordDraft.of(native, native.partition("--")[0], value, (named,))


def feature_id(number: int, code: str) -> str:
    """Native id that ``feature`` gives."""
    return ref("malware" if code.startswith("S") else "attack-pattern", number)


def uses(number: int, used: str, *documents: str, tlp: str = "") -> StatementDraft:
    """That group ``number`` uses an object."""
    software = not used.startswith("attack-pattern")
    predicate = Predicate.USES_SOFTWARE if software else Predicate.USES_TECHNIQUE
    return StatementDraft(group_id(number), predicate, used, documents=documents, tlp=tlp)


def group(
    number: int, name: str, *said: StatementDraft, code: str | None = None, **more: Any
) -> RecordDraft:
    """A group as MISP carries it, with its page; ``code`` "" for one without an ATT&CK id."""
    native = group_id(number)
    code = f"G{number:04}" if code is None else code
    page = f"https://attack.mitre.org/groups/{code}"
    meta = {"external_id": code, "refs": [page]} if code else {}
    named = StatementDraft(native, Predicate.NAMED, value=name)
    return RecordDraft.of(
        native, "intrusion-set", {"value": name, "meta": meta, **more}, (named, *said)
    )


def group_id(number: int) -> str:
    """Native id that ``group`` gives."""
    return ref("intrusion-set", number)


def catalogue(*records: RecordDraft, of: Any = MISP, documents: Iterable[Any] = ()) -> ChangeSet:
    """A whole catalogue."""
    return changes(*records, of=of, documents=(REPORT, BARE, PAPER, *documents))


def six_features() -> list[RecordDraft]:
    """Five techniques and a piece of software."""
    codes = ("T1001", "T1002", "T1003", "T1004", "T1005")
    found = [feature(n, code, f"Technique {n}") for n, code in enumerate(codes, start=1)]
    return [*found, feature(6, "S0006", "Trojan")]


SIX = (*(feature_id(n, f"T100{n}") for n in range(1, 6)), feature_id(6, "S0006"))
"""Native ids of ``six_features``."""
IDS = ("T1001", "T1002", "T1003", "T1004", "T1005", "S0006")
"""Their ATT&CK ids."""
BEAR, PANDA = group_id(1), group_id(2)


def bear(*documents: str, tlp: str = "") -> RecordDraft:
    """Uses all six features."""
    return group(1, "Bear", *(uses(1, one, *documents, tlp=tlp) for one in SIX))


def panda() -> RecordDraft:
    """Uses two of them."""
    return group(2, "Panda", uses(2, SIX[0]), uses(2, SIX[1]))


def seen(*more: Row, **fields: Any) -> Case:
    """An incident in which the six features were seen."""
    given = {"techniques": IDS[:5], "software": IDS[5:], **fields}
    return case(subject(**given), *more)
