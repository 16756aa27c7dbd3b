"""Where the files are that the program shows but did not compute."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2] / "resources"
"""Beside the package, from source and in the frozen program alike."""


def resource(*parts: str) -> Path:
    """The path of a resource, such as ``resource("typst", "page.typ")``."""
    return _ROOT.joinpath(*parts)
