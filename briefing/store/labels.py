"""Vocabularies as kept in the database: codes and their words."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.core.actor import Coded
from briefing.core.changes import Label


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of every code, by kind of vocabulary; an unknown code stands for itself."""

    by_kind: Mapping[str, Mapping[str, Label]]

    def label(self, kind: str, code: str) -> str:
        """The words of a code, or the code."""
        found = self.by_kind.get(kind, {}).get(code)
        return found.label if found else code

    def coded(self, kind: str, code: str) -> Coded:
        """A code with its words."""
        return Coded(code, self.label(kind, code))

    def target(self, code: str) -> str:
        """The words of a country, region or organisation."""
        return self.label("country" if len(code) == 2 else "place", code)

    def all(self, kind: str) -> tuple[Label, ...]:
        """Every label of a kind in the order of its codes."""
        return tuple(self.by_kind.get(kind, {}).values())


def read_labels(connection: sqlite3.Connection) -> Labels:
    """All labels of the database."""
    by_kind: dict[str, dict[str, Label]] = defaultdict(dict)
    for kind, code, label, detail in connection.execute(
        "SELECT kind, code, label, detail FROM label ORDER BY kind, code"
    ):
        by_kind[kind][code] = Label(kind, code, label, detail)
    return Labels(by_kind)


def write_labels(connection: sqlite3.Connection, labels: Iterable[Label]) -> None:
    """Replace all labels inside the caller's transaction."""
    connection.execute("DELETE FROM label")
    connection.executemany(
        "INSERT INTO label VALUES (?,?,?,?)",
        [(label.kind, label.code, label.label, label.detail) for label in labels],
    )
