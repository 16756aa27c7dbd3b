"""What of the database concerns a client, and what its actors have in common."""

from __future__ import annotations

from dataclasses import replace

from sample_profile import full_profile, technique

from briefing.analysis.home import concerns, shared_techniques
from briefing.core.actor import ActorProfile, StageProfile, TechniqueUse
from briefing.core.advisory import AdvisoryRow
from briefing.core.client import Client

_BLANK = AdvisoryRow(
    *("a", "advisory", "", "Title", "", "news", "", "", "", (), (), (), (), "", ()),
    *(0, 0, "k1"),
)
CLIENT = Client("Practice", sectors=("healthcare",), technology=("maker:gate",))
RUNS = replace(_BLANK, id="runs", products=("maker:gate",), sectors=("healthcare",), actors=("x",))
NAMES = replace(_BLANK, id="names", actors=("other", "x"), sectors=("healthcare",))
IN_USE = replace(_BLANK, id="in-use", sectors=("energy", "healthcare"))
ABOUT = replace(_BLANK, id="about", about_sectors=("healthcare",), sectors=("healthcare",))
ELSEWHERE = replace(_BLANK, id="elsewhere", sectors=("energy",), products=("maker:wall",))


def told(*advisories: AdvisoryRow) -> list[tuple[str, str]]:
    found = concerns(
        CLIENT,
        advisories,
        {"x": "Fox"},
        product_words=lambda code: code.replace(":", " ").title(),
        sector_label=lambda code: code.title(),
    )
    return [(one.advisory.id, one.why) for one in found]


def test_an_advisory_concerns_a_client_by_what_it_runs_its_actors_or_its_sector() -> None:
    assert told(RUNS, NAMES, IN_USE, ABOUT) == [
        ("runs", "technology: Maker Gate"),
        ("names", "names Fox"),
        ("in-use", "in use in Healthcare"),
        # That it is about the sector says more than that something is in use there.
        ("about", "about Healthcare"),
    ]


def test_what_names_nothing_of_a_client_is_left_out_and_the_order_stays() -> None:
    assert [one for one, _ in told(IN_USE, ELSEWHERE, RUNS)] == ["in-use", "runs"]


def using(name: str, *uses: TechniqueUse) -> ActorProfile:
    profile = full_profile()
    stage = StageProfile(1, "initial-access", "Initial access", (), (), tuple(uses))
    return replace(profile, row=replace(profile.row, id=name, name=name), stages=(stage,))


def test_techniques_that_enough_of_them_use_are_shared_the_most_used_first() -> None:
    one, two, three = technique(1), technique(2), technique(3)
    profiles = (using("a", one, two), using("b", one, two, three), using("c", one))
    found = shared_techniques(profiles, 2)
    assert [(t.attack_id, t.used_by, t.users) for t in found] == [
        (one.attack_id, (True, True, True), 3),
        (two.attack_id, (True, True, False), 2),
    ]
    assert found[0].mitigations == len(one.mitigations)


def test_nobody_shares_anything() -> None:
    assert shared_techniques((), 2) == ()
