"""The vocabularies as they are written, held against the sources whose words they translate."""

from __future__ import annotations

import ast
import csv
import gzip
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Country, Place, Vocabulary
from briefing.feeds.vocabulary import FILES, parse_vocabulary, read_vocabulary

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "data" / "vocabulary"
SHARED = ROOT.parent / "shared" / "data"

# Victims that are people wherever they live: no country and no organisation, but a sector.
PEOPLE = {"Uighurs", "Iranian internet activists"}
# What EuRepoC says of an initiator that is none of our kinds; its subcode often says more.
NO_KIND = {"Non-state-group", "Individual hacker(s)", "Terrorist(s)"}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(FOLDER)


@pytest.fixture
def files() -> dict[str, bytes]:
    return {name: (FOLDER / name).read_bytes() for name in FILES}


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the sample data {name} is not beside the repository")
    return path


def cluster(name: str) -> list[dict[str, Any]]:
    spec = importlib.util.find_spec("pymispgalaxies")
    if spec is None or spec.origin is None:
        pytest.skip("pymispgalaxies, from which the database is built, is not installed")
    folder = Path(spec.origin).parent / "data" / "misp-galaxy" / "clusters"
    values: list[dict[str, Any]] = json.loads((folder / name).read_bytes())["values"]
    return values


def galaxy(name: str, *keys: str) -> set[str]:
    """Every value that a cluster's meta data hold under these keys."""
    found: set[str] = set()
    for entry in cluster(name):
        for key in keys:
            value = entry.get("meta", {}).get(key, [])
            found.update([value] if isinstance(value, str) else value)
    return found


def eurepoc(name: str, *columns: str) -> set[str]:
    """Every value of these columns, whose cells are lists with ";" or Python literals."""
    found: set[str] = set()
    with shared(f"eurepoc/EuRepoC_{name}_1.1.csv").open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            for column in columns:
                found.update(items_of(row[column]))
    return found


def items_of(cell: str) -> Iterator[str]:
    if not cell.startswith("["):
        yield from (part.strip() for part in cell.split(";"))
        return
    for item in ast.literal_eval(cell):
        yield from [item] if isinstance(item, str) else item


def unmapped(vocabulary: Vocabulary, words: set[str]) -> set[str]:
    """The words that are no target, without those by which a source says nothing."""
    return {
        word
        for word in words
        if vocabulary.target_of(word) is None and not vocabulary.is_unstated(word)
    }


def codes_of(vocabulary: Vocabulary, raw: str) -> list[str]:
    return [entry.code for entry in vocabulary.sectors_of(raw)]


def test_every_sector_word_that_was_mapped_by_hand_leads_where_it_was_mapped(
    vocabulary: Vocabulary,
) -> None:
    mapped = json.loads(shared("derived/sector-map.json").read_bytes())
    wrong = {
        entry["raw"]: codes_of(vocabulary, entry["raw"])
        for entry in mapped["raw_values"]
        if codes_of(vocabulary, entry["raw"]) != entry["sectors"] + entry["scope"]
    }
    wrong |= {
        raw: codes_of(vocabulary, raw)
        for raw, codes in mapped["extra_values"].items()
        if codes_of(vocabulary, raw) != [code.removeprefix("~") for code in codes]
    }
    assert wrong == {}


def test_the_sectors_are_the_24_with_their_stix_and_opencti_equivalents(
    vocabulary: Vocabulary,
) -> None:
    mapped = json.loads(shared("derived/sector-map.json").read_bytes())
    assert [
        (sector.code, list(sector.stix), sector.opencti) for sector in vocabulary.sectors.values()
    ] == [
        (entry["code"], entry["stix_industry_sector_ov"], entry["opencti"])
        for entry in mapped["sectors"]
    ]
    assert sorted(vocabulary.scopes) == sorted(mapped["scopes"])


def test_every_sector_word_of_the_bundled_data_is_known(vocabulary: Vocabulary) -> None:
    words = galaxy("threat-actor.json", "targeted-sector", "cfr-target-category")
    words |= galaxy("tidal-groups.json", "target_categories")
    assert {word for word in words if not vocabulary.sectors_of(word)} == set()


