"""What a careful reader would object to in a case: fifteen rules, each with the rows it is about.

The rules are deterministic and need no judgement: the same rows give the same warnings. None of
them says that a judgement is wrong; each says where it can be attacked.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.analysis import warning_rules_judgement as judgement
from briefing.analysis import warning_rules_sources as sources
from briefing.analysis.warning_facts import Finds, Found, Known
from briefing.core.case import Case
from briefing.core.weighing import Warned, Weighing

__all__ = ["RULES", "Found", "Known", "Rule", "warnings"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        number: 1 to 15.
        title: A name for what it finds.
        when: When it warns.
        why: Why that matters, in plain words.
        finds: Finds it.
    """

    number: int
    title: str
    when: str
    why: str
    finds: Finds


RULES = (
    Rule(
        1,
        "Claim without evidence",
        "No evidence bears on a claim but what is a claim itself.",
        "A claim shows that somebody said something. Nothing recorded here shows that it is so.",
        sources.claim_without_evidence,
    ),
    Rule(
        2,
        "One origin only",
        "All evidence goes back to one origin.",
        "Many reports of one observation are still one observation. If its origin errs, all of "
        "them err.",
        sources.one_origin_only,
    ),
    Rule(
        3,
        "Circular reporting",
        "Rows of different publishers have the same origin, or documents that repeat one another.",
        "Publishers that repeat one another look like agreement, and are one voice.",
        sources.circular_reporting,
    ),
    Rule(
        4,
        "Several culprits named",
        "Claims name more than one culprit.",
        "Not all of them need be right. Attackers also claim what others did, and one group "
        "may go by many names.",
        sources.several_culprits,
    ),
    Rule(
        5,
        "Name of several actors",
        "A claim uses a name that several actors bear.",
        "What is known of one bearer of the name may be read into another. A name can also be "
        "borrowed on purpose.",
        sources.shared_name,
    ),
    Rule(
        6,
        "Assessment out of date",
        "Evidence or a claim was recorded, changed or dated after the assessment that stands.",
        "Whoever assessed this cannot have weighed what came later. A new assessment may say "
        "the same, and would say that it was weighed.",
        judgement.older_than_what_is_known,
    ),
    Rule(
        7,
        "Leader left over",
        "No evidence that agrees with a leader tells the hypotheses apart.",
        "It leads only because less was held against it. Evidence that agrees with every answer "
        "alike speaks for none of them.",
        judgement.leader_left_over,
    ),
    Rule(
        8,
        "Too few hypotheses",
        "Fewer than three hypotheses, or none of an unknown actor or a false flag.",
        "What is not among the answers cannot lead. An actor nobody knows and a false flag are "
        "the answers that are most easily forgotten.",
        judgement.too_few_hypotheses,
    ),
    Rule(
        9,
        "High confidence on little",
        "High confidence where all evidence that agrees is graded C or worse, or has one origin.",
        "Confidence says how far the basis can be trusted. One origin, or sources that are at "
        "best fairly reliable, cannot carry a high one.",
        judgement.high_confidence_on_little,
    ),
    Rule(
        10,
        "Confirmed by nobody",
        "Credibility 1 without evidence of another origin that bears on the same claim.",
        "Credibility 1 means that other sources confirm it. Then one of them should be recorded "
        "here, or the grade is too good.",
        sources.confirmed_by_nobody,
    ),
    Rule(
        11,
        "Two estimates in one sentence",
        "A sentence of the assessment or of an opinion holds a word for each.",
        "How likely a thing is and how far the basis can be trusted are two questions. In one "
        "sentence, a reader takes one answer for the other (ICD 203).",
        judgement.estimates_mixed,
    ),
    Rule(
        12,
        "Only TTP evidence",
        "All evidence that agrees with a leader is about techniques, tools and procedures.",
        "Techniques and tools are shared, sold, leaked and copied. Alone they tell how something "
        "was done, not who did it.",
        judgement.only_ttps_support,
    ),
    Rule(
        13,
        "Before or after disclosure",
        "A claim was made before or after the incident became public, on another day.",
        "A claim made before the incident was public points to knowledge from inside, unless it "
        "is about something older. One made afterwards may hold nothing that could not be read "
        "in the press.",
        sources.told_from_disclosure,
    ),
    Rule(
        14,
        "Overlap with itself",
        "Computed overlap cites what the incident, a claim or other evidence cites, or "
        "has their origin.",
        "If a group’s profile was written from reports of this incident, the incident resembles "
        "the group by construction.",
        sources.overlap_cites_the_incident,
    ),
    Rule(
        15,
        "Actor seen only later",
        "An actor that is named was first seen after the incident had ended.",
        "Either the actor was active before anybody noticed, or it was another. The date is the "
        "earliest that a source here states.",
        sources.actor_seen_later,
    ),
)
"""All rules, by their numbers."""


def warnings(case: Case, weighing: Weighing, known: Known) -> tuple[Warned, ...]:
    """What a careful reader would object to, in the order of the rules.

    Args:
        case: What was recorded.
        weighing: Its weighing, as ``analysis.ach.weigh`` gives it.
        known: What the catalogue knows of the actors and names in the case.
    """
    return tuple(
        Warned(rule.number, found.sentence, rule.why, found.rows)
        for rule in RULES
        if (found := rule.finds(case, weighing, known)) is not None
    )
