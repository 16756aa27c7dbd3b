"""The glossary (``data/glossary.toml``), and its terms as statements of our own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import partial

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
from briefing.feeds.own_changes import document_of, documents_of, whole_source
from briefing.feeds.own_documents import Documents, sources_of
from briefing.feeds.own_table import Table, read_table

KIND = "glossary-term"
"""Kind of record of a term."""


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
    groups = tuple(_group(sources, key, table) for key, table in head.keyed("group").items())
    head.done()
    terms = [term for group in groups for term in group.terms]
    names = [one.casefold() for term in terms for one in (term.term, *term.also)]
    for one in names:
        if names.count(one) > 1:
            raise head.error(f"“{one}”", "it is there twice.", "Make one term of the two.")
    sources.refuse_unused()
    return groups


def glossary_changes(groups: Iterable[TermGroup], source: SourceInfo) -> ChangeSet:
    """All terms as one full change-set of our own source, each a record with one statement."""
    terms = [(group, term) for group in groups for term in group.terms]
    return whole_source(
        source,
        counted(len(terms), "glossary term"),
        (_record(group, term, place) for place, (group, term) in enumerate(terms)),
        (document_of(one) for _, term in terms for one in term.sources),
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
        documents=documents_of(term.sources),
    )
    return RecordDraft.of(native, KIND, content, (statement,))


def _group(sources: Documents[ProfileSource], key: str, table: Table) -> TermGroup:
    table.check_slug("key", key)
    terms = table.each("term", partial(_term, sources), 1)
    group = TermGroup(key, table.text("title"), terms)
    table.done()
    return group


def _term(sources: Documents[ProfileSource], table: Table) -> Term:
    term = Term(
        term=table.text("term"),
        meaning=table.text("meaning"),
        also=table.listed("also"),
        sources=tuple(sources.by_key[key] for key in sources.cite(table)),
    )
    if not term.meaning.endswith("."):
        raise table.error("meaning", "it is no sentence.", "End it with a full stop.")
    return term
