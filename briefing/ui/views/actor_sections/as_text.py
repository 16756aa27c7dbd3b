"""A profile as plain text for the clipboard: the same words, marks and sources as on screen."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.core.actor import Basis
from briefing.core.quoted import quoted_paragraphs
from briefing.core.wording import counted, listed
from briefing.ui.views.actor_sections.shown import NOT_STATED, Shown, date_words


def profile_text(shown: Shown) -> str:
    """Everything of the profile in lines; every statement ends in the numbers of its sources."""
    blocks = (
        _head(shown),
        _summary(shown),
        _names(shown),
        _origin(shown),
        _targets(shown),
        _work(shown),
        _events(shown),
        _own(shown),
        _sources(shown),
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, blocks) if lines) + "\n"


def _marks(shown: Shown, *bases: Basis) -> str:
    return "".join(f"[{number}]" for _, number in shown.marks(*bases))


def _head(shown: Shown) -> Iterator[str]:
    row = shown.profile.row
    known = (shown.profile.kind.label, f"ATT&CK {row.attack_id}" if row.attack_id else "")
    extra = ", ".join(part for part in known if part)
    yield f"{row.name} ({extra})" if extra else row.name


def _summary(shown: Shown) -> Iterator[str]:
    profile = shown.profile
    for said in profile.summary:
        yield f"{said.text} {_marks(shown, said.basis)}"
    if not profile.summary:
        for said in profile.descriptions:
            text = "\n".join(quoted_paragraphs(said.text))
            yield f"“{text}” {_marks(shown, said.basis)}"


def _names(shown: Shown) -> Iterator[str]:
    yield f"Names ({len(shown.profile.names)})"
    for name in shown.profile.names:
        coined = f", coined by {name.coined_by}" if name.coined_by else ""
        shared = f"; also listed for {listed(o.label for o in name.also)}" if name.also else ""
        software = "; names software too" if name.software else ""
        yield f"- {name.name}{coined}{shared}{software} {_marks(shown, name.basis)}"


def _origin(shown: Shown) -> Iterator[str]:
    profile = shown.profile
    yield "Origin"
    if not profile.origins:
        yield f"- {NOT_STATED}"
    for origin in profile.origins:
        who = origin.country.label if origin.country.code else "attributed to nobody"
        body = f" ({origin.body})" if origin.body else ""
        when = f", {date_words(origin.date)}" if origin.date else ""
        wording = f": {origin.wording}" if origin.wording else ""
        yield f"- {who}{body}, says {origin.by}{wording}{when} {_marks(shown, origin.basis)}"
    for said in profile.dissent:
        yield f"- {said.text} {_marks(shown, said.basis)}"


def _targets(shown: Shown) -> Iterator[str]:
    targets = shown.profile.targets
    groups = (
        ("Sectors", (*targets.sectors, *targets.scopes)),
        ("Countries", targets.countries),
        ("Bodies and regions", targets.places),
    )
    if any(rows for _, rows in groups):
        yield "Targets (number of sources that state each)"
    for title, rows in groups:
        if rows:
            listing = "; ".join(f"{row.label} {row.count}" for row in rows)
            yield f"- {title}: {listing} {_marks(shown, *(row.basis for row in rows))}"


def _work(shown: Shown) -> Iterator[str]:
    profile = shown.profile
    for stage in profile.stages:
        if not stage.techniques and not stage.sentences:
            continue
        yield f"Stage {stage.number}, {stage.name}: {counted(len(stage.techniques), 'technique')}"
        for said in stage.sentences:
            yield f"- {said.text} {_marks(shown, said.basis)}"
        for use in stage.techniques:
            groups = f"{use.groups} of {profile.groups_total} groups"
            yield f"- {use.attack_id} {use.name}, {groups} {_marks(shown, use.basis)}"
    for title, rows in (("Malware", profile.malware), ("Tools", profile.tools)):
        if rows:
            marks = _marks(shown, *(row.basis for row in rows))
            yield f"{title}: {', '.join(row.name for row in rows)} {marks}"


def _events(shown: Shown) -> Iterator[str]:
    if shown.profile.events:
        yield "What happened"
    for event in shown.profile.events:
        yield f"- {event.date}: {event.text} {_marks(shown, event.basis)}"


def _own(shown: Shown) -> Iterator[str]:
    profile = shown.profile
    for judgement in profile.judgements:
        yield f"Judgement: {judgement.text} {_marks(shown, judgement.basis)}"
        yield f"- Likelihood: {judgement.likelihood.term} ({judgement.likelihood.range})"
        yield f"- Confidence: {judgement.confidence.word}"
        yield f"- Because: {judgement.why}"
    for title, things in (
        ("What a small business would notice", profile.notice),
        ("What helps", profile.helps),
        ("What is not known", profile.unknown),
    ):
        for said in things:
            yield f"{title}: {said.text} {_marks(shown, said.basis)}"
    for action in profile.actions:
        yield f"To do: {action.do}, {action.why} {_marks(shown, action.basis)}"


def _sources(shown: Shown) -> Iterator[str]:
    yield "Sources"
    for entry in shown.profile.sources:
        parts = (entry.title, entry.publisher, date_words(entry.published), entry.url)
        words = ", ".join(part for part in parts if part)
        yield f"[{shown.numbers[entry.key]}] {entry.grade.code} {words}"
