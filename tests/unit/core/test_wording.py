"""Words around facts."""

from __future__ import annotations

from briefing.core.actor import Coded
from briefing.core.wording import country_inside, first_of, listed, worded
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


def test_a_country_takes_its_article_wherever_it_stands_in_a_sentence() -> None:
    assert country_inside("NL", "Netherlands") == "the Netherlands"
    assert country_inside("CD", "DR Congo") == "the DR Congo"
    assert country_inside("KY", "Cayman Islands") == "the Cayman Islands"
    assert country_inside("IR", "Iran") == "Iran"
    assert country_inside("region:150", "Europe") == "Europe"
