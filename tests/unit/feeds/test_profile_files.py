"""Actor profiles and primer pages: the parser's rules, and what every file in the tree keeps to."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pymispgalaxies
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.estimates import Confidence, Likelihood
from briefing.core.profile import (
    PART_HEADINGS,
    STAGES,
    PrimerPage,
    Profile,
    Sentence,
    parse_marked,
    parse_partial_date,
)
from briefing.feeds.own_table import OwnTextError
from briefing.feeds.profile import parse_primer, parse_profile

ROOT = Path(__file__).parents[3]
ACTORS = sorted((ROOT / "data" / "actors").glob("*.md"))
PRIMER = sorted((ROOT / "data" / "primer").glob("*.md"))
FACTS = ROOT.parent / "shared" / "facts"
CLUSTERS = Path(pymispgalaxies.__file__).parent / "data" / "misp-galaxy" / "clusters"
RUN = 8  # so many words in a row are somebody else's sentence

SOURCE = """title = "A report"
publisher = "A publisher"
url = "https://example.org/report"
published = "2021-11"
kind = "gov"
credibility = 2
"""
ORIGIN = (
    'country = "RU", relation = "sponsored-by", body = "A service", by = "A government", '
    'confidence = "high", wording = "named its officers", date = "2021-11-04", sources = ["one"]'
)
JUDGEMENT = (
    '{ text = "It will go on.", likelihood = "almost certain", confidence = "low", '
    'basis = "It did.", sources = ["one"] },'
)
ACTION = (
    '{ do = "Switch off USB storage", why = "it travels by stick", mitigations = ["M1034"], '
    'techniques = ["T1091"], stage = "initial-access", sources = ["one"] },'
)
PROFILE = f"""+++
id = "actor"
name = "Actor"
same_as = ["attack:G0047"]
kind = "state"
kind_sources = ["one"]
headline = "It takes documents"
how_headline = "Two ways in"
active_since = "2013"
active_since_sources = ["one"]
names = [
  {{ name = "Actor", coined_by = "A publisher", first_seen = "2017-02", sources = ["one"] }},
  {{ name = "Other", sources = ["two"] }},
]
origin = [{{ {ORIGIN} }}]
goals = [{{ goal = "exfiltration", sources = ["one"] }}]
targets = [{{ sector = "government", sources = ["one"] }}]
timeline = [
  {{ date = "2017", text = "It is named", sources = ["one"] }},
  {{ date = "2021-11", text = "It is exposed", sources = ["two"] }},
]
judgements = [{JUDGEMENT * 3}]
actions = [{ACTION * 3}]
[sources.one]
{SOURCE}rests_on = "A service"
[sources.two]
{SOURCE}+++
""" + "\n".join(f"## {title}\nIt is so.[one]\n" for _, title in PART_HEADINGS).replace(
    "It is so.[one]", "It is so.[one] It is also\nthis, says 9.5 %.[one][two]", 1
)
PAGE = f"""+++
number = 1
title = "What it is"

[sources.one]
{SOURCE}+++

It begins.[one] It goes
on.[one]

## First

A paragraph.[one]

- An item.[one]
- Another, which
  goes on.[one]
