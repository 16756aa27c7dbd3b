"""Words around facts."""

from __future__ import annotations

from briefing.core.actor import Coded
from briefing.core.wording import first_of, listed, worded
from briefing.services.recipes.actor_words import named


def test_words_around_facts_read_like_english() -> None:
    assert listed(["A"]) == "A"
    assert listed(["A", "B"], "; ") == "A and B"
    assert listed(["A", "B", "C"], "; ", last="or") == "A; B; or C"
    assert first_of(["A", "B", "C"], 2, "country") == "A, B and C"
    assert first_of(["A", "B", "C", "D"], 2, "country") == "A, B and 2 more countries"
    assert worded(0, "name") == "no name"
    assert worded(2, "piece of software") == "two pieces of software"
    assert worded(11, "country") == "11 countries"
    assert named(Coded("US", "United States")) == "the United States"
    assert named(Coded("RU", "Russia")) == "Russia"