def test_every_stix_sector_word_is_known(vocabulary: Vocabulary) -> None:
    for sector in vocabulary.sectors.values():
        assert all(vocabulary.sector_of_stix(word) == sector for word in sector.stix)


def test_every_sector_has_codes_of_nace_and_of_naics_2022(vocabulary: Vocabulary) -> None:
    naics = {entry["value"] for entry in cluster("naics.json")}
    for sector in vocabulary.sectors.values():
        assert sector.nace
        assert sector.naics
        assert set(sector.naics) <= naics


def test_every_country_is_found_by_each_of_its_words(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.countries) == 250
    for country in vocabulary.countries.values():
        for word in country.words:
            assert vocabulary.target_of(word) == country
            assert vocabulary.target_of(f" {word.upper()} ") == country
        assert vocabulary.country(country.alpha3) == country


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("Korea (Republic of)", "KR"),
        ("Korea (Democratic People's Republic of)", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Russian Federation", "RU"),
        ("Türkiye", "TR"),
        ("Taiwan", "TW"),
        ("Palestine", "PS"),
        ("Kosovo", "XK"),
        ("Lebonon", "LB"),
        ("Holy See (Vatican City State)", "VA"),
    ],
)
def test_names_that_other_tables_get_wrong_lead_to_their_country(
    vocabulary: Vocabulary, raw: str, code: str
) -> None:
    assert vocabulary.target_of(raw) == vocabulary.countries[code]


@pytest.mark.parametrize("raw", ["NATO", "EU (region)", "Middle East", "The Middle East", "OSCE"])
def test_regions_and_organisations_are_targets_but_no_countries(
    vocabulary: Vocabulary, raw: str
) -> None:
    target = vocabulary.target_of(raw)
    assert isinstance(target, Place)
    assert target.code not in vocabulary.countries
    assert vocabulary.country(raw) is None


def test_every_place_says_its_kind_in_its_code(vocabulary: Vocabulary) -> None:
    kinds = {(place.code.split(":")[0], place.kind) for place in vocabulary.places.values()}
    assert kinds == {("region", "region"), ("org", "organisation"), ("company", "company")}


def test_every_sub_region_of_a_country_is_a_place_too(vocabulary: Vocabulary) -> None:
    labels = {place.label.removesuffix(" (region)") for place in vocabulary.places.values()}
    sub_regions = {country.sub_region for country in vocabulary.countries.values()}
    assert sub_regions - labels == {"Antarctica"}


def test_sub_regions_agree_with_those_of_the_published_backtest(vocabulary: Vocabulary) -> None:
    cases = json.loads(gzip.decompress(shared("relevance-backtest.json.gz").read_bytes()))
    different = {
        code
        for code, name in cases["subregions"].items()
        if vocabulary.countries[code].sub_region != name.partition(" - ")[2]
    }
    # Which the backtest files under the whole world, and under the Channel Islands.
    assert different == {"AQ", "GG", "JE"}


def test_every_victim_and_sponsor_of_the_bundled_data_is_known_but_for_two_peoples(
    vocabulary: Vocabulary,
) -> None:
    words = galaxy(
        "threat-actor.json",
        "cfr-suspected-victims",
        "cfr-suspected-state-sponsor",
        "suspected-victims",
        "country",
    )
    words |= galaxy("tidal-groups.json", "observed_countries", "country")
    words |= galaxy("microsoft-activity-group.json", "country")
    assert unmapped(vocabulary, words) == PEOPLE
    assert {codes_of(vocabulary, word)[0] for word in PEOPLE} == {"civil-society"}


def test_every_sponsor_is_a_country_or_not_stated(vocabulary: Vocabulary) -> None:
    for word in galaxy("threat-actor.json", "cfr-suspected-state-sponsor", "country"):
        assert vocabulary.is_unstated(word) or isinstance(vocabulary.target_of(word), Country)


