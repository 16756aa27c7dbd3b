"""How a finished briefing is marked: the highest of all that is printed in it, in one place.

A recipe marks its blocks and titles by the statements on which they rest. What a thing is called
and that there is a source are statements of their own, which may be more guarded than what is said
of the thing; so both are looked up here, for every kind of briefing alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from briefing.core.brief import Brief, Span
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.services.recipes.ceiling import Allowed, level_of
from briefing.store.guarded import highest_level
from briefing.store.naming import levels_of_sources, names_of_things

_WORD = re.compile(r"\w+")


def marked(brief: Brief, allowed: Allowed) -> Brief:
    """A briefing with its own marking: the highest level of what is printed in it.

    Args:
        brief: As its recipe made it; its marking is that of what stands in no block or title.
        allowed: What the audience may see.

    Raises:
        BriefingError: when that is above the audience's ceiling, which nothing may be.
    """
    level = max(brief.tlp, level_of(brief.parts))
    # At the ceiling, or where nothing in use is marked higher, no name can raise it.
    if level < allowed.ceiling and level < allowed.once("highest level", lambda: _highest(allowed)):
        brief, level = _with_names(brief, allowed, level)
    if level > allowed.ceiling:
        raise BriefingError(
            f"The briefing would be marked {level.label}, above its audience's ceiling.",
            remedy=f"Nothing was written. Choose a ceiling above {allowed.ceiling.label}.",
        )
    return replace(brief, tlp=level)


def _highest(allowed: Allowed) -> Tlp:
    return highest_level(allowed.everything.connection)


def _with_names(brief: Brief, allowed: Allowed, level: Tlp) -> tuple[Brief, Tlp]:
    """The briefing with its objects marked as their names are, and its level with all names."""
    connection = allowed.reader.connection
    of_sources = levels_of_sources(connection, [source.key for source in brief.sources])
    known = names_of_things(connection, _rests_on(brief))
    names = {name: at for name, at in known.items() if at > level}
    printed = named_in(_texts((brief.subject, brief.title, brief.parts)), names)
    # Formats leave out an object that is marked higher than the briefing.
    objects = tuple(
        replace(one, tlp=max(one.tlp, names.get(one.name, Tlp.CLEAR))) for one in brief.objects
    )
    found = max((level, *of_sources.values(), *(names[name] for name in printed)))
    return replace(brief, objects=objects), found


def named_in(texts: Iterable[str], names: Iterable[str]) -> set[str]:
    """Which names stand in some texts, as whole words.

    What is no letter and no figure makes no difference: quotation marks are set anew when a name is
    printed. At the head of a sentence its first letter is a capital. A name of other signs alone
    counts wherever they stand.

    Args:
        texts: What is printed.
        names: What is looked for.
    """
    heads: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
    signs: set[str] = set()
    for name in names:
        if not _WORD.search(name):
            signs.add(name)
        for form in {name, name[:1].upper() + name[1:]}:
            if words := _WORD.findall(form):
                heads[words[0]].append((words, name))
    found: set[str] = set()
    for text in texts if heads or signs else ():
        found.update(name for name in signs if name in text)
        words = _WORD.findall(text)
        for place, word in enumerate(words):
            for wanted, name in heads.get(word, ()):
                if words[place : place + len(wanted)] == wanted:
                    found.add(name)
    return found


def _rests_on(brief: Brief) -> Iterator[int]:
    for part in brief.parts:
        yield from part.statements
    yield from brief.statements()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        # A name may change its style on the way.
        yield "".join(one.text for one in value if isinstance(one, Span))
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for one in fields(value):
            # The keys of statements are many, and no words.
            if one.name != "statements":
                yield from _texts(getattr(value, one.name))
