"""Values that nobody expects in a file from MISP, and the places where they are put."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from galaxy_samples import UUID
from hypothesis import strategies as st
from misp_samples import context

from briefing.core.errors import BriefingError
from briefing.feeds.payload import FeedContext, Payload

HOSTILE = st.sampled_from(
    [
        "tlp:red",
        'misp-galaxy:threat-actor="x"',
        "https://example.org/",
        "link",
        "External analysis",
        "CVE-2024-1234",
        UUID.format(3),
        "[" * 5000,
        "\x00\u202e\u2066",
        "9" * 400,
    ]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | HOSTILE,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside a value."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    return [here, *(path for key, inner in items for path in places(inner, (*here, key)))]


def told(parse: Callable[[Payload, FeedContext], object], file: Payload) -> str:
    """The sentence with which a file is refused, or "Taken." where it is not."""
    try:
        parse(file, context())
    except BriefingError as error:
        return error.message
    return "Taken."
