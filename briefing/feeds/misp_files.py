"""Files that travel inside MISP events: never decoded, never kept.

An attribute of type ``attachment`` or ``malware-sample`` carries a file as Base64 in ``data``. It
may be live malware, and it is no threat information, so it goes before anything is written.
"""

from __future__ import annotations

from typing import Any

_FILE = "data"
_INSTEAD = "data_not_kept"


def without_files(value: Any) -> Any:
    """A copy of a value in which no object has a file, at any depth; each says what it lost.

    Whatever stands under ``data`` goes, in attributes of every type, in proposals to change one
    and anywhere else: the format uses that key for files alone. The value is no deeper than can be
    kept (``unwritable``).
    """
    if isinstance(value, list):
        return [without_files(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: without_files(inner) for key, inner in value.items() if key != _FILE}
    if _FILE in value and value[_FILE] not in (None, ""):
        kept[_INSTEAD] = _note(value[_FILE])
    return kept


def _note(removed: Any) -> str:
    size = f" ({len(removed):,} characters)" if isinstance(removed, str) else ""
    return f"The file that came here{size} was not kept, because it may be malware."
