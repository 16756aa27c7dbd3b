"""The documents that a file of ours cites: its ``[sources.<key>]`` tables, or others like them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from briefing.core.profile import SOURCE_KINDS, ProfileSource
from briefing.feeds.own_table import SLUG, Table

_Made = TypeVar("_Made")


class Documents(Generic[_Made]):
    """The documents of a file: only what is listed may be cited, and all of it has to be.

    Attributes:
        by_key: What was made of each table, in the order of the file.
    """

    def __init__(self, head: Table, name: str, make: Callable[[str, Table], _Made]) -> None:
        """Read the ``[name.<key>]`` tables of a file.

        Args:
            head: The file.
            name: ``sources``, or whatever else the tables are called.
            make: What to make of a key and its table; it has to read all of it.

        Raises:
            OwnTextError: for the first rule that one breaks.
        """
        self._name = name
        self._tables = head.keyed(name)
        self._cited: set[str] = set()
        self.by_key: dict[str, _Made] = {}
        for key, table in self._tables.items():
            if not SLUG.fullmatch(key):
                remedy = "Use a to z, 0 to 9 and hyphens."
                raise table.error("key", "it cannot stand in a mark.", remedy)
            self.by_key[key] = make(key, table)
            table.done()

    def cite(
        self, table: Table, name: str = "sources", *, optional: bool = False
    ) -> tuple[str, ...]:
        """Keys that a field names."""
        keys = table.listed(name)
        if not keys and not optional:
            wrong = f"it names no {self._noun}."
            raise table.error(name, wrong, f'Write {name} = ["key"].')
        return self.use(table, name, keys)

    def use(self, table: Table, name: str, keys: Sequence[str]) -> tuple[str, ...]:
        """The same keys, each of a document that is listed, and cited from now on."""
        for key in keys:
            if key not in self.by_key:
                known = ", ".join(self.by_key)
                remedy = f"Add a table [{self._name}.{key[:80]}], or use one of: {known}."
                raise table.error(name, f"no {self._noun} is called “{key[:80]}”.", remedy)
        self._cited.update(keys)
        return tuple(keys)

    def refuse_unused(self) -> None:
        """Refuse a document that nothing rests on."""
        for key, table in self._tables.items():
            if key not in self._cited:
                wrong = f"no statement uses this {self._noun}."
                raise table.error("", wrong, "Cite it, or remove the table.")

    @property
    def _noun(self) -> str:
        return self._name.removesuffix("s")


def sources_of(head: Table) -> Documents[ProfileSource]:
    """The ``[sources.<key>]`` tables of a file."""
    return Documents(head, "sources", _source)


def _source(key: str, table: Table) -> ProfileSource:
    return ProfileSource(
        key=key,
        title=table.text("title"),
        publisher=table.text("publisher"),
        url=table.address("url"),
        published=table.date("published"),
        kind=table.one_of("kind", SOURCE_KINDS),
        credibility=table.whole_number("credibility", 1, 6),
        rests_on=table.text("rests_on", optional=True),
    )
