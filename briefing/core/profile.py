"""What a hand-written actor profile or primer page says: every sentence with its sources.

Source keys are the keys of the page's own source list; nothing here knows a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from briefing.core.estimates import Confidence, Likelihood

PART_HEADINGS: tuple[tuple[str, str], ...] = (
    ("summary", "Summary"),
    ("reconnaissance", "Reconnaissance"),
    ("initial-access", "Initial access"),
    ("maintain-access", "Maintain access"),
    ("act-on-objective", "Act on the objective"),
    ("notice", "What a small business would notice"),
    ("helps", "What helps"),
    ("unknown", "What is not known"),
    ("dissent", "Dissent"),
)
"""Code and heading of the nine parts of a profile, in the order in which they are written."""

STAGES: tuple[str, ...] = (
    "reconnaissance",
    "initial-access",
    "maintain-access",
    "act-on-objective",
)
"""The four stages of an attack, in order; each is also the code of a part."""

ACTOR_KINDS: tuple[str, ...] = (
    "state",
    "state-linked",
    "criminal",
    "hacktivist",
    "private-sector-offensive",
    "unknown",
)
GOALS: tuple[str, ...] = ("exfiltration", "undermining", "financial", "influence")
RELATIONS: tuple[str, ...] = ("sponsored-by", "located-in")
SOURCE_KINDS: tuple[str, ...] = ("gov", "court", "vendor", "research", "catalogue", "press")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as written, full stop included, and the keys of the sources it rests on."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileSource:
    """One document a page rests on.

    Attributes:
        key: What the marks call it, unique on its page.
        title: Title of the document.
        publisher: Who published it.
        url: Where to read it; always https.
        published: ISO 8601 to the year, month or day; "" where not known.
        kind: One of SOURCE_KINDS.
        credibility: Admiralty grade of the information, 1 (confirmed) to 6 (cannot be judged).
        rests_on: Publisher this document repeats; "" where it speaks for itself.
    """

    key: str
    title: str
    publisher: str
    url: str
    published: str
    kind: str
    credibility: int
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class ProfileName:
    """One name; ``coined_by`` and ``first_seen`` are "" where no source states them."""

    name: str
    sources: tuple[str, ...]
    coined_by: str = ""
    first_seen: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody says the actor comes from.

    Attributes:
        by: Who says so.
        wording: How it was said, in our short words.
        country: ISO 3166-1 alpha-2; "" where nobody names one.
        relation: One of RELATIONS; "" only where country is.
        body: Service, unit or company; may be "".
        confidence: What that source states; NOT_STATED where it states none.
        date: ISO 8601; may be "".
        sources: Keys of the sources.
    """

    by: str
    wording: str
    sources: tuple[str, ...]
    country: str = ""
    relation: str = ""
    body: str = ""
    confidence: Confidence = Confidence.NOT_STATED
    date: str = ""


