"""Records as received, read without trusting the type of any field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson

_ATTACK_SUFFIX = re.compile(r" - [A-Z]+\d{4}(\.\d{3})?$")
_GROUP_ID = re.compile(r"G\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one record; a field of another type than expected counts as not there.

    Attributes:
        native: Native id of the record, its last resort of a name.
        fields: Top level of the content.
    """

    native: str
    fields: dict[str, Any]

    @classmethod
    def read(cls, native: str, text: str) -> Content:
        """Read the JSON that a record holds."""
        fields = orjson.loads(text)
        return cls(native, fields if isinstance(fields, dict) else {})

    @property
    def name(self) -> str:
        """The main name, without the id that MISP appends to names of ATT&CK objects."""
        for key in ("value", "name"):
            written = self.fields.get(key)
            if isinstance(written, str) and written.strip():
                return _ATTACK_SUFFIX.sub("", written).strip() or written.strip()
        return self.native

    @property
    def revoked(self) -> bool:
        """Whether the source has withdrawn the object."""
        return self.fields.get("revoked") is True

    @property
    def attack_id(self) -> str:
        """The ATT&CK id that is the object's own, or ""."""
        return next(iter(self.texts("external_id")), "")

    @property
    def group_ids(self) -> frozenset[str]:
        """ATT&CK group ids the record states: its own, and those among its synonyms."""
        stated = (*self.texts("external_id"), *self.texts("group_attack_id"))
        return frozenset(
            text for text in (*stated, *self.texts("synonyms")) if _GROUP_ID.fullmatch(text)
        )

    def texts(self, name: str) -> tuple[str, ...]:
        """Every text of a field of ``meta``, whether it holds a list or a single value."""
        meta = self.fields.get("meta")
        found = meta.get(name) if isinstance(meta, dict) else None
        items = found if isinstance(found, list) else [found]
        return tuple(item for item in items if isinstance(item, str))
