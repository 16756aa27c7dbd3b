"""What the sample briefing speaks of, by the ids of ATT&CK and one of our own."""

from __future__ import annotations

from dataclasses import replace

from sample_brief import gamaredon

from briefing.core.brief import Brief, BriefObject
from briefing.core.tlp import Tlp

GROUP = "intrusion-set--2e290bfe-93b5-48ce-97d6-edcd6d32b7cf"
OBJECTS = (
    BriefObject(GROUP, "Gamaredon Group", Tlp.CLEAR, "G0047", ("attack-g0047", "misp-galaxy")),
    BriefObject(
        "attack-pattern--3b744087-9945-4a6f-91e8-9dbceda417a4",
        "Replication Through Removable Media",
        Tlp.CLEAR,
        "T1091",
        ("attack-g0047", "fudzilla-2023"),
        8,
    ),
    BriefObject(
        "attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736", "PowerShell", Tlp.GREEN, "T1059.001"
    ),
    BriefObject(
        "attack-pattern--1644e709-12d2-41e5-a60f-3470991f5011",
        "Security Account Manager",
        Tlp.CLEAR,
        "T1003.002",
    ),
    BriefObject(
        "malware--1a7b3f2e-5d7c-4b2e-9c0a-1f2e3d4c5b6a",
        "Pteranodon",
        Tlp.CLEAR,
        "S0147",
        ("unit42-2017",),
    ),
    BriefObject("tool--0c3a1b2d-7e8f-4a9b-8c7d-6e5f4a3b2c1d", "Rclone", Tlp.CLEAR, "S1040"),
    BriefObject(
        "course-of-action--21da4fd4-27ad-4e9c-b93d-0b9b14d02c96",
        "Limit Hardware Installation",
        Tlp.CLEAR,
        "M1034",
    ),
    BriefObject("campaign--5f8ef7c4-0d8b-4c1c-9d0a-9e5a7b6c4d3e", "Armageddon", Tlp.CLEAR, "C0099"),
    BriefObject("vulnerability--7d6c5b4a-3f2e-4d1c-8b0a-9f8e7d6c5b4a", "CVE-2017-0199", Tlp.CLEAR),
    BriefObject("threat-actor--0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d", "Night Heron", Tlp.CLEAR),
    BriefObject("document--0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3e", "No object of STIX", Tlp.CLEAR),
)
"""Every type that a name is enough for, one above CLEAR, and one that is no object of STIX."""


def with_objects(tlp: Tlp = Tlp.GREEN) -> Brief:
    """The sample with its objects, marked so high."""
    return replace(gamaredon(), objects=OBJECTS, tlp=tlp)
