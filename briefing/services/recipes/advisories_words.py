"""Titles and sentences of a digest of advisories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from briefing.core.actor import Basis, Coded
from briefing.core.advisory import IN_OUR_WORDS, Advisory, Deadline, deadline
from briefing.core.dates import long_date, short_date
from briefing.core.wording import (
    UNKNOWN,
    counted,
    curly,
    first_of,
    in_words,
    inside,
    listed,
    sentence_case,
    worded,
)
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.advisories_reading import MOST, DigestReading, DigestRow, Exploited
from briefing.services.recipes.short_texts import cut, shortened, stopped

Sentence = tuple[str, Basis]

_NOTHING: Final = Basis((), ())
_NAMED: Final = 3
_FIX: Final = "vendor_fix"
_KINDS: Final = (_FIX, "mitigation", "workaround", "", IN_OUR_WORDS)
"""Advice is taken in this order; what a source calls general says nothing of this flaw."""
_ADVICE: Final = 300


def period(reading: DigestReading) -> str:
    """The period in words: ``1 August to 31 August 2025``."""
    since, until = long_date(reading.since), long_date(reading.until)
    if since == until:
        return since
    year = f" {reading.until[:4]}"
    return f"{since.removesuffix(year)} to {until}"


def choice(reading: DigestReading) -> str:
    """What the digest is narrowed to, in words; "" where it is not."""
    chosen, labels = reading.chosen, reading.labels
    parts = []
    if chosen.technology:
        words = [reading.words.get(code, code) for code in chosen.technology]
        parts.append(f"on {listed(words, last='or')}")
    if chosen.sectors:
        words = [inside(labels.label("sector", code)) for code in chosen.sectors]
        parts.append(f"concerning {listed(words, last='or')}")
    if chosen.countries:
        words = [named(Coded(code, labels.target(code))) for code in chosen.countries]
        parts.append(
            f"in {listed(words, last='or')}"
            if chosen.sectors
            else f"concerning {listed(words, last='or')}"
        )
    return ", ".join(parts)


def headline(reading: DigestReading) -> str:
    """The title of the executive page: how many there are, and what is most urgent in them."""
    if not reading.held and not reading.exploited:
        return "No advisory is on record here, so there is nothing to digest"
    total = sentence_case(worded(reading.total, "advisory"))
    if not reading.exploited:
        end = (
            ", none on a flaw that CISA lists as exploited"
            if reading.total and reading.lists
            else f" from {period(reading)}"
        )
        return curly(f"{total}{end}")
    if due := reading.due:
        flaws = worded(len(due), "exploited flaw")
        verb = "is" if len(due) == 1 else "are"
        return curly(f"{total}; {flaws} {verb} due, the next on {short_date(due[0].row.due)}")
    flaws = worded(len(reading.exploited), "exploited flaw")
    verb = "has" if len(reading.exploited) == 1 else "have"
    return curly(f"{total}; {flaws} {verb} passed CISA’s due date")


def subtitle(reading: DigestReading) -> str:
    """The line under it."""
    parts = ("Digest of advisories", "one-page version", period(reading), choice(reading))
    return curly(" · ".join(part for part in parts if part))


def listed_headline(reading: DigestReading) -> str:
    """The title of the part with every advisory."""
    issuers = len(reading.issuers)
    if not reading.rows:
        return "Nothing was issued that this digest could list"
    total = sentence_case(worded(reading.total, "advisory"))
    return f"{total} from {worded(issuers, 'issuer')}"


def listed_subtitle(reading: DigestReading) -> str:
    """The line under it."""
    shown = f" · the {MOST} most urgent are listed" if reading.total > len(reading.rows) else ""
    return curly(f"Every advisory of {period(reading)}, by issuer and date{shown}")


def urgent_headline(reading: DigestReading) -> str:
    """The title of the part on what is exploited and who is named."""
    flaws = len(reading.exploited)
    actors = len(reading.actors)
    named_ = f"{worded(actors, 'actor')} {'is' if actors == 1 else 'are'} named"
    if not flaws:
        return sentence_case(named_)
    listed_ = f"{worded(flaws, 'flaw')} {'is' if flaws == 1 else 'are'} listed as exploited"
    return sentence_case(f"{listed_}, {named_}" if actors else listed_)


def urgent_subtitle(reading: DigestReading) -> str:
    """The line under it."""
    return curly(
        f"What is exploited and until when it is due, and who is named · {period(reading)}"
    )


def in_short(reading: DigestReading) -> list[Sentence]:
    """What the period brought, in sentences with what each rests on."""
    return [one for one in _in_short(reading) if one[0]]


def _in_short(reading: DigestReading) -> Iterator[Sentence]:
    where = f" {choice(reading)}" if choice(reading) else ""
    if not reading.held:
        words = (
            "No advisory is on record here. That says nothing of the period: import advisories, or"
            " CISA’s list of exploited vulnerabilities, and make the digest again."
        )
        yield words, _NOTHING
    elif not reading.rows:
        newest = f" The newest here is of {long_date(reading.newest)}." if reading.newest else ""
        held = f"None of the {counted(reading.held, 'advisory')} on record here"
        yield f"{held} was published or changed in this period{where}.{newest}", _NOTHING
    else:
        issuers = [issuer or "an issuer not named" for issuer, _ in reading.issuers]
        new, changed = len(reading.new), len(reading.changed)
        said = f"{counted(new, 'advisory')} published" if new else "nothing published"
        more = f", {counted(changed, 'earlier one')} changed" if changed else ""
        yield (
            f"{sentence_case(said)}{more}{where}, by {first_of(issuers, _NAMED)}.",
            reading.basis(reading.rows),
        )
    named_ = [one for one in reading.exploited if one.named_by]
    unnamed = len(reading.exploited) - len(named_)
    if named_:
        yield (
            f"They name {worded(len(named_), 'flaw')} that CISA lists as exploited.",
            reading.basis(named_),
        )
    if unnamed:
        rest = [one for one in reading.exploited if not one.named_by]
        other = "other " if named_ else ""
        flaws = f"{in_words(unnamed)} {other}{'flaw' if unnamed == 1 else 'flaws'}"
        yield f"CISA listed {flaws} as exploited in this period.", reading.basis(rest)
    ransom = [one for one in reading.exploited if one.row.ransomware]
    if ransom:
        verb = "is" if len(ransom) == 1 else "are"
        words = f"{in_words(len(ransom))} of these {verb} known to be used by ransomware."
        yield sentence_case(words), reading.basis(ransom)
    if actors := reading.actors:
        names = first_of([link.name for link, _ in actors], _NAMED)
        rows = {row.row.id: row for _, found in actors for row in found}
        yield (
            f"Named are {names}." if len(actors) > 1 else f"{names} is named.",
            reading.basis(rows.values()),
        )


def left_open(reading: DigestReading) -> list[Sentence]:
    """What the list cannot tell, what matters most first."""
    return [one for one in _left_open(reading) if one[0]]


def _left_open(reading: DigestReading) -> Iterator[Sentence]:
    for what, number in reading.silent.items():
        of = f"{in_words(number)} of the {counted(reading.in_period, 'advisory')} of the period"
        ends = ("states", "is") if number == 1 else ("state", "are")
        words = f"{of} {ends[0]} no {what} by name and {ends[1]} not in here."
        yield sentence_case(words), _NOTHING
    if not reading.held:
        return
    if not reading.lists:
        words = (
            "CISA’s list of exploited flaws is not on record here, so none is shown as exploited"
            " and no due date is known."
        )
        yield words, _NOTHING
    if reading.chosen.sectors or reading.chosen.countries:
        words = (
            "CISA’s list of exploited flaws states neither sector nor country, so here it has what"
            " these advisories name and no more."
        )
        yield words, _NOTHING
    without = [one for one in reading.rows if not one.row.cves]
    if without and reading.lists:
        name = "names" if len(without) == 1 else "name"
        words = (
            f"{in_words(len(without))} of these {name} no vulnerability by its number, so no due"
            " date can be looked up."
        )
        yield sentence_case(words), reading.basis(without)
    if reading.newest and reading.newest < reading.until[: len(reading.newest)]:
        words = (
            f"Nothing here is newer than {long_date(reading.newest)}; what came later was not"
            " imported."
        )
        yield words, _NOTHING
    yield "That a product is in use in a sector says nothing of attacks there.", _NOTHING


def due_words(due: str, today: date) -> str:
    """CISA's due date as printed: ``16 Jul 2025, passed``."""
    if not due:
        return UNKNOWN
    passed = deadline(due, today) is Deadline.OVERDUE
    return f"{short_date(due)}, passed" if passed else short_date(due)


