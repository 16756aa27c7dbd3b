"""Who bears this name: exact names first, with the reason, the sources and what is near."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.actor import ActorProfile
from briefing.core.errors import WrongCallError
from briefing.core.search import clean_query
from briefing.store.actors import actor_row
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import Labels, read_labels
from briefing.store.names import Found, find_exact, near_names
from briefing.store.profiles import open_profile


@dataclass(frozen=True, slots=True)
class Match:
    """One actor that bears the name, and why it is here."""

    found: Found
    profile: ActorProfile


@dataclass(frozen=True, slots=True)
class LookUp:
    """The answer to a name.

    Attributes:
        query: As it was read: invisible characters gone, blanks folded.
        matches: Actors that bear the name; several where it is ambiguous.
        near: Names close to the query, where nothing bears it.
    """

    query: str
    matches: tuple[Match, ...]
    near: tuple[str, ...]


def look_up(knowledge: KnowledgeFile, text: str, labels: Labels | None = None) -> LookUp:
    """Look a name up; whatever is typed, the answer is never an error."""
    query = clean_query(text)
    connection = knowledge.connection
    words = labels or read_labels(connection)
    found = find_exact(connection, query)
    matches = tuple(Match(item, open_profile(connection, words, item.entity)) for item in found)
    return LookUp(query, matches, () if matches else near_names(connection, query))


def the_actor(knowledge: KnowledgeFile, name: str) -> str:
    """The id of the one actor that a name means; an ambiguous name is not guessed at.

    Raises:
        WrongCallError: where nobody bears it, or several do, with what to type instead.
    """
    row = actor_row(knowledge.connection, name)
    if row is not None:
        # A member record's id is typed as well as the actor's own.
        return row.id
    answer = look_up(knowledge, name)
    if len(answer.matches) == 1:
        return answer.matches[0].profile.row.id
    if not answer.matches:
        near = f" Near: {', '.join(answer.near)}." if answer.near else ""
        raise WrongCallError(f"Nobody here bears the name “{name}”.{near}")
    by_name = [match for match in answer.matches if match.found.matched == "name"]
    if len(by_name) == 1:
        return by_name[0].profile.row.id
    choices = ", ".join(
        f"{match.profile.row.name} ({match.profile.row.attack_id or 'no ATT&CK id'},"
        f" {match.profile.row.id})"
        for match in answer.matches
    )
    raise WrongCallError(
        f"“{name}” is used for {len(answer.matches)} actors: {choices}.",
        remedy="Name one of them by its main name, its ATT&CK id or its id here.",
    )


def reason(match: Match) -> str:
    """Why an actor is in the answer, in words."""
    found, profile = match.found, match.profile
    titles = [profile.source(key).title for key in found.sources if key in _keys(profile)]
    who = f" ({', '.join(titles)})" if titles else ""
    coined = f", coined by {found.coined_by}" if found.coined_by else ""
    words = {
        "id": f"ATT&CK id {found.name}",
        "name": f"its name here{coined}{who}",
        "alias": f"also called {found.name}{coined}{who}",
        "look-alike": f"“{found.name}” written with look-alike letters{who}",
    }
    return words[found.matched]


def _keys(profile: ActorProfile) -> set[str]:
    return {entry.key for entry in profile.sources}
