"""Profiles of made-up actors: one with everything, one with next to nothing."""

from __future__ import annotations

from dataclasses import replace

from briefing.core.actor import (
    ActionRow,
    ActorProfile,
    ActorRow,
    Basis,
    Coded,
    Counted,
    EventRow,
    JudgementRow,
    MitigationRef,
    NameRow,
    OriginRow,
    RelatedActor,
    Said,
    SoftwareUse,
    SourceEntry,
    StageProfile,
    Targets,
    TechniqueUse,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade

STAGES = (
    ("reconnaissance", "Reconnaissance"),
    ("initial-access", "Initial access"),
    ("maintain-access", "Maintain access"),
    ("act-on-objective", "Act on the objective"),
)


def basis(*sources: str) -> Basis:
    """Resting on sources."""
    return Basis(sources, (1,))


def source(key: str, *, catalogue: bool = False, published: str = "2024-05-06") -> SourceEntry:
    """A source whose title and address follow from its key."""
    return SourceEntry(
        key=key,
        title=f"Title of {key}",
        publisher="A publisher",
        url=f"https://example.org/{key}",
        published=published,
        kind="catalogue" if catalogue else "gov",
        grade=Grade("B", 2),
        rests_on="" if catalogue else "the police",
        version="18" if catalogue else "",
        catalogue=catalogue,
        statements=4,
    )


def technique(number: int, groups: int = 3) -> TechniqueUse:
    """A technique with one mitigation and one detection."""
    return TechniqueUse(
        id=f"attack-pattern--{number}",
        attack_id=f"T1{number:03d}",
        name=f"Technique {number}",
        tactics=("initial-access",),
        groups=groups,
        mitigations=(MitigationRef(f"M1{number:03d}", f"Mitigation {number}"),),
        detections=(f"Network Traffic: Kind {number}",),
        url=f"https://attack.mitre.org/techniques/T1{number:03d}",
        basis=basis("attack"),
    )


def sparse_profile(name: str = "Nobody Group") -> ActorProfile:
    """One name in one catalogue, and nothing else."""
    row = ActorRow(
        id="actor--sparse",
        name=name,
        attack_id="",
        kind="",
        origins=(),
        motives=(),
        goals=(),
        sectors=(),
        countries=(),
        newest="",
        names=1,
        documents=0,
        techniques=0,
        software=0,
        statements=1,
        own_profile=False,
    )
    return ActorProfile(
        row=row,
        kind=Coded("", ""),
        headline="",
        how_headline="",
        active_since=None,
        summary=(),
        descriptions=(),
        names=(NameRow(name, "", "", basis("attack")),),
        origins=(),
        dissent=(),
        goals=(),
        motives=(),
        targets=Targets(),
        stages=tuple(
            StageProfile(number, code, label, (), (), ())
            for number, (code, label) in enumerate(STAGES, start=1)
        ),
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
        groups_total=170,
        sources=(source("attack", catalogue=True),),
    )


def catalogue_profile() -> ActorProfile:
    """Known to catalogues only: they are quoted, and nothing is in our words."""
    described = (
        "[Fuzzy Bear](https://attack.mitre.org/groups/G9999) is a group.(Citation: A 2014) "
        "It phishes.\n\nIt has done so since 2014."
    )
    return replace(sparse_profile("Fuzzy Bear"), descriptions=(Said(described, basis("attack")),))


def full_profile() -> ActorProfile:
    """Everything a profile can hold, with 14 names, 5 techniques and 3 sources."""
    sparse = sparse_profile("Fuzzy Bear")
    names = (
        NameRow("Fuzzy Bear", "CrowdStrike", "2014-10", basis("attack", "paper")),
        NameRow("Sofa", "", "", basis("attack"), (Coded("actor--other", "Other Bear"),)),
        NameRow("Sedan", "ESET", "", basis("attack", "misp", "paper"), (), True),
        *(NameRow(f"Name {number}", "", "", basis("misp")) for number in range(13)),
    )
    techniques = tuple(technique(number) for number in range(5))
    first = StageProfile(
        1, *STAGES[0], (("Reconnaissance", 0),), (Said("It reads the news.", basis("paper")),), ()
    )
    second = StageProfile(2, *STAGES[1], (("Initial Access", 5),), (), techniques)
    return replace(
        sparse,
        row=replace(
            sparse.row, id="actor--full", attack_id="G9999", kind="state", own_profile=True
        ),
        kind=Coded("state", "State"),
        active_since=Said("2014", basis("attack")),
        summary=(Said("It is a bear.", basis("paper")), Said("It steals.", basis("attack"))),
        descriptions=catalogue_profile().descriptions,
        names=names,
        origins=(
            OriginRow(
                Coded("RU", "Russia"),
                "sponsored-by",
                "A ministry",
                "GRU",
                "named the unit",
                "2018-10-04",
                Confidence.NOT_STATED,
                basis("paper"),
            ),
        ),
        dissent=(Said("MISP states no origin.", basis("misp")),),
        goals=(Counted("exfiltration", "Taking information", 2, basis("misp")),),
        targets=Targets(
            sectors=(Counted("government", "Government", 2, basis("attack", "misp")),),
            countries=(Counted("UA", "Ukraine", 2, basis("attack", "misp")),),
            places=(Counted("org:nato", "NATO", 1, basis("misp")),),
        ),
        stages=(first, second, *sparse.stages[2:]),
        malware=(SoftwareUse("malware--1", "S0001", "Sting", "malware", 1, basis("attack")),),
        tools=(SoftwareUse("tool--1", "S0002", "Net", "tool", 31, basis("attack")),),
        events=(EventRow("2018-10", "Officers are charged", basis("paper")),),
        years=((2018, 1), (2019, 0), (2020, 2)),
        judgements=(
            JudgementRow(
                "It will go on.",
                Likelihood.LIKELY,
                Confidence.LOW,
                "It always did.",
                basis("paper"),
            ),
        ),
        actions=(
            ActionRow(
                "Update the router",
                "it hides there",
                (MitigationRef("M1051", "Update Software"),),
                ("T1000",),
                Coded("initial-access", "Initial access"),
                basis("paper"),
            ),
        ),
        notice=(Said("A warning shows.", basis("paper")),),
        helps=(Said("Passkeys help.", basis("paper")),),
        unknown=(Said("Who paid is unknown.", basis("paper")),),
        related=(RelatedActor("actor--other", "Other Bear", "may be the same", "One name."),),
        sources=(
            source("attack", catalogue=True),
            source("misp", catalogue=True),
            source("paper"),
        ),
        documents=tuple(
            replace(
                source(f"blog-{year}", published=str(year)),
                title="",
                url=f"https://example.org/{year}/the-bear-of-{year}",
            )
            for year in range(2010, 2021)
        ),
    )
