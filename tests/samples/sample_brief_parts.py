"""Parts of the sample briefing for a client and an incident: invented names, example wording."""

from __future__ import annotations

import struct
import zlib

from briefing.core.brief import (
    AchRow,
    AchTable,
    Action,
    Actions,
    ActorReason,
    ActorReasons,
    Assessed,
    Brand,
    BriefSource,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    Mark,
    Matrix,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteQuote,
    NoteText,
    Part,
    Question,
    Section,
    Span,
    Style,
    WarningList,
    spans,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade

CLIENT = "Harbour Dental Group"

CASE_SOURCES = (
    BriefSource(
        "harbour-notice",
        "Notice to patients about the outage of March 2026",
        "Harbour Dental Group",
        "https://harbour-dental.example/notice",
        "2026-03-19",
        Grade("A", 2),
        short="Harbour Dental, notice",
    ),
    BriefSource(
        "heron-post",
        "“We have their x-rays”, post on a leak site",
        "Night Heron",
        "",
        "2026-03-21",
        Grade("E", 4),
        rests_on="Claimant: speaks for itself",
        short="Night Heron, leak site",
    ),
    BriefSource(
        "lab-report",
        "What we found on the files of a dental group",
        "Example Laboratory",
        "https://lab.example/reports/heron",
        "2026-04",
        Grade("B", 2),
        short="Example Laboratory",
    ),
    BriefSource(
        "gazette",
        "Dentists paid after attack, say two people",
        "Example Gazette",
        "https://gazette.example/2026/dentists",
        "2026-04-02",
        Grade("C", 3),
        rests_on="Rests on 10 for who did it: one origin",
        short="Example Gazette",
    ),
)


def logo() -> bytes:
    """A small PNG of 240 by 64 pixels: a harbour wall and its light, on white."""
    paper, wall, light = b"\xff\xff\xff", b"\x7a\x1f\x5c", b"\xc2\x6a\xa6"
    lines = []
    for y in range(64):
        row = bytearray()
        for x in range(240):
            if (x - 32) ** 2 + (y - 22) ** 2 < 18**2:
                row += light
            elif (x < 64 and y >= 44) or (84 <= x < 228 and y in range(26, 38)):
                row += wall
            else:
                row += paper
        lines.append(b"\x00" + bytes(row))

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = zlib.crc32(kind + data)
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", checked)

    head = struct.pack(">LLBBBBB", 240, 64, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(lines), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def brand() -> Brand:
    """The brand of the firm that sends the sample."""
    return Brand(
        "Example Consulting",
        logo(),
        "#7a1f5c",
        "#c26aa6",
        "Example Consulting · 1 Harbour Street · desk@consulting.example",
    )


def actor_reasons() -> ActorReasons:
    """Four actors with their reasons; the last has neither an origin nor a sign."""
    rows = (
        ActorReason(
            "Gamaredon Group",
            "Russia",
            spans(
                "Ukraine stated as victim, and the client’s supplier works there.",
                Mark(("attack-g0047", "misp-galaxy")),
            ),
            (True, True, False, True),
            1.1,
        ),
        ActorReason(
            "Night Heron",
            "",
            spans("Says that it took the client’s files", Mark(("heron-post",))),
            (True, False, True, True),
            1.0,
        ),
        ActorReason(
            "Turla",
            "Russia",
            spans("Neighbouring countries; newest report 2025", Mark(("cybermaterial-2025",))),
            (False, True, False, True),
            0.4,
        ),
        ActorReason(
            "A group nobody has named in more than a few words yet",
            "",
            spans("Stands in the catalogue without country or sector", Mark(("misp-galaxy",))),
            (False, False, False, False),
            0.0,
        ),
    )
    return ActorReasons(
        ("Country", "Region", "Sector", "Active"),
        rows,
        note=spans(
            "Points, at most 1.3: country 0.6, neighbouring country 0.2, sector 0.3, source from "
            "2024 or later 0.2. Ties by name. Ranked among 1,041 actors."
        ),
        statements=(301, 302, 303, 304),
    )


def matrix() -> Matrix:
    """Actors by sector and origin; the client’s sector stands out."""
    return Matrix(
        "Sector",
        ("China", "Iran", "Russia", "North Korea", "not stated"),
        (
            ("Government", (36, 14, 11, 5, 18)),
            ("Defence and military", (16, 7, 4, 1, 5)),
            ("Energy and utilities", (4, 8, 3, 1, 4)),
            ("Health", (6, 3, 3, 0, 1)),
            ("Museums", (0, 0, 1, 0, 0)),
        ),
        (84, 31, 20, 13, 1),
        "actors",
        own=("Health",),
        note=spans(
            "“·” means no reports, not zero attacks. Origin is what MISP states.",
            Mark(("misp-galaxy",)),
        ),
        statements=tuple(range(310, 320)),
    )


def costed_actions() -> Actions:
    """Actions with what they cost and who does them."""
    return Actions(
        (
            Action(
                "Ask for a second factor on every remote log-in,",
                spans("the IT provider’s included.", Mark(("attack-g0047",))),
                ("M1032",),
                ("T1078",),
                "2 Initial access",
                "low",
                "IT provider",
            ),
            Action(
                "Call back before any password reset",
                spans("on a number you already hold.", Mark(("lab-report",))),
                ("M1017",),
                (),
                "2 Initial access",
                "low",
                "practice manager",
            ),
            Action(
                "Restore one backup as a test",
                spans("and keep a copy offline.", Mark(("harbour-notice",))),
                ("M1053",),
                ("T1486", "T1490"),
                "4 Act on the objective",
                "medium",
                "IT provider",
            ),
        ),
        statements=(321, 322, 323),
    )


def note() -> Note:
    """A note with every kind of node in it."""
    return Note(
        (
            NoteHeading(spans("What we saw on site"), 1),
            NoteText(
                spans(
                    "The provider’s ",
                    Span("remote tool", Style.STRONG),
                    " answers from the internet, ",
                    Span("contrary", Style.EMPHASIS),
                    " to the plan; see ",
                    Span("their guide", href="https://provider.example/guide"),
                    " and the setting ",
                    Span("listen_public", Style.CODE),
                    ".",
                )
            ),
            NoteHeading(spans("Open points"), 2),
            NoteList(
                (
                    (NoteText(spans("Ask for the list of accounts")),),
                    (
                        NoteText(spans("Look again in May:")),
                        NoteList(
                            (
                                (NoteText(spans("at the reception")),),
                                (NoteText(spans("at the two branches")),),
                            )
                        ),
                    ),
                ),
                ordered=True,
            ),
            NoteHeading(spans("In their words"), 3),
            NoteQuote(
                (
                    NoteText(spans("We change the password once a year.")),
                    NoteQuote((NoteText(spans("Once a year, in January.")),)),
                )
            ),
            NoteCode("listen_public = true\n    port = 5650\n# left as it was in 2019"),
        )
    )


def questions() -> tuple[Question, ...]:
    """What the client may ask."""
    return (
        Question(
            "Why is a group in here that has never attacked a dentist?",
            spans(
                "Its victims include the country your supplier works in.", Mark(("attack-g0047",))
            ),
        ),
        Question("Is the order a likelihood?", spans("No: it counts what is stated.")),
    )


def client_part() -> Part:
    """Who would attack the client, and why each is in."""
    return Part(
        "Expect criminals after money; a state choosing you is very unlikely",
        f"{CLIENT}, a dental group that relies on an IT provider · example client",
        (
            Section(
                "actors",
                "Four actors, and why each is in",
                (actor_reasons(),),
                note=spans(
                    Span("Basis: catalogue only.", Style.STRONG),
                    " Order is not likelihood.",
                ),
                questions=questions(),
            ),
            Section(
                "matrix",
                "Sector by origin",
                (matrix(),),
                note=spans("Actors per cell. An actor counts once in each of its sectors."),
            ),
            Section(
                "client-actions",
                "Do these first",
                (costed_actions(),),
                note=spans("Cheapest first."),
                questions=questions()[1:],
            ),
            Section("client-note", "From our visit", (note(),)),
        ),
    )


def claims_evidence() -> ClaimsEvidence:
    """Three claims beside four pieces of evidence."""
    claims = (
        ClaimItem(
            "A",
            "Night Heron, on its leak site",
            "2026-03-21",
            spans("Says it took the x-rays and the payroll alone.", Mark(("heron-post",))),
            "contested",
            Grade("E", 4),
            (("Channel", "own leak site"), ("Motive", "credibility")),
        ),
        ClaimItem(
            "B",
            "Example Gazette",
            "2026-04-02",
            spans("Two unnamed people speak of a payment.", Mark(("gazette",))),
            "unverified",
            Grade("C", 3),
        ),
        ClaimItem(
            "C",
            "Grey Bittern",
            "2026-03",
            spans("Says that Night Heron rented its tools.", Mark(("lab-report",))),
            "unverified",
            Grade("E"),
            (("Basis", "none given"),),
        ),
    )
    evidence = (
        EvidenceItem(
            "E1",
            spans("The client’s notice names no group.", Mark(("harbour-notice",))),
            "official",
            "medium",
            "O1",
            Grade("A", 2),
            ("A",),
        ),
        EvidenceItem(
            "E2",
            spans("Files shown on the leak site are the client’s own.", Mark(("lab-report",))),
            "victimology",
            "high",
            "O2",
            Grade("B", 2),
            ("A", "C"),
        ),
        EvidenceItem(
            "E3",
            spans(
                "The locker is one that Grey Bittern is known to rent out to others, with the "
                "settings that an affiliate chooses.",
                Mark(("lab-report",)),
            ),
            "capability",
            "high",
            "O2",
            Grade("B", 2),
            ("C",),
        ),
        EvidenceItem(
            "E4",
            spans("The post appeared after the notice.", Mark(("heron-post", "harbour-notice"))),
            "claim",
            "low",
            "O3",
            Grade("C", 3),
        ),
    )
    return ClaimsEvidence(
        claims,
        evidence,
        3,
        note=spans("All claims came after disclosure."),
        statements=tuple(range(330, 337)),
    )


def ach() -> AchTable:
    """Four hypotheses with every mark there is, one not judged; the third leads."""
    return AchTable(
        (
            ("H1", "Night Heron alone"),
            ("H2", "Grey Bittern alone"),
            ("H3", "Night Heron with rented tools"),
            ("H4", "another, or a false claim"),
        ),
        (
            AchRow("E1", "Notice", ("N", "N", "N", "C"), 0.43),
            AchRow("E2", "Files shown", ("C", "II", "CC", "I"), 1.64),
            AchRow("E3", "Rented locker", ("I", "C", "CC", "N"), 1.09),
            AchRow("E4", "Post after notice", ("NA", "NA", "N", ""), 0.0),
        ),
        (1, 2, 0, 1),
        (2.0, 4.5, 0.0, 2.0),
        (False, False, True, False),
        spans(
            Span("H3 is the least refuted, not proved. Fragile:", Style.STRONG),
            " without the laboratory’s report (O2), H1 draws level.",
        ),
        statements=(341, 342, 343, 344),
    )


def assessed() -> Assessed:
    """What the analyst concludes, with basis, gap and dissent."""
    return Assessed(
        spans(
            "Night Heron took the files with tools it rented from Grey Bittern (H3).",
            Mark(("heron-post", "lab-report")),
        ),
        Likelihood.LIKELY,
        Confidence.LOW,
        "A. Example",
        "2026-04-09",
        (
            ("Basis", spans("E2 and E3, one laboratory.", Mark(("lab-report",)))),
            ("Gap", spans("Whether anything was paid.")),
            ("Dissent", spans("Night Heron says it worked alone.", Mark(("heron-post",)))),
        ),
        statements=(351,),
    )


def warning_list() -> WarningList:
    """Three objections, each with its rows."""
    return WarningList(
        (
            ("Several claimants for one incident", "A, C"),
            ("Circular: evidence repeats the claim", "E4, A"),
            ("Claims made after disclosure", "A–C"),
        ),
        note=spans("Computed, each with its rows."),
        statements=(352,),
    )


def incident_part() -> Part:
    """Claims beside evidence, hypotheses, assessment and warnings."""
    return Part(
        "Two groups claimed the outage, and neither settles it",
        f"Incident briefing · {CLIENT}, March 2026 · invented example",
        (
            Section(
                "claims",
                "Claims beside evidence",
                (claims_evidence(),),
                note=spans("Three origins (O). Grades are examples."),
                wide=True,
            ),
            Section(
                "hypotheses",
                "Competing hypotheses",
                (ach(),),
                note=spans("Which explanation do the facts speak against least?"),
            ),
            Section(
                "assessment",
                "Assessment",
                (assessed(), warning_list()),
                note=spans("What we conclude."),
                wide=True,
                questions=questions()[:1],
            ),
        ),
    )
