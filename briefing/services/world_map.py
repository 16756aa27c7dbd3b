"""Read the baked world map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from briefing.core.errors import BriefingError
from briefing.core.world import CountryShape, World


def read_world(path: Path) -> World:
    """Read ``resources/map/world.json``.

    Raises:
        BriefingError: The file is missing, unreadable or not a baked map.
    """
    try:
        data = orjson.loads(path.read_bytes())
        return World(
            width=int(data["width"]),
            height=int(data["height"]),
            shapes={code: _shape(shape) for code, shape in data["shapes"].items()},
            unassigned=data["unassigned"],
        )
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, f"{type(error).__name__}: {error}") from error


def _shape(data: dict[str, Any]) -> CountryShape:
    dot = data.get("dot")
    x, y = data["centroid"]
    return CountryShape(
        name=data["name"],
        path=data["path"],
        centroid=(x, y),
        area=float(data["area"]),
        dot=(dot[0], dot[1]) if dot else None,
    )


def _unreadable(path: Path, why: str) -> BriefingError:
    return BriefingError(
        "The shapes of the world map cannot be read.",
        detail=f"{path}: {why}",
        remedy="Install the program again; the file comes with it.",
    )