@dataclass(frozen=True, slots=True)
class GoalClaim:
    """One goal, a value of GOALS."""

    goal: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One target: exactly one of sector (code), country (ISO alpha-2) and place is set."""

    sources: tuple[str, ...]
    sector: str = ""
    country: str = ""
    place: str = ""
    first_seen: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One dated line, without a full stop. ``date`` is ISO 8601 to the year, month or day."""

    date: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Our judgement about the next twelve months; neither estimate stands in ``text``."""

    text: str
    likelihood: Likelihood
    confidence: Confidence
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecommendedAction:
    """One thing to do: imperative, reason, ATT&CK ids behind it (may be empty), stage it breaks."""

    do: str
    why: str
    mitigations: tuple[str, ...]
    techniques: tuple[str, ...]
    stage: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the nine parts; ``code`` is a code of PART_HEADINGS."""

    code: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as we describe it.

    Attributes:
        id: Slug, also the file's name.
        name: Display name.
        same_as: Catalogue records it is about: ``attack:G0047`` or ``misp:<uuid>``; may be empty.
        kind: One of ACTOR_KINDS.
        headline: A finding for a page title, at most 80 characters.
        how_headline: A finding for the page on how they work, at most 60 characters.
        active_since: ISO 8601; "" where no source states it.
        sources: In the order of the file; each is used at least once.
        parts: The nine parts in the order of PART_HEADINGS.
    """

    id: str
    name: str
    same_as: tuple[str, ...]
    kind: str
    kind_sources: tuple[str, ...]
    headline: str
    how_headline: str
    active_since: str
    active_since_sources: tuple[str, ...]
    sources: tuple[ProfileSource, ...]
    names: tuple[ProfileName, ...]
    origins: tuple[Origin, ...]
    goals: tuple[GoalClaim, ...]
    targets: tuple[Target, ...]
    timeline: tuple[TimelineEvent, ...]
    judgements: tuple[Judgement, ...]
    actions: tuple[RecommendedAction, ...]
    parts: tuple[Part, ...]

    def part(self, code: str) -> tuple[Sentence, ...]:
        """The sentences of the part with this code; empty for a code that is none."""
        return next((part.sentences for part in self.parts if part.code == code), ())


@dataclass(frozen=True, slots=True)
class PrimerBlock:
    """A paragraph, or one item of a list (``item``)."""

    sentences: tuple[Sentence, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class PrimerSection:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[PrimerBlock, ...]


@dataclass(frozen=True, slots=True)
class PrimerPage:
    """One page of the primer; ``lead`` is what stands above the first heading."""

    number: int
    slug: str
    title: str
    lead: tuple[Sentence, ...]
    sections: tuple[PrimerSection, ...]
    sources: tuple[ProfileSource, ...]


WORDS_MAX = 35
"""A longer sentence is not read by somebody with five minutes."""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MARKED = re.compile(r"(.+?[.!?][”\u2019)]?)((?:\[[a-z0-9-]+\])+)(?=\s|$)", re.DOTALL)
_NEXT_SENTENCE = re.compile(r"[.!?][”\u2019)]?\s+(?=[“\u2018(]?[A-Z0-9])")
_ESTIMATE = re.compile(
    r"\b(confiden\w*|likely|unlikely|roughly even|almost certain(ly)?|almost no chance)\b",
    re.IGNORECASE,
)


def parse_marked(text: str) -> tuple[Sentence, ...]:
    """Split prose in which every sentence ends with its source marks, as in ``It is so.[a][b]``.

    Raises:
        ValueError: for a sentence without a mark, a mark elsewhere, or more than WORDS_MAX words.
    """
    sentences: list[Sentence] = []
    rest = " ".join(text.split())
    while rest:
        matched = _MARKED.match(rest)
        words = matched[1] if matched else rest
        inner = _NEXT_SENTENCE.search(words)
        if matched is None or inner is not None:
            bare = words[: inner.start() + 1] if inner else words
            raise ValueError(
                f"“{bare}” ends without a source; put [key] right after its full stop."
            )
        if "[" in words or "]" in words:
            raise ValueError(f"“{words}” holds a mark inside it; move it behind the full stop.")
        if len(words.split()) > WORDS_MAX:
            count = len(words.split())
            raise ValueError(
                f"“{words}” has {count} words; at most {WORDS_MAX} are read, so cut it."
            )
        sentences.append(Sentence(words, tuple(re.findall(r"[a-z0-9-]+", matched[2]))))
        rest = rest[matched.end() :].lstrip()
    return tuple(sentences)


def parse_partial_date(text: str) -> str:
    """The date itself, if it is ISO 8601 to the year, the month or the day; "" stays "".

    Raises:
        ValueError: for anything else.
    """
    wrong = f"“{text}” is no ISO 8601 date; write it as 2021, 2021-11 or 2021-11-08."
    if text and not _DATE.fullmatch(text):
        raise ValueError(wrong)
    try:
        date.fromisoformat((text + "-01-01")[:10] if text else "2000-01-01")
    except ValueError as error:
        raise ValueError(wrong) from error
    return text


def parse_country(text: str) -> str:
    """The code itself, if it has the form of ISO 3166-1 alpha-2; "" stays "".

    Raises:
        ValueError: for anything else.
    """
    if text and not re.fullmatch("[A-Z]{2}", text):
        raise ValueError(f"“{text}” is no ISO 3166-1 code; write two capital letters, such as UA.")
    return text


def parse_judgement_text(text: str) -> str:
    """The text itself, if it carries no estimate: likelihood and confidence have their own lines.

    Raises:
        ValueError: where a word of estimate stands in it.
    """
    found = _ESTIMATE.search(text)
    if found:
        raise ValueError(f"“{found[0]}” is a word of estimate; it belongs in its own field.")
    return text


def split_sections(body: str) -> list[tuple[str, str]]:
    """Heading (``## Heading``) and text; the first pair has no heading and holds what is above.

    Raises:
        ValueError: for a heading of another level.
    """
    opening, *rest = re.split(r"^## +(.+?) *$", body, flags=re.MULTILINE)
    for text in (opening, *rest[1::2]):
        stray = re.search(r"^ *#.*$", text, flags=re.MULTILINE)
        if stray:
            raise ValueError(f"“{stray[0]}” is no heading here; write ## and the heading.")
    return [("", opening), *zip(rest[::2], rest[1::2], strict=True)]


def arrange_parts(sections: list[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Code, heading and text of the nine parts, from what split_sections gave.

    Raises:
        ValueError: where a part is missing, unknown, doubled or out of order.
    """
    wanted, found = [title for _, title in PART_HEADINGS], [heading for heading, _ in sections[1:]]
    order = f"the headings are, in this order: {', '.join(wanted)}."
    if sections[0][1].strip():
        raise ValueError(f"text stands above the first heading; {order}")
    for title in wanted:
        if title not in found:
            raise ValueError(f"the part “{title}” is missing; {order}")
    for heading, title in zip(found, [*wanted, *found], strict=False):
        if heading != title:
            raise ValueError(f"“{heading}” is unknown, doubled or out of order; {order}")
    return tuple(
        (code, title, text)
        for (code, title), (_, text) in zip(PART_HEADINGS, sections[1:], strict=True)
    )
