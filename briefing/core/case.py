"""An incident worked through: who claims what, what speaks for or against it, what we conclude.

A claim, a piece of evidence and an assessment are never one row. Every row is dated, bears a TLP
label, names who recorded it and cites documents. Rows are versions of STIX objects
(``core.case_stix``): a change is a later version, and taking a row out is a version that says so,
so nothing that was recorded is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from briefing.core.case_words import (
    Claimant,
    ClaimStatus,
    EvidenceKind,
    Level,
    Mark,
    Purpose,
    Relevance,
    Stance,
    Supposes,
    Vertex,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp, highest


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a row cites.

    Attributes:
        url: https address; "" where it has none (a paper, a conversation).
        title: Its title.
        publisher: Who published it.
        published: ISO 8601 to the year, month or day, or "".
        repeats: Address of the document that it repeats, or "".
    """

    url: str
    title: str
    publisher: str
    published: str = ""
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Suspected:
    """A purpose that somebody suspects behind a claim, with why."""

    purpose: Purpose
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one piece of evidence agrees with the hypothesis that holds this cell."""

    evidence: str
    mark: Mark
    rationale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has.

    Attributes:
        id: STIX id; the same through all versions.
        created: When it was first recorded: RFC 3339 in UTC with milliseconds.
        modified: When this version was recorded, likewise.
        author: Who recorded this version.
        tlp: Who may see it.
        documents: What it cites, in order.
        place: Orders rows of a kind; equal places are ordered by ``created``.
        withdrawn: Whether this version takes the row out.
        source: Id of the source by which it is held here; not part of what is handed on.
    """

    id: str
    created: str
    modified: str
    author: str
    tlp: Tlp
    documents: tuple[Cited, ...] = ()
    place: int = 0
    withdrawn: bool = False
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Row):
    """The incident itself.

    Attributes:
        slug: Readable id such as ``mgm-resorts-2023``; "" for an incident of a feed.
        name: Short title.
        description: What happened, in a few sentences.
        first_seen: When it began, ISO 8601 to the year, month or day, or "".
        last_seen: When it ended, likewise.
        disclosed: When it became public, likewise.
        victim: Who was hit, as far as it is public.
        types: What kind of attack it was, in plain words.
        sectors: Codes of our sectors and scopes.
        countries: Codes of countries, regions and organisations.
        techniques: ATT&CK ids (``T1059``, ``T1059.001``).
        software: ATT&CK ids (``S0002``).
        infrastructure: Addresses, domains and servers, as written.
    """

    slug: str = ""
    name: str
    description: str = ""
    first_seen: str = ""
    last_seen: str = ""
    disclosed: str = ""
    victim: str = ""
    types: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    infrastructure: tuple[str, ...] = ()

    @property
    def features(self) -> tuple[str, ...]:
        """What the overlap with known groups is computed from: techniques and software."""
        return (*self.techniques, *self.software)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Row):
    """What one party says about who did it.

    Attributes:
        incident: Id of the incident.
        text: What is said, in our words.
        claimant: What kind of party says it.
        by: Who says it.
        actor: Id of the actor that is meant; "" where nobody or more than one may be meant.
        accused: Who is said to have done it, as written.
        date: When it was said, ISO 8601 to the year, month or day.
        channel: How it came out (leak site, press, filing).
        type: How it was made, in EuRepoC's terms, or "".
        basis: On what it rests, in EuRepoC's terms, or "".
        stated_motive: Why, as the claimant says, or "".
        suspected: Purposes that others suspect behind the claim.
        status: Where it stands.
        reliability: Admiralty A to F, of the claimant in this matter.
        credibility: Admiralty 1 to 6; None where nobody has judged it.
        origin: Where it starts, in a few words; rows with the same words have one origin.
        confidence: As the claimant states it.
    """

    incident: str
    text: str = ""
    claimant: Claimant
    by: str
    actor: str = ""
    accused: str
    date: str
    channel: str = ""
    type: str = ""
    basis: str = ""
    stated_motive: str = ""
    suspected: tuple[Suspected, ...] = ()
    status: ClaimStatus = ClaimStatus.UNVERIFIED
    reliability: str = "F"
    credibility: int | None = None
    origin: str = ""
    confidence: Confidence = Confidence.NOT_STATED

    @property
    def grade(self) -> Grade:
        """Both scales side by side."""
        return Grade(self.reliability, self.credibility)

    @property
    def is_of_feed(self) -> bool:
        """Whether a feed says so and nobody recorded it: there are no words of ours then."""
        return not self.text

    @property
    def is_by_attacker(self) -> bool:
        """Whether the attackers say it of themselves."""
        return self.claimant is Claimant.ACTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Row):
    """Something that speaks for or against a hypothesis.

    Attributes:
        incident: Id of the incident.
        text: What it shows, in one sentence.
        kind: What it is about.
        vertex: Vertex of the Diamond Model.
        level: On which level it speaks.
        reliability: Admiralty A to F, of whoever reports it.
        credibility: Admiralty 1 to 6.
        relevance: How far it bears on the question.
        observed: When it was observed, ISO 8601 to the year, month or day, or "".
        bears_on: Ids of claims.
        origin: Where it starts, in a few words; rows with the same words have one origin and
            vote once.
        method: ``overlap`` where this program computed it from techniques and software, else "".
    """

    incident: str
    text: str
    kind: EvidenceKind
    vertex: Vertex
    level: Level
    reliability: str
    credibility: int
    relevance: Relevance
    observed: str = ""
    bears_on: tuple[str, ...] = ()
    origin: str
    method: Literal["", "overlap"] = ""

    @property
    def grade(self) -> Grade:
        """Both scales side by side."""
        return Grade(self.reliability, self.credibility)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis(Row):
    """One answer to the question who did it.

    Attributes:
        incident: Id of the incident.
        text: The answer, in a sentence.
        short: The same in a few words, for a column's head.
        supposes: What it supposes.
        actors: Ids of the actors it names.
        cells: How evidence agrees with it; evidence without a cell has not been judged.
    """

    incident: str
    text: str
    short: str = ""
    supposes: Supposes
    actors: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    def cell(self, evidence: str) -> Cell | None:
        """The cell of a piece of evidence; None where it has not been judged."""
        return next((cell for cell in self.cells if cell.evidence == evidence), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Row):
    """What somebody concludes. It is never edited: a later one supersedes it.

    Attributes:
        incident: Id of the incident.
        hypothesis: Id of the hypothesis that is judged.
        text: The judgement in a sentence, without its confidence.
        likelihood: Term of ICD 203.
        confidence: ``low``, ``medium`` or ``high``; never NOT_STATED.
        basis: Why the confidence is what it is, in sentences of its own.
        date: Day of the judgement.
        supersedes: Id of the assessment in whose place it stands, or "".
        gaps: What is not known.
        assumptions: What is taken for granted.
    """

    incident: str
    hypothesis: str
    text: str
    likelihood: Likelihood
    confidence: Confidence
    basis: str = ""
    date: str
    supersedes: str = ""
    gaps: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Row):
    """What another analyst thinks of an assessment.

    Attributes:
        incident: Id of the incident.
        assessment: Id of the assessment.
        stance: How far they agree.
        text: Why.
        hypothesis: Id of the hypothesis they hold instead, or "".
        date: Day of the opinion.
    """

    incident: str
    assessment: str
    stance: Stance
    text: str
    hypothesis: str = ""
    date: str