def title_of(one: DigestRow) -> str:
    """Title and number of an advisory."""
    row = one.row
    return (
        f"{row.title} ({row.number})" if row.number and row.number not in row.title else row.title
    )


def why_first(reading: DigestReading, one: DigestRow) -> str:
    """Why an advisory stands where it stands, in a few words."""
    named_ = one.advisory.vulnerabilities
    exploited = [row for row in named_ if row.listed]
    parts = []
    if exploited:
        parts.append(
            f"exploited, due {due_words(one.row.due, reading.today)}"
            if one.row.due
            else "exploited"
        )
    if any(row.ransomware for row in named_):
        parts.append("used by ransomware")
    if actors := one.advisory.linked("actor"):
        parts.append(f"names {first_of([link.name for link in actors], 2)}")
    score = highest_score(one.advisory)
    if score is not None:
        parts.append(f"CVSS {score:.1f}")
    return sentence_case("; ".join(parts)) or UNKNOWN


def highest_score(advisory: Advisory) -> float | None:
    """The highest base score that it gives."""
    scores = [row.cvss for row in advisory.vulnerabilities if row.cvss is not None]
    return max(scores, default=None)


def advice_of(one: DigestRow, most: int = _ADVICE) -> str:
    """What the source advises first: an update, else what else helps; or "".

    In quotation marks where the words are its own, and without where they are ours.
    """
    for kind in _KINDS:
        for row in one.advisory.advice:
            # A line that ends in a colon leads to a list.
            if row.kind == kind and not row.text.rstrip().endswith(":"):
                words = shortened(row.text, most, most)
                return stopped(words) if kind == IN_OUR_WORDS else quoted(words)
    return ""


