"""Hand-written profiles as statements: every sentence becomes one, with the documents it cites."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    stable_id,
)
from briefing.core.profile import Origin, PrimerPage, Profile, Target
from briefing.core.vocabulary import Vocabulary
from briefing.core.wording import counted
from briefing.feeds.own_changes import document_of, whole_source


def profile_id(slug: str) -> str:
    """Native id of the profile with this slug."""
    return stable_id("threat-actor", "profile", slug)


def profile_changes(
    profiles: Iterable[Profile], source: SourceInfo, vocabulary: Vocabulary
) -> ChangeSet:
    """All profiles as one full change-set of our own source."""
    writers = [_Writer(profile, vocabulary) for profile in sorted(profiles, key=lambda one: one.id)]
    return whole_source(
        source,
        counted(len(writers), "profile"),
        (writer.record() for writer in writers),
        (document for writer in writers for document in writer.documents.values()),
    )


class _Writer:
    """Turns one profile into statements, mapping source keys to documents."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary) -> None:
        self._profile = profile
        self._vocabulary = vocabulary
        self._subject = profile_id(profile.id)
        self.documents = {source.key: document_of(source) for source in profile.sources}

    def record(self) -> RecordDraft:
        """The whole profile, and what it states."""
        content = plain_values(self._profile)
        return RecordDraft.of(self._subject, "threat-actor", content, self._statements())

    def _statements(self) -> Iterator[StatementDraft]:
        """Names, kind, dates, origins, goals, targets, prose, timeline, judgements, advice."""
        profile = self._profile
        for name in profile.names:
            coined = {"coined_by": name.coined_by} if name.coined_by else {}
            yield self._state(
                Predicate.NAMED,
                name.sources,
                value=name.name,
                detail=coined,
                first_seen=name.first_seen,
            )
        yield self._state(Predicate.OF_KIND, profile.kind_sources, object=profile.kind)
        if profile.active_since:
            yield self._state(
                Predicate.ACTIVE_SINCE,
                profile.active_since_sources,
                value=profile.active_since,
                first_seen=profile.active_since,
            )
        for origin in profile.origins:
            yield self._origin(origin)
        for goal in profile.goals:
            yield self._state(Predicate.HAS_GOAL, goal.sources, object=goal.goal)
        for target in profile.targets:
            yield self._target(target)
        yield from self._prose()
        yield from self._advice()

    def _prose(self) -> Iterator[StatementDraft]:
        for part in self._profile.parts:
            for place, sentence in enumerate(part.sentences):
                yield self._state(
                    Predicate.DESCRIBED_AS,
                    sentence.sources,
                    object=part.code,
                    value=sentence.text,
                    detail={"place": place},
                )

    def _advice(self) -> Iterator[StatementDraft]:
        profile = self._profile
        for event in profile.timeline:
            yield self._state(
                Predicate.HAPPENED, event.sources, value=event.text, first_seen=event.date
            )
        for place, judgement in enumerate(profile.judgements):
            yield self._state(
                Predicate.JUDGED,
                judgement.sources,
                object=judgement.likelihood.term,
                value=judgement.text,
                confidence=judgement.confidence.word,
                detail={"basis": judgement.basis, "place": place},
            )
        for place, action in enumerate(profile.actions):
            yield self._state(
                Predicate.ADVISED,
                action.sources,
                object=action.stage,
                value=action.do,
                detail={
                    "why": action.why,
                    "mitigations": list(action.mitigations),
                    "techniques": list(action.techniques),
                    "place": place,
                },
            )

    def _origin(self, origin: Origin) -> StatementDraft:
        detail = {
            "by": origin.by,
            "wording": origin.wording,
            "body": origin.body,
            "date": origin.date,
        }
        relation = origin.relation or Predicate.LOCATED_IN.value
        return self._state(
            Predicate(relation),
            origin.sources,
            object=origin.country,
            value=origin.country or "not attributed",
            detail={key: words for key, words in detail.items() if words},
            confidence=origin.confidence.word if origin.confidence.steps else "",
        )

    def _target(self, target: Target) -> StatementDraft:
        if target.sector:
            return self._state(
                Predicate.TARGETS_SECTOR,
                target.sources,
                object=target.sector,
                value=target.sector,
                first_seen=target.first_seen,
            )
        raw = target.country or target.place
        found = self._vocabulary.target_of(raw)
        return self._state(
            Predicate.TARGETS_COUNTRY,
            target.sources,
            object=found.code if found else "",
            value=raw,
            first_seen=target.first_seen,
        )

    def _state(self, predicate: Predicate, sources: Iterable[str], **fields: Any) -> StatementDraft:
        documents = tuple(dict.fromkeys(self.documents[key].id for key in sources))
        return StatementDraft(self._subject, predicate, documents=documents, **fields)


def plain_values(page: Profile | PrimerPage) -> dict[str, Any]:
    """A profile or primer page as plain JSON values, for its record."""

    def value(item: Any) -> Any:
        if dataclasses.is_dataclass(item) and not isinstance(item, type):
            return {f.name: value(getattr(item, f.name)) for f in dataclasses.fields(item)}
        if isinstance(item, tuple):
            return [value(entry) for entry in item]
        return getattr(item, "term", None) or getattr(item, "word", None) or item

    content = value(page)
    assert isinstance(content, dict)  # noqa: S101 - a dataclass becomes a dict
    return content
