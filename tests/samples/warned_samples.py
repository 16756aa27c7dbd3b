"""What a rule says of a case, by its number."""

from __future__ import annotations

from briefing.analysis.ach import weigh
from briefing.analysis.case_warnings import Known, warnings
from briefing.core.case import Case
from briefing.core.weighing import Warned


def warned(rule: int, one: Case, known: Known | None = None) -> Warned | None:
    """The warning of a rule, or None where the rule is silent."""
    found = warnings(one, weigh(one), known or Known())
    return next((warning for warning in found if warning.rule == rule), None)


def sentence(rule: int, one: Case, known: Known | None = None) -> str:
    """Its sentence; "" where the rule is silent."""
    warning = warned(rule, one, known)
    return warning.sentence if warning else ""
