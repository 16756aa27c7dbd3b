"""The Admiralty code (NATO AJP-2.1): reliability and credibility, two scales never averaged."""

from __future__ import annotations

from dataclasses import dataclass

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


@dataclass(frozen=True, slots=True)
class Grade:
    """Both scales side by side, such as ``B2``.

    Attributes:
        reliability: A to F, of the source.
        credibility: 1 to 6, of the information; None where nobody has judged it.
    """

    reliability: str = "F"
    credibility: int | None = None

    def __post_init__(self) -> None:
        """Refuse letters and figures outside the two scales."""
        if self.reliability not in RELIABILITY:
            raise ValueError(f"Reliability is A to F, not “{self.reliability}”.")
        if self.credibility is not None and self.credibility not in CREDIBILITY:
            raise ValueError(f"Credibility is 1 to 6, not “{self.credibility}”.")

    @property
    def code(self) -> str:
        """As printed: ``B2``, or the letter and a dash where credibility was not judged."""
        return self.reliability + (str(self.credibility) if self.credibility else "\N{EN DASH}")

    @property
    def words(self) -> str:
        """Both scales in words, for a tooltip."""
        credibility = (
            CREDIBILITY[self.credibility] if self.credibility else "credibility not judged"
        )
        return f"Source {RELIABILITY[self.reliability]}; information {credibility}."