def own_advice(one: DigestRow, most: int) -> str:
    """What its issuer advises first, where that is told in our words alone; else ""."""
    rows = one.advisory.advice
    if not rows or any(row.kind != IN_OUR_WORDS for row in rows):
        return ""
    return shortened(rows[0].text, most, most)


def advised(one: DigestRow, most: int) -> str:
    """Who issued it, and what it advises first or else what it says first."""
    issuer = cut(one.row.issuer, 50) or "The issuer"
    if words := advice_of(one, most):
        return f"{issuer}: {words}"
    summary = next((text for text in one.advisory.summary if text.strip()), "")
    if not summary:
        return f"{issuer} sets no advice apart: it is no more than a title here."
    short = shortened(summary, most, most)
    said = stopped(short) if one.advisory.in_our_words else quoted(short)
    return f"{issuer} sets no advice apart: {said}"


def next_due(rows: Sequence[Exploited], today: date) -> str:
    """The nearest date that has not passed, and how many have; else the last that passed."""
    dates = sorted(one.row.due for one in rows if one.row.due)
    coming = [due for due in dates if deadline(due, today) is Deadline.DUE]
    if not coming:
        return due_words(dates[-1], today) if dates else UNKNOWN
    passed = len(dates) - len(coming)
    return f"{short_date(coming[0])}{f'; {passed} passed' if passed else ''}"


def product(one: Exploited) -> str:
    """What a vulnerability affects, as the catalogue writes it."""
    row = one.row
    words = row.product if row.product.startswith(row.vendor) else f"{row.vendor} {row.product}"
    return words.strip() or row.name or row.id


def products_of(reading: DigestReading, one: DigestRow) -> str:
    """What an advisory affects, in a few words."""
    words = [reading.words.get(code, code) for code in one.row.products]
    return cut(first_of(words, 2), 90) if words else cut(one.row.title, 90)


def codes(cves: Sequence[str], most: int = 2) -> str:
    """CVE ids, the first ones where they are many."""
    return first_of(cves, most)


def quoted(words: str) -> str:
    """A source's words in quotation marks."""
    return f"“{stopped(words)}”"


def grouped(rows: Iterable[Exploited]) -> dict[str, list[Exploited]]:
    """By what they affect, in their order."""
    found: dict[str, list[Exploited]] = {}
    for one in rows:
        found.setdefault(product(one), []).append(one)
    return found
