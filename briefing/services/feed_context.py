"""What feed modules rely on, put together from the program's data and the open database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from briefing.core.changes import RECORDED_HERE, SourceInfo
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.advisory_pages import page_key
from briefing.feeds.catalogue import KnownFeed, read_catalogue
from briefing.feeds.misp_producers import read_producers
from briefing.feeds.payload import UNJUDGED, UNMARKED, FeedContext, Taken, slug
from briefing.feeds.vocabulary import read_vocabulary
from briefing.store.connection import KnowledgeFile
from briefing.store.sources import known_ids, last_taken, names_of_kind, own_pages, read_sources

CATALOGUES = ("sources.toml", "feeds.toml")
OWN_TEXT = "own-text"
"""Kind of the sources whose texts come with the program."""


def known_feeds(data: Path) -> dict[str, KnownFeed]:
    """Every feed the program knows, those of the bundle first.

    Raises:
        BriefingError: where a file of ``data/`` cannot be used.
    """
    found: dict[str, KnownFeed] = {}
    for name in CATALOGUES:
        try:
            payload = (data / name).read_bytes()
        except OSError as error:
            raise BriefingError(
                f"{data / name} cannot be read: {error.strerror or error}.",
                remedy="Install the program again, or name the right folder.",
            ) from error
        found.update(read_catalogue(payload, name))
    return found


@lru_cache(maxsize=1)
def vocabulary(data: Path) -> Vocabulary:
    """The vocabularies, read once."""
    return read_vocabulary(data / "vocabulary")


def feed_context(
    knowledge: KnowledgeFile, data: Path, chosen: str = "", label: Tlp | None = None
) -> FeedContext:
    """The context for reading feeds into a database.

    What the program knows of a source goes before what is recorded of it, but for its label: the
    higher of the two stands, so that what a person narrowed is widened by a person only, with a
    label for the source that is named.

    Args:
        knowledge: The database; sources it holds count as known.
        data: The program's ``data/`` folder.
        chosen: Id of the source a person named; "" lets each feed decide.
        label: TLP of what bears no label, for the named source, whatever was recorded; None leaves
            it as it is.

    Raises:
        WrongCallError: where the named source's id is not made of small letters, figures, hyphens,
            or is that of the program's own texts.
    """
    connection = knowledge.connection
    held = read_sources(connection)
    sources = {**held, **_infos(known_feeds(data), held)}
    context = FeedContext(
        vocabulary=vocabulary(data),
        sources=sources,
        producers={
            **read_producers(data / "vocabulary"),
            **names_of_kind(connection, "producer"),
        },
        known_ids=known_ids(connection),
        pages={page_key(url): native for url, native in own_pages(connection).items()},
        taken={
            key: Taken(source, version, records)
            for key, (source, version, records) in last_taken(connection).items()
            if sources[source].tlp == held[source].tlp
        },
    )
    if not chosen:
        if label is not None:
            raise WrongCallError("--tlp needs --source: name whose label it is to be.")
        return context
    named = _chosen(chosen, sources)
    if label is not None:
        named = replace(named, tlp=label.code)
    return replace(context, chosen=named)


def refuse_wrong_id(name: str) -> None:
    """See whether a person's name for a source can be its id.

    Raises:
        WrongCallError: where it cannot.
    """
    if slug(name) != name:
        raise WrongCallError(
            f"“{name}” cannot be the id of a source: use small letters, figures and hyphens."
        )


def _infos(feeds: Mapping[str, KnownFeed], held: Mapping[str, SourceInfo]) -> dict[str, SourceInfo]:
    """The sources that the program knows, labelled no lower than they are recorded."""
    return {
        name: feed.source.at_least(held[name].tlp) if name in held else feed.source
        for name, feed in feeds.items()
    }


def _chosen(name: str, sources: Mapping[str, SourceInfo]) -> SourceInfo:
    if name == RECORDED_HERE:
        raise WrongCallError(
            f"“{name}” stands for what is recorded in this program; nothing is imported under it.",
            remedy="Choose an id of your own, in small letters, figures and hyphens.",
        )
    if name in sources:
        if sources[name].kind == OWN_TEXT:
            raise WrongCallError(
                f"“{name}” stands for the program’s own texts; nothing else is recorded under it.",
                remedy="Choose an id of your own, in small letters, figures and hyphens.",
            )
        return sources[name]
    refuse_wrong_id(name)
    return SourceInfo(
        id=name,
        title=name.replace("-", " ").capitalize(),
        publisher=name,
        kind="feed",
        licence="Not stated",
        notice="",
        url="",
        reliability=UNJUDGED,
        reliability_why="Nobody has judged this source yet.",
        tlp=UNMARKED,
    )
