"""Page titles as findings, built from facts where we wrote none, and the lines under them."""

from __future__ import annotations

from briefing.core.wording import counted, curly, listed, worded
from briefing.services.recipes.actor_facts import by_country
from briefing.services.recipes.actor_reading import ActorReading, is_named
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.origins import origins

_STAGE_VERBS = {
    1: "prepare the attack",
    2: "get in",
    3: "stay inside",
    4: "act on the objective",
}


def headline(reading: ActorReading) -> str:
    """The title of the executive page: ours, or the finding that the facts allow."""
    if reading.profile.headline:
        return curly(reading.profile.headline)
    return curly(f"{reading.name}: {_known(reading)}, {_origin(reading)}")


def subtitle(reading: ActorReading) -> str:
    """The line under the title: kind, version, the name with who coined it, the ATT&CK id."""
    row = next((r for r in reading.profile.names if is_named(r.name, reading.name)), None)
    name = reading.name
    if row and row.coined_by:
        name += f" ({', '.join(filter(None, (row.coined_by, row.first_seen[:4])))})"
    if group := reading.profile.row.attack_id:
        name += f", ATT&CK {group}"
    return curly(f"Actor briefing · one-page version · {name}")


def how_headline(reading: ActorReading) -> str:
    """The title of the full version."""
    if reading.profile.how_headline:
        return curly(reading.profile.how_headline)
    total = len(reading.techniques)
    if not total:
        return f"How {reading.name} works is not on record"
    stage = max(reading.profile.stages, key=lambda s: (len(s.techniques), -s.number))
    number = len(stage.techniques)
    verb = _STAGE_VERBS.get(stage.number, stage.name.lower())
    if total == 1:
        return f"The one technique on record serves to {verb}"
    if number == total == 2:
        return f"Both techniques on record serve to {verb}"
    if number == total:
        return f"All {total} techniques on record serve to {verb}"
    return f"{number} of {total} techniques on record serve to {verb}"


def how_subtitle(reading: ActorReading) -> str:
    """The line under it."""
    total = len(reading.techniques)
    if not total:
        return f"What is stated about {reading.name} · full version"
    techniques = f"{counted(total, 'technique')} in four stages, most widely shared first"
    return f"How {reading.name} works · {techniques} · full version"


def evidence_title(marks: Marks) -> str:
    """The title of the appendix: how many sources, and how many of them are origins."""
    cited = marks.cited
    found = len(origins(cited))
    if len(cited) == 1:
        return "Everything here rests on one source"
    if found == 1:
        every = "Both sources" if len(cited) == 2 else f"All {len(cited)} sources"
        return f"{every} go back to one origin"
    if all(entry.catalogue for entry in cited):
        every = "Both sources" if len(cited) == 2 else f"All {len(cited)} sources"
        return curly(f"{every} are catalogues of others' reports")
    if len(cited) == found:
        return f"{counted(len(cited), 'source')}, each an origin of its own"
    return f"{counted(len(cited), 'source')}, at most {counted(found, 'independent origin')}"


def _known(reading: ActorReading) -> str:
    """The weightiest thing that is stated at all."""
    techniques = len(reading.techniques)
    if techniques:
        return f"{counted(techniques, 'technique')} stated"
    targets = reading.profile.targets
    aims = []
    if targets.sectors:
        aims.append(counted(len(targets.sectors), "sector"))
    if targets.countries:
        aims.append(counted(len(targets.countries), "country"))
    if aims:
        one = len(targets.sectors) + len(targets.countries) == 1
        return f"{listed(aims)} named as {'its target' if one else 'targets'}"
    if documents := len(reading.profile.documents):
        return f"{counted(documents, 'document')} cited, no technique stated"
    names = len(reading.profile.names)
    return f"known by {worded(names, 'name')}" if names > 1 else "little more than a name"


def _origin(reading: ActorReading) -> str:
    groups = [rows for rows in by_country(reading.profile.origins) if rows[0].country.code]
    if not groups:
        return "origin not recorded"
    countries = [named(rows[0].country) for rows in groups]
    if len(countries) > 1:
        return f"origin given as {listed(countries[:3], last='or')}"
    by = {row.by for row in groups[0]}
    noun = "catalogue" if by <= {entry.title for entry in reading.catalogues} else "source"
    return f"origin given as {countries[0]} by {worded(len(by), noun)}"