def test_what_microsoft_calls_a_sector_is_a_country_or_a_kind_of_actor(
    vocabulary: Vocabulary,
) -> None:
    for word in galaxy("microsoft-activity-group.json", "sector"):
        assert isinstance(vocabulary.target_of(word), Country) or vocabulary.kind_of(word)


def test_every_country_of_eurepoc_is_known(vocabulary: Vocabulary) -> None:
    words = eurepoc("Receiver_dataset", "receiver_country", "receiver_region")
    words |= eurepoc("Attribution_dataset", "attributing_country", "attributed_initiator_country")
    words |= eurepoc("Global_Database", "receiver_country", "receiver_region", "initiator_country")
    assert unmapped(vocabulary, words) == set()


def test_every_kind_of_initiator_of_eurepoc_is_known_but_for_three(vocabulary: Vocabulary) -> None:
    words = eurepoc("Global_Database", "initiator_category", "initiator_category_subcode")
    assert {
        word
        for word in words
        if vocabulary.kind_of(word) is None and not vocabulary.is_unstated(word)
    } == NO_KIND


def test_every_motive_of_the_bundled_data_is_known(vocabulary: Vocabulary) -> None:
    words = galaxy("threat-actor.json", "cfr-type-of-incident", "motive")
    words |= galaxy("tidal-groups.json", "observed_motivations")
    assert {word for word in words if not vocabulary.motives_of(word)} == set()
    assert vocabulary.motive_of("Financially motivated") == vocabulary.motives["financial-gain"]


def test_only_the_two_goals_of_nist_are_marked_as_nists(vocabulary: Vocabulary) -> None:
    assert {code for code, goal in vocabulary.goals.items() if goal.nist} == {
        "exfiltration",
        "undermining",
    }


def test_every_phase_of_the_bundled_techniques_belongs_to_a_stage(vocabulary: Vocabulary) -> None:
    phases: set[str] = set()
    for name in ("", "enterprise-attack-", "mobile-attack-", "pre-attack-"):
        phases |= galaxy(f"mitre-{name}attack-pattern.json", "kill_chain")
    assert {phase for phase in phases if vocabulary.stage_of_tactic(phase) is None} == set()


@pytest.mark.parametrize(
    ("bundle", "domain"),
    [
        ("attack-enterprise-18.1-stix20.json.gz", "enterprise"),
        ("attack-mobile-17.1-stix21.json.gz", "mobile"),
        ("attack-ics-18.1-stix21.json.gz", "ics"),
    ],
)
def test_every_tactic_of_attack_is_here_with_its_id_and_name(
    vocabulary: Vocabulary, bundle: str, domain: str
) -> None:
    objects = json.loads(gzip.decompress(shared(bundle).read_bytes()))["objects"]
    attack = {
        (item["x_mitre_shortname"], item["name"], item["external_references"][0]["external_id"])
        for item in objects
        if item["type"] == "x-mitre-tactic"
    }
    assert attack == {
        (tactic.short_name, tactic.label, dict(tactic.ids)[domain])
        for tactic in vocabulary.tactics.values()
        if domain in tactic.domains
    }


