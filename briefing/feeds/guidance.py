"""Protective actions of ``data/guidance`` (TOML), and what they say as statements of our own.

The form is strict for the same reason as that of a profile: advice without a source must not reach
a reader, so a file that breaks a rule is refused with its name, the place and what to write.
"""

from __future__ import annotations

import re
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
from briefing.core.guidance import COSTS, DO_MAX, HELPS, WrittenAction
from briefing.core.profile import STAGES, ProfileSource
from briefing.core.wording import counted
from briefing.feeds.own_changes import document_of, documents_of, whole_source
from briefing.feeds.own_documents import Documents, sources_of
from briefing.feeds.own_table import MITIGATION, TECHNIQUE, Table, read_table

KIND = "action"
"""Kind of record of a protective action."""

_SENTENCE_END = re.compile(r"[.!?](\s|$)")


def parse_actions(payload: bytes, name: str) -> tuple[WrittenAction, ...]:
    """Read one file of actions, in the order in which they are written.

    Args:
        payload: The file's bytes: ``[sources.<key>]`` tables and ``[[action]]`` tables.
        name: Its name, for errors.

    Raises:
        OwnTextError: for the first rule that the file breaks.
    """
    head = read_table(payload, name)
    sources = sources_of(head)
    actions = head.each("action", partial(_action, sources), 1)
    head.done()
    ids = [action.id for action in actions]
    for place, slug in enumerate(ids, start=1):
        if slug in ids[: place - 1]:
            remedy = "Give each action an id of its own."
            raise head.error(f"[[action]] {place}, id", f"“{slug}” is taken.", remedy)
    sources.refuse_unused()
    return actions


def action_id(slug: str) -> str:
    """Native id of the action with this slug."""
    return stable_id(KIND, slug)


def action_changes(actions: Iterable[WrittenAction], source: SourceInfo) -> ChangeSet:
    """All actions as one full change-set of our own source, each a record with one statement."""
    listed = tuple(actions)
    return whole_source(
        source,
        counted(len(listed), "protective action"),
        (_record(action, place) for place, action in enumerate(listed)),
        (document_of(one) for action in listed for one in action.sources),
    )


def _record(action: WrittenAction, place: int) -> RecordDraft:
    native = action_id(action.id)
    # The place belongs to the content: what only moved has to be written anew as well.
    content = {**asdict(action), "place": place}
    told = {key: value for key, value in content.items() if key not in ("id", "do", "sources")}
    statement = StatementDraft(
        native,
        Predicate.ADVISED,
        value=action.do,
        detail=told,
        documents=documents_of(action.sources),
    )
    return RecordDraft.of(native, KIND, content, (statement,))


def _action(sources: Documents[ProfileSource], table: Table) -> WrittenAction:
    action = WrittenAction(
        id=table.slug("id"),
        do=table.text("do"),
        why=table.text("why"),
        first_step=table.text("first_step"),
        who=table.text("who"),
        cost=table.one_of("cost", COSTS),
        cost_why=table.text("cost_why"),
        stages=table.many("stages", STAGES.__contains__, f"Name some of: {', '.join(STAGES)}."),
        mitigations=table.many("mitigations", MITIGATION.fullmatch, "Write ids such as M1026."),
        techniques=table.many("techniques", TECHNIQUE.fullmatch, "Write ids such as T1566.001."),
        helps=table.many(
            "helps",
            HELPS.__contains__,
            f"Name some of: {', '.join(HELPS)}.",
            least=0,
            optional=True,
        ),
        sources=tuple(sources.by_key[key] for key in sources.cite(table)),
    )
    if len(action.do) > DO_MAX or action.do.endswith("."):
        wrong = f"it has {len(action.do)} characters, or ends with a full stop."
        raise table.error("do", wrong, f"Write at most {DO_MAX} characters without a full stop.")
    if not 2 <= len(_SENTENCE_END.findall(action.why)) <= 3:
        raise table.error("why", "it is not two or three sentences.", "Write two or three.")
    return action
