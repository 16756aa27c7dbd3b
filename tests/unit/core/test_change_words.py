"""Headings over changes of one kind."""

from __future__ import annotations

from briefing.core.changes import Predicate
from briefing.core.history import subject_words


def test_every_kind_of_statement_has_a_heading_in_words() -> None:
    assert subject_words("uses-technique") == "Techniques"
    assert subject_words("overlaps-with") == "Overlaps with"
    for predicate in Predicate:
        heading = subject_words(predicate.value)
        assert heading[:1].isupper()
        assert "-" not in heading
