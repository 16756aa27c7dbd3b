"""A briefing on Gamaredon Group that uses every kind of block; wording and grades are examples."""

from __future__ import annotations

from dataclasses import replace

from sample_brief_parts import CASE_SOURCES, CLIENT, brand, client_part, incident_part

from briefing.core.brief import (
    Action,
    Actions,
    Bars,
    Brief,
    BriefSource,
    Bullets,
    Column,
    Event,
    Facts,
    HeatCell,
    HeatColumn,
    HeatTable,
    KeyJudgement,
    MadeFrom,
    Mark,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Span,
    Stage,
    Stages,
    Style,
    Table,
    Text,
    Timeline,
    Trace,
    TraceRow,
    Withheld,
    WorldMap,
    spans,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp

WITHHELD_CANARY = "withheld-canary-7391"
MITRE_NOTICE = (
    "© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission "
    "of The MITRE Corporation. ATT&CK® is a registered trademark of The MITRE Corporation."
)


def _m(*keys: str) -> Mark:
    return Mark(keys)


def _strong(text: str) -> Span:
    return Span(text, Style.STRONG)


SOURCES = (
    BriefSource(
        "misp-galaxy",
        "Galaxy threat-actor cluster, version 349",
        "MISP Project",
        "https://github.com/MISP/misp-galaxy",
        "2026",
        Grade("B", 3),
        rests_on="Restates vendor naming in most objects: not independent of it",
        short="MISP galaxy v349",
    ),
    BriefSource(
        "attack-g0047",
        "ATT&CK Enterprise 18.1, group G0047",
        "MITRE",
        "https://attack.mitre.org/groups/G0047/",
        "2025",
        Grade("B", 2),
        rests_on="Cites 3 and 5: not independent of them",
        short="MITRE ATT&CK 18.1",
    ),
    BriefSource(
        "unit42-2017",
        "The Gamaredon Group Toolset Evolution",
        "Palo Alto Networks Unit 42",
        "https://researchcenter.paloaltonetworks.com/2017/02/"
        "unit-42-title-gamaredon-group-toolset-evolution/",
        "2017-02-27",
        Grade("B", 2),
        short="Palo Alto Networks",
    ),
    BriefSource(
        "ukrinform-2021",
        "SBU identifies officers behind 5,000 attacks",
        "Ukrinform, on a statement of the Security Service of Ukraine (Служба безпеки України)",
        "https://ukrinform.de/amp/rubric-crime/3345062-verantwortlich-fur-5000-cyberangriffe-sbu-"
        "identifiziert-hacker-von-russischem-geheimdienst-fsb.html",
        "2021-11",
        Grade("B"),
        rests_on="Ukraine is party to the conflict",
        short="SBU via Ukrinform",
    ),
    BriefSource(
        "microsoft-2022",
        "ACTINIUM targets Ukrainian organizations",
        "Microsoft",
        "https://www.microsoft.com/security/blog/2022/02/04/"
        "actinium-targets-ukrainian-organizations/",
        "2022-02-04",
        Grade("B", 2),
        short="Microsoft",
    ),
    BriefSource(
        "cybermaterial-2025",
        "On ESET’s findings about Turla and Gamaredon",
        "CyberMaterial",
        "https://cybermaterial.com/?p=160991",
        "2025-09",
        Grade("C", 3),
        rests_on="Coverage: open ESET’s own report before quoting",
        short="ESET via CyberMaterial",
    ),
    BriefSource(
        "attack-13",
        "ATT&CK Enterprise 13.1, group G0047",
        "MITRE",
        "https://attack.mitre.org/versions/v13/groups/G0047/",
        "2023-03",
        Grade("B", 2),
        short="MITRE ATT&CK 13.1",
    ),
    BriefSource(
        "fudzilla-2023",
        "On Check Point’s findings about a USB worm",
        "Fudzilla",
        "",
        "2023-11",
        Grade("D", 3),
        rests_on="Coverage: open Check Point’s own report before quoting",
        short="Check Point via Fudzilla",
    ),
    *CASE_SOURCES,
)


def _judgements() -> Section:
    return Section(
        "judgements",
        "Key judgements",
        (
            KeyJudgement(
                spans(
                    "It will go on taking documents from Ukraine’s state and military.",
                    _m("attack-g0047", "cybermaterial-2025"),
                ),
                Likelihood.ALMOST_CERTAIN,
                Confidence.HIGH,
                statements=(11, 12),
            ),
            KeyJudgement(
                spans(
                    "It will choose an organisation with no tie to Ukraine as a target.",
                    _m("attack-g0047", "fudzilla-2023"),
                ),
                Likelihood.VERY_UNLIKELY,
                Confidence.MEDIUM,
                statements=(13,),
            ),
            KeyJudgement(
                spans(
                    "Its USB worm will reach one by stray spread all the same.",
                    _m("fudzilla-2023"),
                ),
                Likelihood.ROUGHLY_EVEN,
                Confidence.LOW,
                statements=(14,),
            ),
        ),
        note=spans("Example wording. The next twelve months."),
    )


def _who() -> Section:
    rows: tuple[tuple[str, Text], ...] = (
        (
            "Sponsor",
            spans(
                "Russia’s FSB, says Ukraine’s SBU, which in November 2021 named Crimea-based "
                "officers run from Centre 18.",
                _m("ukrinform-2021"),
                " Microsoft concurs.",
                _m("microsoft-2022"),
            ),
        ),
        ("Goal", spans("Mass theft of documents", _m("cybermaterial-2025"))),
        (
            "Targets",
            spans(
                "Ukrainian state, military, courts, police, NGOs.",
                _m("attack-g0047"),
                " MISP also names Germany.",
                _m("misp-galaxy"),
            ),
        ),
        ("Way in", spans("Spearphishing attachments and infected USB sticks", _m("attack-g0047"))),
        ("Active", spans("Since at least 2013", _m("attack-g0047"))),
        (
            "Size",
            spans(
                "Over 5,000 attacks counted by the SBU by November 2021.",
                _m("ukrinform-2021"),
                " ATT&CK 18.1 lists 70 techniques and 6 pieces of software.",
                _m("attack-g0047"),
            ),
        ),
    )
    return Section("who", "Who they are", (Facts(rows, statements=(21, 22, 23, 24, 25, 26)),))


def _timeline() -> Section:
    events = (
        Event(
            "2017-02",
            spans(
                "Palo Alto Networks’ Unit 42 describes the group and names it", _m("unit42-2017")
            ),
        ),
        Event(
            "2021-11",
            spans("Ukraine’s SBU names FSB officers and opens treason cases", _m("ukrinform-2021")),
        ),
        Event(
            "2022-02-04",
            spans("Microsoft, which then called it Actinium, concurs", _m("microsoft-2022")),
        ),
        Event(
            "2023-11",
            spans(
                "Check Point finds its USB worm beyond Ukraine, probably by stray spread",
                _m("fudzilla-2023"),
            ),
        ),
        Event(
            "2025-09",
            spans(
                "ESET sees its tools restart Turla’s implant on shared victims",
                _m("cybermaterial-2025"),
            ),
        ),
    )
    return Section(
        "timeline",
        "How it became known",
        (Timeline(events, statements=(31, 32, 33, 34, 35)),),
        note=spans("Dates of the source, not of the attack."),
    )


def _stages() -> Section:
    stages = (
        Stage(
            1,
            "Reconnaissance",
            6,
            spans("Rents domains and servers, prepares tools", _m("attack-g0047")),
        ),
        Stage(2, "Initial access", 2, spans("An attachment or a USB stick", _m("attack-g0047"))),
        Stage(
            3,
            "Maintain access",
            54,
            spans("Scripts, run keys, scheduled tasks, web services", _m("attack-g0047")),
        ),
        Stage(
            4,
            "Act on the objective",
            9,
            spans("Collects and sends files, can wipe disks", _m("attack-g0047")),
        ),
    )
    return Section(
        "stages",
        "How they work",
        (Stages(stages, statements=(41, 42, 43, 44)),),
        note=spans("Techniques per stage in ATT&CK 18.1."),
    )


def _actions() -> Section:
    actions = (
        Action(
            "Switch off USB storage,",
            spans("or scan it on a separate machine.", _m("attack-g0047")),
            ("M1034", "M1042"),
            ("T1091",),
            "2 Initial access",
        ),
        Action(
            "Open attachments without macros and scripts,",
            spans("unknown senders first.", _m("attack-g0047")),
            ("M1042", "M1038"),
            ("T1059.005",),
            "3 Maintain access",
        ),
        Action(
            "Train whoever handles Ukraine work,",
            spans("and give them one place to report.", _m("attack-g0047")),
            ("M1017",),
            ("T1566.001",),
            "2 Initial access",
        ),
    )
    return Section(
        "actions",
        "Do these first",
        (Actions(actions, statements=(51, 52, 53)),),
        note=spans("ATT&CK mitigations for its two ways in."),
    )


def _unknown() -> Section:
    return Section(
        "unknown",
        "What we do not know",
        (
            Paragraph(
                spans(
                    "Ukraine’s intercepts cannot be tested in full, and Ukraine is party to the "
                    "conflict: a reason to note the source, not to dismiss it.",
                    _m("ukrinform-2021"),
                    " Whether Turla works with Gamaredon or hijacks it is open.",
                    _m("cybermaterial-2025"),
                    " Stays of up to three months are unconfirmed here.",
                ),
                statements=(61, 62),
            ),
        ),
    )


def one_page() -> Part:
    """The executive version, one A4 page."""
    return Part(
        "Gamaredon takes documents by volume, not stealth, and aims at Ukraine",
        "Actor briefing · one-page version · Gamaredon Group (Palo Alto Networks, 2017), "
        "ATT&CK G0047",
        (
            _judgements(),
            _who(),
            _timeline(),
            _stages(),
            _actions(),
            _unknown(),
            Section("sources", "Sources", (SourceList(short=True),)),
        ),
        one_page=True,
    )


_HEAT = (
    (
        1,
        "Reconnaissance",
        6,
        "Tool|T1588.002|79; Domains|T1583.001|40; Upload Malware|T1608.001|25; "
        "Web Services|T1583.006|24; Virtual Private Server|T1583.003|14; "
        "Digital Certificates|T1587.003|4",
    ),
    (
        2,
        "Initial access",
        2,
        "Spearphishing Attachment|T1566.001|77; Replication Through Removable Media|T1091|8",
    ),
    (
        3,
        "Maintain access",
        54,
        "Ingress Tool Transfer|T1105|85; Malicious File|T1204.002|84; PowerShell|T1059.001|83; "
        "Windows Command Shell|T1059.003|71; Match Legitimate Resource Name or Location|T1036.005"
        "|59; Web Protocols|T1071.001|56; System Information Discovery|T1082|55; "
        "Registry Run Keys / Startup Folder|T1547.001|55; Scheduled Task|T1053.005|54; "
        "File and Directory Discovery|T1083|50",
    ),
    (
        4,
        "Act on the objective",
        9,
        "Data from Local System|T1005|43; Exfiltration Over C2 Channel|T1041|25; "
        "Automated Collection|T1119|20; Screen Capture|T1113|18; "
        "Data from Network Shared Drive|T1039|8; Automated Exfiltration|T1020|6; "
        "Data from Removable Media|T1025|4; Internal Defacement|T1491.001|3; "
        "Disk Content Wipe|T1561.001|2",
    ),
)


def heat() -> HeatTable:
    """The heat table of the group's 70 techniques in four stages."""
    columns = []
    for number, name, total, listed in _HEAT:
        cells = []
        for cell in listed.split("; "):
            technique, attack_id, groups = cell.split("|")
            cells.append(HeatCell(technique, attack_id, int(groups)))
        columns.append(HeatColumn(number, name, total, tuple(cells)))
    return HeatTable(
        tuple(columns),
        172,
        (1, 10, 30, 50, 70),
        note=spans("T1091 counts in two stages."),
        statements=tuple(range(100, 170)),
    )


def _names() -> Section:
    rows = (
        (
            "Gamaredon Group",
            "Palo Alto Networks",
            "2017",
            spans(
                "its report",
                _m("unit42-2017"),
                "; a misspelling of “Armageddon”",
                _m("attack-g0047"),
            ),
        ),
        ("Armageddon", "Ukraine’s name", "–", spans("restated", _m("attack-13"))),
        ("Shuckworm", "Symantec", "–", spans("restated", _m("misp-galaxy", "attack-g0047"))),
        (
            "Actinium, Aqua Blizzard",
            "Microsoft",
            "2022",
            spans(
                "its report",
                _m("microsoft-2022"),
                "; renamed later",
                _m("misp-galaxy", "attack-g0047"),
            ),
        ),
        ("DEV-0157", "Microsoft", "–", spans("restated", _m("misp-galaxy", "attack-g0047"))),
        (
            "IRON TILDEN",
            "Secureworks",
            "–",
            spans("its profile, cited by ATT&CK", _m("attack-g0047")),
        ),
        ("Гамаредон", "Ukraine’s press", "–", spans("restated", _m("ukrinform-2021"))),
        ("غاماريدون", "Arabic press", "–", spans("example of the script")),
    )
    table = Table(
        (
            Column("Name", 1.8),
            Column("Coined by", 1.4),
            Column("First seen", 0.8),
            Column("Source", 2),
        ),
        tuple((spans(a), spans(b), spans(c), d) for a, b, c, d in rows),
        statements=tuple(range(200, 214)),
    )
    return Section(
        "names",
        "Names, and who coined them",
        (table,),
        note=spans("MISP lists 13 synonyms, ATT&CK 7. Not one name maps exactly to another."),
    )


def _origin() -> Section:
    return Section(
        "origin",
        "Origin, and dissent",
        (
            Paragraph(
                spans(
                    _strong("Russia, FSB Centre 18."),
                    " Named by Ukraine’s SBU.",
                    _m("ukrinform-2021"),
                    " Microsoft concurs.",
                    _m("microsoft-2022"),
                    " MISP states Russia",
                    _m("misp-galaxy"),
                    "; ATT&CK says “suspected Russian” and records Ukraine’s attribution.",
                    _m("attack-g0047"),
                ),
                edge="said",
                statements=(221, 222, 223),
            ),
            Paragraph(
                spans(
                    _strong("One origin for the state link."),
                    " Vendors’ naming of the state mostly repeats the SBU; their tracking of the "
                    "activity does not. On Turla: cooperation is ESET’s likeliest reading, "
                    "hijacking is not excluded.",
                    _m("cybermaterial-2025"),
                ),
                edge="dissent",
                statements=(224,),
            ),
            Bullets(
                (
                    spans(
                        "Charged: ", "officers of the FSB, by Ukraine", _m("ukrinform-2021"), "."
                    ),
                    spans("Not tried: ", "none of them has stood before a court."),
                ),
                statements=(226,),
            ),
            Quotation(
                spans("Its tools restarted an implant of Turla on machines that both had taken."),
                "CyberMaterial on ESET, September 2025; our translation of the gist",
                statements=(225,),
            ),
        ),
        note=spans("Dissent stands directly under what is said, in the same size."),
    )


def _targets() -> Section:
    countries = (("UA", 41), ("DE", 3), ("LV", 2), ("PL", 2), ("US", 1), ("VN", 1), ("CL", 1))
    return Section(
        "targets",
        "Where, and whom",
        (
            WorldMap(
                countries,
                "World map: Ukraine is named in 41 statements, Germany in 3, Latvia and Poland in "
                "2 each, Chile, the United States and Vietnam in 1 each.",
                note=spans(
                    "Stray spread of the worm included.",
                    _m("fudzilla-2023"),
                ),
                statements=tuple(range(230, 240)),
            ),
            Bars(
                (
                    ("Government", 31),
                    ("Defence and military", 22),
                    ("Police and courts", 9),
                    ("Civil society", 4),
                    ("Not stated", 2),
                ),
                "statements",
                note=spans("A statement counts once in each sector it names.", _m("misp-galaxy")),
                statements=tuple(range(240, 250)),
            ),
        ),
        note=spans("Number of statements that name the country or the sector."),
    )


def full() -> Part:
    """The full version."""
    return Part(
        "Two ways in, fifty-four ways to stay",
        "How Gamaredon works · 70 techniques in four stages, most widely shared first · "
        "full version",
        (
            Section(
                "heat",
                "The four stages",
                (heat(),),
                note=spans(
                    "Number and shade: groups, of 172 in ATT&CK 18.1, that use the technique.",
                    _m("attack-g0047"),
                    " Dark is common.",
                ),
                wide=True,
            ),
            _names(),
            _origin(),
            _targets(),
        ),
    )


def appendix() -> Part:
    """Sources and evidence trace."""
    rows = (
        TraceRow(
            "Judgement 1",
            "documents of Ukraine’s state and military",
            ("attack-g0047", "cybermaterial-2025"),
            2,
            "MITRE, ESET",
            2,
        ),
        TraceRow(
            "Judgement 2",
            "an organisation with no tie to Ukraine",
            ("attack-g0047", "fudzilla-2023"),
            2,
            "MITRE, Check Point",
            1,
        ),
        TraceRow(
            "Judgement 3", "stray spread of the worm", ("fudzilla-2023",), 1, "Check Point", 1
        ),
        TraceRow(
            "Who they are",
            "sponsor, goal, targets, way in, size",
            ("misp-galaxy", "attack-g0047", "ukrinform-2021", "microsoft-2022"),
            3,
            "",
            6,
        ),
        TraceRow(
            "Origin",
            "Russia’s FSB, Centre 18",
            ("ukrinform-2021", "microsoft-2022"),
            1,
            "Ukraine’s SBU",
            4,
        ),
        TraceRow("Four stages", "70 techniques", ("attack-g0047",), 1, "MITRE", 70),
    )
    return Part(
        "Sources and evidence trace",
        "Which words rest on which source, and which sources rest on one another",
        (
            Section(
                "sources",
                "Sources",
                (SourceList(short=False),),
                note=spans(
                    "Grade: reliability A–F and credibility 1–6, two scales, never averaged. "
                    "Grades are examples."
                ),
                wide=True,
            ),
            Section(
                "trace",
                "Evidence trace",
                (
                    Trace(
                        rows,
                        note=spans(
                            "The full list of statement ids and the snapshots they come from is "
                            "attached to the PDF as ",
                            Span("brief.json", Style.CODE),
                            ".",
                        ),
                    ),
                ),
                note=spans(
                    "Origins are sources that do not rest on one another. One origin is a "
                    "warning, not a fault."
                ),
                wide=True,
            ),
        ),
    )


def gamaredon() -> Brief:
    """The sample, complete: every kind of block, questions, a client, a brand and a cover."""
    return Brief(
        kind="actor",
        kind_title="Actor briefing",
        subject="Gamaredon Group",
        title="Gamaredon: volume over stealth, aimed at Ukraine",
        parts=(one_page(), full(), client_part(), incident_part(), appendix()),
        sources=SOURCES,
        made_from=(
            MadeFrom(
                1,
                "MISP galaxy, threat-actor",
                "349",
                "MISP galaxy, CC0 1.0 and two-clause BSD.",
                1041,
                "5d2f1c0a9b8e7d6c5b4a39281706f5e4d3c2b1a0998877665544332211009f8e",
            ),
            MadeFrom(
                2,
                "MITRE ATT&CK Enterprise",
                "18.1",
                MITRE_NOTICE,
                24771,
                "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
            ),
        ),
        data_as_of="2026-11-12",
        ceiling=Tlp.AMBER,
        tlp=Tlp.CLEAR,
        author="Example Consulting",
        withheld=(Withheld(999, Tlp.RED, WITHHELD_CANARY),),
        client=CLIENT,
        audience="Executive",
        brand=brand(),
        cover=True,
    )


def unbranded() -> Brief:
    """The sample in the program’s own look, without a cover."""
    return replace(gamaredon(), brand=None, cover=False)
