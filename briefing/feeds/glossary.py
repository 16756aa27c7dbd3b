"""The glossary (``data/glossary.toml``), and its terms as statements of our own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    stable_id,
)
from briefing.core.glossary import Term, TermGroup
from briefing.core.profile import ProfileSource
from briefing.core.wording import counted
from briefing.feeds.own_table import Table, read_table, refuse_unused, sources_of
from briefing.feeds.profile_changes import document_of

KIND = "glossary-term"
"""Kind of record of a term."""

_SLUG = re.compile(r"[a-z]+(-[a-z]+)*")


def parse_glossary(payload: bytes, name: str) -> tuple[TermGroup, ...]:
    """Read the glossary, in the order in which it is written.

    Args:
        payload: The file's bytes: ``[sources.<key>]`` tables, and ``[group.<key>]`` tables with
            a title each and ``[[group.<key>.term]]`` tables.
        name: Its name, for errors.

    Raises:
        OwnTextError: for the first rule that the file breaks.
    """
    head = read_table(payload, name)
    sources = sources_of(head)
    groups = tuple(
        _group(Table(name, f"[group.{key}] ", table), key, sources)
        for key, table in head.tables("group").items()
    )
    head.done()
    terms = [term for group in groups for term in group.terms]
    names = [one.casefold() for term in terms for one in (term.term, *term.also)]
    for one in names:
        if names.count(one) > 1:
            raise head.error(f"“{one}”", "it is there twice.", "Make one term of the two.")
    refuse_unused(head, sources, {source.key for term in terms for source in term.sources})
    return groups


def glossary_changes(groups: Iterable[TermGroup], source: SourceInfo) -> ChangeSet:
    """All terms as one full change-set of our own source, each a record with one statement."""
    listed = tuple(groups)
    terms = [(group, term) for group in listed for term in group.terms]
    documents = {d.id: d for _, term in terms for d in map(document_of, term.sources)}
    records = tuple(_record(group, term, place) for place, (group, term) in enumerate(terms))
    return ChangeSet(
        source=source,
        version=counted(len(records), "glossary term"),
        sha256=hashlib.sha256(b"".join(record.content for record in records)).hexdigest(),
        full=True,
        records=records,
        documents=tuple(documents.values()),
    )


def _record(group: TermGroup, term: Term, place: int) -> RecordDraft:
    native = stable_id(KIND, term.term)
    # The place belongs to the content: what only moved has to be written anew as well.
    content = {**asdict(term), "group": group.key, "title": group.title, "place": place}
    statement = StatementDraft(
        native,
        Predicate.DESCRIBED_AS,
        object=group.key,
        value=term.meaning,
        documents=tuple(dict.fromkeys(document_of(source).id for source in term.sources)),
    )
    return RecordDraft.of(native, KIND, content, (statement,))


def _group(table: Table, key: str, sources: dict[str, ProfileSource]) -> TermGroup:
    if not _SLUG.fullmatch(key):
        raise table.error("key", f"“{key}” is no slug.", "Use a to z and hyphens.")
    group = TermGroup(
        key,
        table.text("title"),
        tuple(
            _term(Table(table.file, f"{table.place}term {place} ", found), sources)
            for place, found in table.tables("term").items()
        ),
    )
    table.done()
    return group


def _term(table: Table, sources: dict[str, ProfileSource]) -> Term:
    known = ", ".join(sources)
    keys = table.many("sources", sources.__contains__, f"Name one or more of: {known}.")
    term = Term(
        term=table.text("term"),
        meaning=table.text("meaning"),
        also=table.many("also", str.strip, "Write words in quotes.", least=0),
        sources=tuple(sources[key] for key in keys),
    )
    table.done()
    if not term.meaning.endswith("."):
        raise table.error("meaning", "it is no sentence.", "End it with a full stop.")
    return term
