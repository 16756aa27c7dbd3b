"""Words that state as a fact what a briefing's own record calls likely, or has from others only.

Told is what is plain on its face: that a named culprit did it, that an actor is somebody's. A
sentence that says who says so, how likely it is, or that asks, denies or supposes is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from briefing.analysis.estimative_words import any_of, outside, sentences, stated
from briefing.core.brief import AchTable, Brief

_GAP: Final = r"[^.!?;:,…]{0,40}?\b"
"""Between a name and what it is said to have done: no other clause."""
_DONE: Final = (
    r"(?:is|was|are|were|stands|stood) behind (?:it|this|that|the|both|these)",
    r"did (?:it|this|so)",
    r"(?:is|was|are|were) responsible",
    r"carried (?:it|this) out",
    r"carried out (?:it|this|the)",
    r"broke in(?!to)",
)
_HARMED: Final = "(?:hacked|attacked|breached|hit|struck|compromised|encrypted|broke into)"
_BY: Final = (
    r"(?:carried out|done|committed|conducted|launched|mounted) by",
    r"(?:is|was|are|were) the work of",
)
_STATE: Final = (
    r"(?:the |an? )?(?:[A-Z]|state\b|government\b|army\b|military\b|intelligence\b|ministry\b)"
)
_OWNED: Final = (
    rf"(?:(?:is|are|was|were) (?:an? |the )?(?:part|arm|unit|front|branch|tool) of"
    rf"|(?:is|are|was|were) (?:run|controlled|directed|backed|sponsored|funded|owned|paid) by"
    rf"|(?:works?|worked) for|(?:belongs?|belonged) to)(?= {_STATE})"
)
_IT: Final = r"(?:It|They|This group|The group|This actor|The actor)\b"
_STATES: Final = any_of(
    (
        *("is", "are", "was", "were", "has", "have", "had", "does", "did", "did it", "broke in"),
        *("broke into", "attacked", "hacked", "breached", "stole", "used", "carried out"),
        *("launched", "conducted", "wrote", "ran"),
    )
)
_FORETELLS: Final = any_of(("will", "would", "shall"))
_SUPPOSES: Final = any_of(
    (
        *("if", "whether", "unless", "suppose", "supposing", "may", "might", "could", "would"),
        *("not", r"\w+n['’]t", "never", "no", "nobody", "none", "neither", "nor", "who", "whoever"),
        *("alleged", "allegedly", "reportedly", "reported", "suspected", "accused", "so-called"),
        *("hypothesis", "supposed", "supposedly", "apparently", "cannot", "to have"),
    )
)
_SEEMS: Final = any_of(("seems?", "appears?", "suggests?", "points? to", "indicates?"))
_SAYS: Final = (
    *("says?", "said", "believes?", "believed", "thinks?", "thought", "suspects?", "suspected"),
    *("assess(?:es|ed)", "judges?", "judged", "concludes?", "concluded", "alleges?", "argues?"),
    *("argued", "told", "tells", "warns?", "warned", "considers?", "considered", "blames?"),
    *("blamed", "attributes?", "attributed", "ascribes?", "ascribed", "accuses?", "names"),
)
_SAYS_THAT: Final = (
    r"(?:reports?|reported|claims?|claimed|states?|stated|finds?|found|holds?|held|estimates?"
    r"|estimated|notes?|noted|writes?|wrote|calls?|called|sees?|saw)"
    r"(?:(?: [^.;:]{1,30}?,?)? that| (?:it|him|her|them|its|their|the|an?))"
)
_WITH: Final = (
    "according to",
    r"by [^.,;]{1,40}['’]s? (?:own )?account",
    r"in (?:the (?:view|words|opinion) of|[^.,;]{1,40}['’]s? (?:view|words|opinion))",
)
_REPORTS: Final = any_of((*_SAYS, _SAYS_THAT, *_WITH))
_OURSELVES: Final = re.compile(
    r"\b(?:we|i)\s+(?:\w+ly\s+|also\s+|still\s+|now\s+|therefore\s+|do\s+)?\w+"
    # Nobody is named: “it is believed that …”.
    r"|\b(?:is|are|was|were|be|been)\s+(?:\w+ly\s+)?(?:assessed|judged|believed|thought|estimated"
    r"|considered|said|reported|held)\b(?!\s+by\b)",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(r"\b[A-Z][A-Z0-9]+(?:-?\d+)?\b")
"""What in the short name of a hypothesis is the name of somebody: “GRU, false flag”."""
_BORNE: Final = re.compile(r"[()]")
_ACTORS: Final = ("intrusion-set", "threat-actor")
_GROUP: Final = re.compile(r" (?:Group|Team|Gang)$")


def reported(sentence: str) -> bool:
    """Whether a sentence names somebody else as the one who says so."""
    return bool(_REPORTS.search(_OURSELVES.sub("", sentence)))


def flat_verb(text: str) -> tuple[str, int] | None:
    """The verb with which a judgement states something as it is or was, and where it stands.

    Read is what it says first. None where it says anywhere how likely that is, foretells it, says
    that it only seems so, or who says so.
    """
    if stated(text) or any(True for _ in outside(text)):
        return None
    first = next(sentences(text))[1].partition(";")[0]
    found = _STATES.search(first)
    if not found or _SEEMS.search(first[: found.start()]) or _is_open(first):
        return None
    return found[0], found.start()


def deeds_of(brief: Brief) -> re.Pattern[str] | None:
    """What says that one of those whom the record of an incident names did it; None without any."""
    names = {name for one in brief.objects if one.type in _ACTORS for name in _names(one.name)}
    for block in brief.blocks():
        if isinstance(block, AchTable):
            names.update(sign for _, short in block.hypotheses for sign in _SIGN.findall(short))
    if not names:
        return None
    who = _any_name(names)
    victim = re.escape(re.split(r"[\s,]", brief.subject)[0])
    done = "|".join((*_DONE, rf"{_HARMED} (?:\w+ ){{0,2}}{victim}"))
    by = "|".join(_BY)
    return re.compile(rf"\b{who}{_GAP}(?P<done>{done})\b|\b(?P<by>{by}) (?:\w+ ){{0,3}}{who}")


def owners_of(subject: str) -> re.Pattern[str]:
    """What says whose an actor is."""
    return re.compile(rf"(?:\b{_any_name(_names(subject))}|^{_IT}){_GAP}(?P<owned>{_OWNED})")


def plainly(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Where a text says a thing as a fact: the words, and where they begin.

    Args:
        text: Words of our own.
        pattern: What says it, as ``deeds_of`` and ``owners_of`` make it.
    """
    for begins, sentence in sentences(text):
        found = pattern.search(sentence)
        if found and _is_plain(sentence):
            group = next(name for name, words in found.groupdict().items() if words)
            yield found[group], begins + found.start(group)


def _is_plain(sentence: str) -> bool:
    """Whether a sentence neither weighs, supposes, asks, denies, nor says who says so."""
    if _is_open(sentence) or _SEEMS.search(sentence):
        return False
    return not stated(sentence) and not any(True for _ in outside(sentence))


def _is_open(words: str) -> bool:
    """Whether words suppose, ask, deny, foretell, or say who says so, be it ourselves."""
    asks = words.rstrip().endswith("?") or _SUPPOSES.search(words) or _FORETELLS.search(words)
    return bool(asks or _OURSELVES.search(words) or reported(words))


def _any_name(names: Iterable[str]) -> str:
    longest = sorted(names, key=len, reverse=True)
    return rf"(?:{'|'.join(re.escape(name) for name in longest)})(?!\w)"


def _names(name: str) -> set[str]:
    """The name of an actor and what people make of it: “ALPHV (BlackCat)”, “Gamaredon Group”."""
    pieces = {piece for part in _BORNE.split(name) if (piece := part.strip())}
    return {name, *pieces, *(_GROUP.sub("", piece) for piece in pieces)}
