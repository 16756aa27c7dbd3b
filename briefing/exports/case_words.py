"""Words and signs of the blocks for clients and incidents that every format prints alike."""

from __future__ import annotations

NO_REPORTS = "·"
"""What stands for nought in the matrix: nobody reports any, which is not "none"."""
ORIGIN_NOT_STATED = "origin not stated"
NOT_JUDGED = "\N{EN DASH}"
"""What stands in a cell of the matrix of hypotheses that nobody has judged."""
MARK_WORDS = {
    "CC": "strongly consistent",
    "C": "consistent",
    "N": "neutral",
    "I": "inconsistent",
    "II": "strongly inconsistent",
    "NA": "not applicable",
    NOT_JUDGED: "not judged",
}
"""The marks of the matrix in words (Heuer's ACH, in the letters of PARC's software)."""