@dataclass(frozen=True, slots=True)
class Case:
    """An incident with all that was recorded about it; withdrawn rows are not in it.

    Attributes:
        incident: The incident.
        claims: In their order; lettered A, B, …
        evidence: In their order; numbered E1, E2, …
        hypotheses: In their order; numbered H1, H2, …
        assessments: The oldest first.
        opinions: The oldest first.
    """

    incident: Subject
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    @property
    def assessment(self) -> Assessment | None:
        """The one that stands: the newest that no other supersedes."""
        superseded = {one.supersedes for one in self.assessments}
        standing = [one for one in self.assessments if one.id not in superseded]
        return max(standing, key=lambda one: (one.date, one.created, one.id), default=None)

    def rows(self) -> Iterator[Row]:
        """Every row, the incident first."""
        yield self.incident
        for rows in (
            self.claims,
            self.evidence,
            self.hypotheses,
            self.assessments,
            self.opinions,
        ):
            yield from rows

    def labels(self) -> dict[str, str]:
        """Id of a claim, a piece of evidence or a hypothesis → its printed label."""
        return {
            **{claim.id: letter(place) for place, claim in enumerate(self.claims)},
            **{one.id: f"E{place}" for place, one in enumerate(self.evidence, start=1)},
            **{one.id: f"H{place}" for place, one in enumerate(self.hypotheses, start=1)},
        }

    def origins(self) -> dict[str, str]:
        """Origin as ``origin_key`` gives it → its printed label O1, O2, …, the evidence first."""
        stated = (*(one.origin for one in self.evidence), *(one.origin for one in self.claims))
        keys = dict.fromkeys(origin_key(origin) for origin in stated if origin)
        return {key: f"O{place}" for place, key in enumerate(keys, start=1)}

    @property
    def tlp(self) -> Tlp:
        """The highest level of its rows."""
        return highest(row.tlp for row in self.rows())


def letter(place: int) -> str:
    """A, B, … Z, AA, AB, … for places from 0."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def origin_key(origin: str) -> str:
    """What two spellings of one origin have in common: case and spaces do not count."""
    return " ".join(origin.split()).casefold()