def test_the_four_stages_come_in_order_and_each_has_a_short_sentence(
    vocabulary: Vocabulary,
) -> None:
    assert list(vocabulary.stages) == [
        "reconnaissance",
        "initial-access",
        "maintain-access",
        "act-on-objective",
    ]
    for stage in vocabulary.stages.values():
        assert len(stage.sentence.split()) <= 35
        assert stage.tactics


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            "sectors.toml",
            '"Airlines"',
            '"Airlines", "Retail"',
            "“retail” would mean both transport and retail",
        ),
        ("sectors.toml", '"Airlines"', '"Airlines", "airlines"', "“airlines” stands twice"),
        ("sectors.toml", '"51.1"', '"51.1a"', "“51.1a” is no code"),
        ("sectors.toml", 'code = "water"', 'code = "Water"', "“Water” is no code"),
        ("sectors.toml", 'code = "water"', 'code = "energy"', "“energy” stands twice"),
        ("sectors.toml", 'code = "water"', 'kode = "water"', "“kode” is not known"),
        ("sectors.toml", '["research", "healthcare"]', '["research", "x"]', "unknown code “x”"),
        ("sectors.toml", '["research", "healthcare"]', '["research"]', "two different codes"),
        (
            "sectors.toml",
            'raw = "Covid-19 research',
            'raw = "Mining"\n#',
            "“Mining” would mean both",
        ),
        ("countries.toml", 'alpha3 = "AND"', 'alpha3 = "AN"', "“AN” is no alpha3"),
        ("countries.toml", 'aliases = ["UK"', 'aliases = ["Turkey", "UK"', "“Turkey” would mean"),
        ("countries.toml", 'aliases = ["UK"', 'aliases = [7, "UK"', "“aliases” is no list"),
        ("countries.toml", "country = [", "lands = [", "“lands” is not known"),
        ("places.toml", '"NATO (region)"', '"Iran"', "“Iran” would mean both IR and org:nato"),
        ("places.toml", 'kind = "company"', 'kind = "region"', "does not fit the kind"),
        ("places.toml", '"Unknown"', '"Unknown", "NATO"', "“NATO” would mean both"),
        ("goals.toml", "nist = true\n", 'nist = "yes"\n', "neither true nor false"),
        ("motives.toml", 'goal = "undermining"', 'goal = "mischief"', "“mischief” is none"),
        ("motives.toml", 'goal = "undermining"', 'goal = "financial"', "“financial” is none"),
        ("motives.toml", 'code = "ideology"', "code = 1", "“code” is missing"),
        ("kinds.toml", '"State-sponsored"', '"Nation state"', "“Nation state” would mean both"),
        ("stages.toml", "number = 2", "number = 3", "should have the number 2"),
        ("stages.toml", '"TA0043"', '"T0043"', "“T0043” is no enterprise"),
        ("stages.toml", "enterprise = ", "space = ", "needs an id in enterprise"),
        ("stages.toml", '"launch"', '"effects"', "“effects” would mean both"),
        ("stages.toml", '"discovery"', '"execution"', "“execution” stands twice"),
    ],
)
def test_a_file_that_would_make_a_look_up_ambiguous_is_refused_by_name(
    files: dict[str, bytes], name: str, old: str, new: str, says: str
) -> None:
    text = files[name].decode("utf-8")
    assert old in text
    files[name] = text.replace(old, new, 1).encode("utf-8")
    with pytest.raises(BriefingError) as refusal:
        parse_vocabulary(files)
    assert name in refusal.value.message
    assert says in refusal.value.message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"kind = []", "kinds.toml cannot be used: it lists nothing."),
        (b"kind = [1]", "kinds.toml cannot be used: “kind” is no list of tables."),
        (b"[[kind]\n", "kinds.toml is no TOML in UTF-8."),
        (b"kind = '\xff'", "kinds.toml is no TOML in UTF-8."),
    ],
)
def test_a_file_without_usable_tables_is_refused(
    files: dict[str, bytes], content: bytes, says: str
) -> None:
    with pytest.raises(BriefingError) as refusal:
        parse_vocabulary({**files, "kinds.toml": content})
    assert refusal.value.message == f"The vocabulary {says}"


def test_a_compound_that_stands_twice_is_refused(files: dict[str, bytes]) -> None:
    again = b'[[compound]]\nraw = "covid-19 Research organizations"\n'
    files["sectors.toml"] += again + b'sectors = ["research", "healthcare"]\n'
    with pytest.raises(BriefingError, match="stands twice among the compounds"):
        parse_vocabulary(files)


def test_a_missing_file_is_named(files: dict[str, bytes], tmp_path: Path) -> None:
    del files["places.toml"]
    with pytest.raises(BriefingError, match=r"places\.toml is missing"):
        parse_vocabulary(files)
    with pytest.raises(BriefingError, match=r"sectors\.toml cannot be read"):
        read_vocabulary(tmp_path)
