"""What the program remembers about how a person likes it: typed, with defaults, in one file."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

THEMES: Final = ("system", "light", "dark")
TEXT_SIZES: Final = (100, 110, 125, 150, 175, 200)
"""Per cent."""


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Settings:
    """One person's settings on one computer; nothing here belongs into a briefing.

    Attributes:
        theme: "system", "light" or "dark".
        text_size: Per cent of the design's sizes, 100 to 200.
        geometry: Place and size of the window as Qt packs them, Base64; "" before the first close.
        client: Id of the client looked through, or "".
        analyst: Name under which a person records rows of cases; "" before it was asked for.
        remembered: Filters, widths of columns, open tabs: what views keep under keys of their own
            ("actors.filters").
    """

    theme: str = "system"
    text_size: int = 100
    geometry: str = ""
    client: str = ""
    analyst: str = ""
    remembered: Mapping[str, str] = field(default_factory=_nothing)

    def remember(self, key: str, value: str) -> Settings:
        """The same settings with one more thing remembered; "" forgets it."""
        kept = {name: known for name, known in self.remembered.items() if name != key}
        if value:
            kept[key] = value
        return replace(self, remembered=MappingProxyType(kept))


class SettingsFile:
    """The settings in memory, and the file they outlive the program in.

    Attributes:
        settings: As they are now.
        warning: One sentence about a file that could not be used as it was, or "".
    """

    def __init__(self, path: Path) -> None:
        """Read the file; whatever its state, there are settings afterwards."""
        self._path = path
        self.settings, self.warning = load_settings(path)

    def keep(self, settings: Settings) -> None:
        """Make these the settings, now and next time.

        Raises:
            OSError: when they cannot be written; they hold until the program ends even so.
        """
        if settings == self.settings:
            return
        self.settings = settings
        save_settings(settings, self._path)


def load_settings(path: Path) -> tuple[Settings, str]:
    """Settings from a file, and a sentence for the person when it was not usable as it stood.

    No file means defaults. What can be read of a broken file is taken, the rest is the default,
    and the file is set aside next to its place, so that nothing typed into it is lost.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), f"The settings in {path} could not be read ({_reason(error)})."
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Settings(), _set_aside(path, f"it is not JSON: {error}")
    if not isinstance(found, dict):
        return Settings(), _set_aside(path, "it holds no settings")
    settings, wrong = _read(found)
    return settings, _set_aside(path, "; ".join(wrong)) if wrong else ""


def save_settings(settings: Settings, path: Path) -> None:
    """Write the file in one step: after a crash or a full disk the old one still stands.

    Raises:
        OSError: when the folder cannot be made or written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "theme": settings.theme,
        "text_size": settings.text_size,
        "geometry": settings.geometry,
        "client": settings.client,
        "analyst": settings.analyst,
        "remembered": dict(settings.remembered),
    }
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 200


def _is_remembered(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


_CHECKS: Final[Mapping[str, Callable[[object], bool]]] = {
    "theme": lambda value: value in THEMES,
    "text_size": _is_text_size,
    "geometry": _is_text,
    "client": _is_text,
    "analyst": _is_text,
    "remembered": _is_remembered,
}


def _read(found: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """The settings that are right, and what is wrong with the others. Unknown ones are left out."""
    known = {key: found[key] for key in _CHECKS if key in found}
    wrong = [f"“{key}” has a value it cannot have" for key in known if not _CHECKS[key](known[key])]
    right: dict[str, Any] = {key: known[key] for key in known if _CHECKS[key](known[key])}
    if "remembered" in right:
        right["remembered"] = MappingProxyType(right["remembered"])
    return Settings(**right), wrong


def _set_aside(path: Path, reason: str) -> str:
    """Move a broken file out of the way, never over another one, and say so."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        return f"The settings file {path} is broken ({reason}) and stays ({_reason(error)})."
    return f"The settings file was broken ({reason}). It is kept as {aside}."


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