"""
LONG = " ".join(["word"] * 36) + "."
HEADINGS = "the headings are, in this order: " + ", ".join(title for _, title in PART_HEADINGS)

BROKEN = [
    ('id = "actor"', 'id = "x"', "id: “x” is not the name of the file. Give both one name."),
    ('\nname = "Actor"', "", 'name: it is missing. Write name = "…".'),
    ('\nname = "Actor"', "\nname = 1", "name: it is not plain text. Write it in quotes,"
     " without margins."),
    ("attack:G0047", "G0047", "same_as: “G0047” is unknown. Write a list of items such as"
     " attack:G0047, misp:<uuid> or nothing."),
    ('"state"', '"bad"', "kind: “bad” is unknown. Use one of: state, state-linked, criminal,"
     " hacktivist, private-sector-offensive, unknown."),
    ("takes documents", "x" * 80, "headline: it has 83 characters; 80 fit. Shorten it."),
    ("Two ways in", "x" * 61, "how_headline: it has 61 characters; 60 fit. Shorten it."),
    ('"2013"', '"13"', "active_since: “13” is no ISO 8601 date; write it as 2021, 2021-11 or"
     " 2021-11-08."),
    ('active_since_sources = ["one"]', "", "active_since_sources: it names no source. Write"
     ' active_since_sources = ["key"].'),
    ('"2021-11-04"', '"2021-11-31"', "[[origin]] 1, date: “2021-11-31” is no ISO 8601 date; write"
     " it as 2021, 2021-11 or 2021-11-08."),
    ('"RU"', '"Russia"', "[[origin]] 1, country: “Russia” is no ISO 3166-1 code; write two capital"
     " letters, such as UA."),
    ("https://example.org/report", "http://example.org", "[sources.one], url: “http://example.org”"
     " is no https address. Give the document's own."),
    ("credibility = 2", "credibility = 7", "[sources.one], credibility: it is no whole number in"
     " range. Write a number from 1 to 6 without quotes."),
    ("[sources.two]", "[sources.Two]", "[sources.Two], key: it cannot stand in a mark. Use a to z,"
     " 0 to 9 and hyphens."),
    ("[sources.two]", f"[sources.three]\n{SOURCE}[sources.two]",
     "[sources.three]: no statement uses this source. Cite it, or remove the table."),
    ('"exfiltration"', '"fame"', "[[goals]] 1, goal: “fame” is unknown. Use one of: exfiltration,"
     " undermining, financial, influence."),
    ('name = "Other"', 'name = "ACTOR"', "[[names]]: “Actor” is there twice. Make one [[names]] of"
     " the two."),
    ('sector = "government"', 'sector = "government", place = "Europe"', "[[targets]] 1, target: it"
     " is not exactly one of sector, country and place. Write one [[targets]] table for each."),
    ("It is named", "It is named.", "[[timeline]] 1, text: it ends with a full stop. Take the full"
     " stop away."),
    ('date = "2017"', 'date = "2022"', "[[timeline]]: 2021-11 stands after 2022. Put the oldest"
     " first."),
    (JUDGEMENT, "", "[[judgements]]: there are 2; it takes 3 to 3. Write one"
     " [[judgements]] table for each."),
    ("It will go on.", "It will likely go on.", "[[judgements]] 1, text: “likely” is a word of"
     " estimate; it belongs in its own field."),
    ("almost certain", "sure", "[[judgements]] 1, likelihood: “sure” is not a likelihood of ICD"
     " 203; the seven are: almost no chance, very unlikely, unlikely, roughly even, likely, very"
     " likely, almost certain."),
    ('"low"', '"not stated"', "[[judgements]] 1,"
     " confidence: “not stated” is unknown. Use one of: low, medium, high."),
    ('"M1034"', '"M34"', "[[actions]] 1, mitigations: “M34” is unknown. Write ids such as M1034."),
    ('"T1091"', '"T91"', "[[actions]] 1, techniques: “T91” is unknown. Write ids such as"
     " T1566.001."),
    ('"initial-access"', '"entry"', "[[actions]] 1, stage: “entry” is unknown. Use one of:"
     f" {', '.join(STAGES)}."),
    ('body = "A service"', 'colour = "red"', "[[origin]] 1, colour: no such field is known."
     " Correct its spelling or remove it."),
    ("It is so.", "It is so \N{EM DASH} so.", "line 41: it holds an em dash. Write a comma, a"
     " colon or two sentences."),
    ("## Dissent\nIt is so.[one]\n", "", f"body: the part “Dissent” is missing; {HEADINGS}."),
    ("## Dissent", "## Dissent\nNo.[one]\n## Dissent", "body: “Dissent” is unknown, doubled or out"
     f" of order; {HEADINGS}."),
    ("## Summary", "A.[one]\n## Summary", "body: text stands above the first heading;"
     f" {HEADINGS}."),
    ("## Dissent", "### Detail\n## Dissent", "body: “### Detail” is no heading here; write ## and"
     " the heading."),
    ("## Dissent\nIt is so.[one]", "## Dissent", "“Dissent”: nothing is written here. Write it;"
     " where nothing is known, say so and mark what was looked at."),
    ("## Dissent\nIt is so.[one]", "## Dissent\nIt is so.", "“Dissent”: “It is so.” ends without a"
     " source; put [key] right after its full stop."),
    ("## Dissent\n", "## Dissent\nIt is bare. ", "“Dissent”: “It is bare.” ends without a source;"
     " put [key] right after its full stop."),
    ("## Dissent\nIt is", "## Dissent\nIt[two] is", "“Dissent”: “It[two] is so.” holds a mark"
     " inside it; move it behind the full stop."),
    ("## Dissent\nIt is so.[one]", "## Dissent\nIt is so.[ten]", "“Dissent”: no source is called"
     " “ten”. Add a table [sources.ten], or use one of: one, two."),
    ("## Dissent\nIt is so.", f"## Dissent\n{LONG}", f"“Dissent”: “{LONG}” has 36 words; at most 35"
     " are read, so cut it."),
    ("## Summary\n", "## Summary\nOne more.[one] ", "“Summary”: it has 3 sentences, and two are"
     " printed. Write exactly two."),
]  # fmt: skip
"""What is replaced in PROFILE, by what, and the sentence that a person then reads."""


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN)
def test_a_broken_rule_is_told_with_file_place_and_what_to_write(
    old: str, new: str, sentence: str
) -> None:
    assert old in PROFILE
    with pytest.raises(OwnTextError) as error:
        parse_profile(PROFILE.replace(old, new, 1).encode(), "actor.md")
    assert str(error.value) == f"actor.md, {sentence}"


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"\xff", "byte 0: this is not UTF-8. Save the file as UTF-8."),
        (b"# Actor", "front matter: it is not between two lines of +++. Put +++ on the first line"
         " and again after the last field."),
        (b"+++\nid =\n+++\n", "front matter: it is not TOML: Invalid value (at line 2, column 5)."
         " Line 1 is the one with the first +++."),
        (b"+++\nid = 'actor'\n+++\n", "sources: there are none. Write a table [sources.<key>] for"
         " each."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_at_all_is_told_so(payload: bytes, sentence: str) -> None:
    with pytest.raises(OwnTextError) as error:
        parse_profile(payload, "actor.md")
    assert str(error.value) == f"actor.md, {sentence}"


def test_a_profile_is_read_with_its_sources_and_estimates() -> None:
    profile = parse_profile(PROFILE.replace("\n", "\r\n").encode(), "folder/actor.md")
    assert [source.key for source in profile.sources] == ["one", "two"]
    assert profile.sources[0].rests_on == "A service"
    assert [name.first_seen for name in profile.names] == ["2017-02", ""]
    assert profile.origins[0].confidence is Confidence.HIGH
    assert profile.judgements[0].likelihood is Likelihood.ALMOST_CERTAIN
    assert [action.stage for action in profile.actions] == [STAGES[1]] * 3
    assert profile.part("summary")[1] == Sentence("It is also this, says 9.5 %.", ("one", "two"))
    assert [part.code for part in profile.parts] == [code for code, _ in PART_HEADINGS]
    assert profile.part("weather") == ()


def test_an_origin_without_a_country_needs_no_relation() -> None:
    text = PROFILE.replace('country = "RU", relation = "sponsored-by", ', "")
    assert parse_profile(text.encode(), "actor.md").origins[0].relation == ""


def test_a_primer_page_is_read_as_lead_and_sections() -> None:
    page = parse_primer(PAGE.encode(), "01-what-it-is.md")
    assert (page.number, page.slug, page.title) == (1, "what-it-is", "What it is")
    assert [sentence.text for sentence in page.lead] == ["It begins.", "It goes on."]
    assert [(block.item, block.sentences[0].text) for block in page.sections[0].blocks] == [
        (False, "A paragraph."),
        (True, "An item."),
        (True, "Another, which goes on."),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("02-x.md", "", "", "number: the file's name does not begin with 01-. Name the file"
         " 01-<slug>.md in lower case, or change the number."),
        ("01-x.md", "## First", "# First", "body: “# First” is no heading here; write ## and the"
         " heading."),
        ("01-x.md", "It begins.[one] It goes\non.[one]", "", "lead: nothing is written here. Write"
         " it; where nothing is known, say so and mark what was looked at."),
        ("01-x.md", "- An item.[one]", "- An item.", "“First”: “An item.” ends without a source;"
         " put [key] right after its full stop."),
    ],
)  # fmt: skip
def test_a_primer_page_that_breaks_a_rule_is_refused(
    name: str, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(OwnTextError) as error:
        parse_primer(PAGE.replace(old, new, 1).encode(), name)
    assert str(error.value) == f"{name}, {sentence}"


@given(st.binary())
def test_any_bytes_are_read_or_refused_in_a_sentence(payload: bytes) -> None:
    with pytest.raises(OwnTextError):
        parse_profile(b"+++\n" + payload, "actor.md")


WORDS = st.lists(st.text(ascii_lowercase, min_size=1, max_size=9), min_size=1, max_size=35)
SENTENCES = st.builds(
    lambda words, keys: Sentence(" ".join(words).capitalize() + ".", tuple(keys)),
    WORDS,
    st.lists(st.sampled_from(["one", "two", "three-3"]), min_size=1, max_size=3),
)


@given(st.lists(SENTENCES))
def test_marked_prose_splits_into_the_sentences_it_was_made_of(sentences: list[Sentence]) -> None:
    prose = "\n".join(f"{s.text}{''.join(f'[{key}]' for key in s.sources)}" for s in sentences)
    assert parse_marked(prose) == tuple(sentences)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_date_is_taken_to_the_year_the_month_or_the_day(day: date, length: int) -> None:
    assert parse_partial_date(day.isoformat()[:length]) == day.isoformat()[:length]


def profiles() -> tuple[Profile, ...]:
    return tuple(parse_profile(path.read_bytes(), path.name) for path in ACTORS)


def pages() -> tuple[PrimerPage, ...]:
    return tuple(parse_primer(path.read_bytes(), path.name) for path in PRIMER)


def values(cluster: str) -> list[dict[str, Any]]:
    text = (CLUSTERS / f"{cluster}.json").read_text(encoding="utf-8")
    return list(json.loads(text)["values"])


def external_ids(*clusters: str) -> set[str]:
    found = [value for cluster in clusters for value in values(cluster)]
    return {v["meta"].get("external_id", "") for v in found if "meta" in v and not v.get("revoked")}


def vocabulary(name: str, plural: str, field: str) -> set[str]:
    text = (ROOT / "data" / "vocabulary" / f"{plural}.toml").read_text(encoding="utf-8")
    return {str(item[field]) for item in tomllib.loads(text)[name]}


def test_every_profile_and_every_primer_page_is_read() -> None:
    assert {"ta499", "oilrig", "stealth-falcon", "gamaredon", "dark-pink"} <= {
        profile.id for profile in profiles()
    }
    assert [page.number for page in pages()] == list(range(1, len(PRIMER) + 1))


def test_a_primer_page_can_be_read_in_a_few_minutes() -> None:
    for path in PRIMER:
        assert 450 <= len(re.findall(r"\w+", own_text(path).split("+++")[2])) <= 700, path.name


def test_every_technique_and_mitigation_is_in_the_catalogue_and_not_revoked() -> None:
    techniques = external_ids("mitre-attack-pattern")
    mitigations = external_ids("mitre-course-of-action")
    for action in (action for profile in profiles() for action in profile.actions):
        assert set(action.techniques) <= techniques, action
        assert set(action.mitigations) <= mitigations, action


def test_every_record_a_profile_is_about_is_in_the_catalogue() -> None:
    attack = external_ids("mitre-intrusion-set", "mitre-malware", "mitre-tool")
    attack |= vocabulary("object", "../attack", "id")  # what a later release holds
    known = {f"attack:{key}" for key in attack}
    known |= {f"misp:{value['uuid']}" for value in values("threat-actor")}
    assert {record for profile in profiles() for record in profile.same_as} <= known


def test_every_target_is_a_sector_a_country_or_a_place_of_the_vocabulary() -> None:
    sectors = vocabulary("sector", "sectors", "code")
    countries = vocabulary("country", "countries", "code")
    places = vocabulary("place", "places", "label")
    assert len(sectors) == 24
    for profile in profiles():
        assert {target.sector for target in profile.targets} - {""} <= sectors, profile.id
        named = {target.country for target in profile.targets}
        assert (named | {origin.country for origin in profile.origins}) - {""} <= countries
        assert {target.place for target in profile.targets} - {""} <= places, profile.id


def future_dates(profile: Profile | PrimerPage, today: date) -> list[str]:
    dates = [source.published for source in profile.sources]
    if isinstance(profile, Profile):
        dates += [profile.active_since, *(event.date for event in profile.timeline)]
        dates += [name.first_seen for name in profile.names]
        dates += [origin.date for origin in profile.origins]
        dates += [target.first_seen for target in profile.targets]
    return [day for day in dates if day > today.isoformat()[: len(day)]]


def test_no_date_lies_in_the_future() -> None:
    today = datetime.now(UTC).date()
    assert [day for profile in profiles() for day in future_dates(profile, today)] == []
    assert [day for page in pages() for day in future_dates(page, today)] == []
    assert future_dates(profiles()[0], date(1970, 1, 1)) != []


def own_text(path: Path) -> str:
    """What we wrote ourselves: titles of documents are theirs, and marks are no words."""
    text = re.sub(r"(?m)^(title|publisher|url) = .*$", "", path.read_text(encoding="utf-8"))
    return re.sub(r"\[[a-z0-9-]+\]", " ", text)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def borrowed(texts: Iterable[str]) -> list[str]:
    """Runs of words that one of our texts shares with these."""
    ours = {run for path in (*ACTORS, *PRIMER) for run in runs(own_text(path))}
    return [" ".join(run) for text in texts for run in runs(text) & ours]


def test_no_sentence_is_taken_from_the_catalogue() -> None:
    clusters = (
        *("threat-actor", "microsoft-activity-group", "tidal-groups", "mitre-intrusion-set"),
        *("mitre-malware", "mitre-tool", "mitre-attack-pattern", "mitre-course-of-action"),
    )
    found = [value.get("description") or "" for name in clusters for value in values(name)]
    assert borrowed(found) == []


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact sheets beside the tree are not here")
def test_no_sentence_is_taken_from_the_fact_sheets() -> None:
    assert borrowed(path.read_text(encoding="utf-8") for path in FACTS.glob("*.md")) == []
