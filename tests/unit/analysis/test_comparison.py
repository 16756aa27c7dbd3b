"""Actors side by side: what all have, what some have, and who has what."""

from __future__ import annotations

from dataclasses import replace

from briefing.analysis.comparison import Comparison, Fact, FactKind, Thing, compare
from briefing.core.actor import (
    ActorProfile,
    ActorRow,
    Basis,
    Coded,
    Counted,
    NameRow,
    OriginRow,
    Said,
    SoftwareUse,
    StageProfile,
    Targets,
    TechniqueUse,
)
from briefing.core.estimates import Confidence

BASIS = Basis(("mitre-attack",), (1,))
RUSSIA = Coded("RU", "Russia")


def technique(attack_id: str, groups: int) -> TechniqueUse:
    return TechniqueUse(
        id=f"attack-pattern--{attack_id}",
        attack_id=attack_id,
        name=f"Technique {attack_id}",
        tactics=(),
        groups=groups,
        mitigations=(),
        detections=(),
        url="",
        basis=BASIS,
    )


COMMON = technique("T1", 79)
RARE = technique("T2", 3)
ONLY_FIRST = technique("T3", 1)


def stage(number: int, code: str, *techniques: TechniqueUse) -> StageProfile:
    return StageProfile(number, code, code.capitalize(), (), (), techniques)


def software(name: str, groups: int) -> SoftwareUse:
    return SoftwareUse(f"tool--{name}", "S1", name, "tool", groups, BASIS)


def origin(by: str) -> OriginRow:
    return OriginRow(RUSSIA, "sponsored-by", by, "", "", "", Confidence.NOT_STATED, BASIS)


def profile(name: str, *, names: tuple[str, ...] = (), kind: str = "state") -> ActorProfile:
    row = ActorRow(
        id=f"intrusion-set--{name}",
        name=name,
        attack_id="",
        kind=kind,
        origins=("RU",),
        motives=(),
        goals=(),
        sectors=(),
        countries=(),
        newest="",
        names=len(names),
        documents=0,
        techniques=0,
        software=0,
        statements=0,
        own_profile=False,
    )
    return ActorProfile(
        row=row,
        kind=Coded(kind, kind.capitalize()),
        headline="",
        how_headline="",
        active_since=None,
        summary=(),
        descriptions=(),
        names=tuple(NameRow(other, "", "", BASIS) for other in names),
        origins=(origin("Justice"),),
        dissent=(),
        goals=(),
        motives=(),
        targets=Targets(),
        stages=(),
        malware=(),
        tools=(),
        events=(),
        years=(),
        judgements=(),
        actions=(),
        notice=(),
        helps=(),
        unknown=(),
        related=(),
        groups_total=177,
    )


def target(code: str) -> Counted:
    return Counted(code, code.upper(), 2, BASIS)


FIRST = replace(
    profile("APT28", names=("Fancy Bear", "Grizzly Steppe")),
    active_since=Said("2004", BASIS),
    stages=(stage(1, "entry", COMMON), stage(2, "stay", COMMON, RARE, ONLY_FIRST)),
    tools=(software("Mimikatz", 49),),
    targets=Targets(sectors=(target("energy"),), countries=(target("ua"), target("de"))),
)
SECOND = replace(
    profile("APT29", names=("Cozy Bear", "GRIZZLY-STEPPE"), kind="state-linked"),
    stages=(stage(1, "entry", COMMON), stage(2, "stay", RARE)),
    tools=(software("Mimikatz", 49), software("Tor", 4)),
    targets=Targets(sectors=(target("energy"),), countries=(target("ua"),)),
)
THIRD = replace(profile("Turla"), stages=(stage(1, "entry", COMMON), stage(2, "stay")))


def fact(comparison: Comparison, kind: FactKind) -> Fact:
    return next(found for found in comparison.facts if found.kind == kind)


def test_things_say_who_has_them() -> None:
    techniques = compare([FIRST, SECOND, THIRD]).techniques
    assert {thing.code: thing.has for thing in techniques.things} == {
        "T1": (True, True, True),
        "T2": (True, True, False),
        "T3": (True, False, False),
    }
    assert techniques.counts == (3, 2, 1)
    assert techniques.in_all == 1
    assert techniques.shared_by(2) == 1


def test_what_most_have_comes_first_and_the_rarest_of_it_before_the_common() -> None:
    assert [thing.code for thing in compare([FIRST, SECOND]).techniques.things] == [
        "T2",
        "T1",
        "T3",
    ]


def test_a_technique_of_two_stages_counts_once_and_names_both() -> None:
    [thing] = [found for found in compare([FIRST]).techniques.things if found.code == "T1"]
    assert thing.detail == "Entry, Stay"
    assert [part.counts for part in compare([FIRST, SECOND]).stages] == [(1, 1), (3, 1)]


def test_software_sectors_and_countries_are_joined_by_what_they_are() -> None:
    comparison = compare([FIRST, SECOND])
    assert comparison.software.things == (
        Thing("tool--Mimikatz", "S1", "Mimikatz", "tool", 49, (True, True)),
        Thing("tool--Tor", "S1", "Tor", "tool", 4, (False, True)),
    )
    assert [thing.label for thing in comparison.sectors.things] == ["ENERGY"]
    assert [(thing.label, thing.actors) for thing in comparison.countries.things] == [
        ("UA", 2),
        ("DE", 1),
    ]


def test_a_name_in_another_spelling_is_a_name_in_common() -> None:
    assert fact(compare([FIRST, SECOND]), "names").common == ("Grizzly Steppe",)


def test_facts_with_something_in_common_come_first() -> None:
    facts = compare([FIRST, SECOND]).facts
    assert [found.kind for found in facts if found.common] == ["origin", "names"]
    assert [bool(found.common) for found in facts] == [True, True, False, False, False, False]
    assert fact(compare([FIRST, SECOND]), "kind").values == (("State",), ("State-linked",))


def test_what_is_not_stated_is_empty_and_never_in_common() -> None:
    goals = fact(compare([FIRST, SECOND]), "goals")
    assert goals.values == ((), ())
    assert goals.common == ()
    assert fact(compare([FIRST, SECOND]), "active since").values == (("2004",), ())


def test_one_actor_alone_has_nothing_in_common_yet() -> None:
    comparison = compare([FIRST])
    assert all(not found.common for found in comparison.facts)
    assert comparison.groups_total == 177
    assert [row.name for row in comparison.actors] == ["APT28"]


def test_who_says_where_an_actor_comes_from_is_kept() -> None:
    assert [origins[0].by for origins in compare([FIRST, THIRD]).origins] == ["Justice", "Justice"]
