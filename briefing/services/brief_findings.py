"""Wordings of a briefing to look at before it leaves the house: grouped, in words and as JSON.

Advice, never a reason not to write the file: what cannot be printed is refused elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from briefing.analysis.estimative_language import (
    LanguageFinding,
    LanguageRule,
    check_language,
)
from briefing.core.brief import Brief
from briefing.core.wording import counted

TITLES: Final = {
    LanguageRule.OUTSIDE: "Outside the seven terms",
    LanguageRule.MIXED: "Likelihood with confidence",
    LanguageRule.FLAT: "Stated as a fact",
    LanguageRule.DIFFERS: "Not the record’s likelihood",
    LanguageRule.ONE_ORIGIN: "One origin",
}
"""What each rule is about, as a heading."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The same advice on the same words, wherever they stand.

    Attributes:
        findings: One for each place, in print order.
    """

    findings: tuple[LanguageFinding, ...]

    @property
    def first(self) -> LanguageFinding:
        """The finding in the first place; the others say the same."""
        return self.findings[0]

    @property
    def places(self) -> str:
        """``Part 1, “Origin”, block 3, and 2 more places``."""
        words, rest = self.first.place.words, len(self.findings) - 1
        return f"{words}, and {counted(rest, 'more place')}" if rest else words


@dataclass(frozen=True, slots=True)
class BriefFindings:
    """What was found.

    Attributes:
        wordings: What to look at, rule by rule, and within a rule in print order.
    """

    wordings: tuple[Wording, ...]

    @property
    def summary(self) -> str:
        """``3 wordings to look at``; "" where there are none."""
        return f"{counted(len(self.wordings), 'wording')} to look at" if self.wordings else ""

    @property
    def groups(self) -> Iterator[tuple[str, tuple[Wording, ...]]]:
        """Each rule that has spoken, as a heading, and its wordings."""
        for rule, wordings in groupby(self.wordings, lambda wording: wording.first.rule):
            yield TITLES[rule], tuple(wordings)

    def as_json(self) -> list[dict[str, Any]]:
        """One object for each place.

        ``{rule, part, section, block, item, offset, words, text, proposal}``: part 0 is the title
        of the briefing, section "" the head of a part, and block 0 what stands beside the blocks;
        ``offset`` counts characters of the text that is number ``item`` there, without its source
        marks.
        """
        return [
            {
                "rule": finding.rule.value,
                "part": finding.place.part,
                "section": finding.place.section,
                "block": finding.place.block,
                "item": finding.place.item,
                "offset": finding.at,
                "words": finding.words,
                "text": finding.text,
                "proposal": finding.proposal,
            }
            for wording in self.wordings
            for finding in wording.findings
        ]


def brief_findings(brief: Brief) -> BriefFindings:
    """Look at the wording of a briefing, its notes among it."""
    same: dict[tuple[LanguageRule, str, str], list[LanguageFinding]] = {}
    for finding in check_language(brief):
        told = f"{finding.text} {finding.proposal}".casefold()
        key = (finding.rule, finding.words.casefold(), told)
        same.setdefault(key, []).append(finding)
    rank = {rule: number for number, rule in enumerate(TITLES)}
    wordings = [Wording(tuple(findings)) for findings in same.values()]
    wordings.sort(key=lambda wording: rank[wording.first.rule])
    return BriefFindings(tuple(wordings))
