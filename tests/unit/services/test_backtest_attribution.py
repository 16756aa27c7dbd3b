"""The published backtest of the overlap reproduced, and files that are none refused."""

from __future__ import annotations

import copy
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared_data import FOLDER, needs_shared_data

from briefing.core.errors import BriefingError
from briefing.services import backtest_attribution as service
from briefing.services.backtest_attribution import backtest_attribution
from briefing.services.help_content import Grid
from briefing.services.help_overlap import overlap_help
from briefing.services.overlap_words import BACKTEST_LINE, MARGINS

SMALL: dict[str, Any] = {
    "group_names": {"G0001": "Bear"},
    "cases": [
        {
            "id": "C0001",
            "name": "A campaign",
            "true_groups": ["G0001"],
            "features": ["T1001", "S0001"],
            "profiles": {"G0001": ["T1001", "S0001"], "G0002": ["T1001"]},
        },
        {"id": "C0002", "name": "", "true_groups": [], "features": ["T1001"], "profiles": {}},
    ],
}


def written(path: Path, data: Any) -> Path:
    path.write_bytes(gzip.compress(json.dumps(data).encode()))
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cases.json.gz"


@needs_shared_data
def test_the_published_figures_are_reproduced() -> None:
    found = backtest_attribution(FOLDER / "attribution-backtest.json.gz").backtest
    assert found.cases == 21
    assert [found.within(cut) for cut in (1, 3, 10)] == [7, 10, 13]
    assert round(found.mrr, 3) == 0.434


@needs_shared_data
def test_what_is_printed_beside_rankings_and_in_help_is_what_was_measured() -> None:
    found = backtest_attribution(FOLDER / "attribution-backtest.json.gz").backtest
    missed = found.cases - found.within(10)
    line = f"In {missed} of {found.cases} cases the true group is not in the top ten."
    assert line == BACKTEST_LINE
    methods, margins = [
        block
        for part in overlap_help().sections
        for block in part.blocks
        if isinstance(block, Grid)
    ]
    figures = [str(found.within(cut)) for cut in (1, 3, 10)]
    assert methods.rows[-1] == ("this order", *figures, f"{found.mrr:.3f}".removeprefix("0"))
    assert [row[2] for row in margins.rows] == [f"{b.right} of {b.rankings}" for b in found.bands]
    assert [band.least for band in MARGINS] == [band.least for band in found.bands]


def test_help_says_what_it_is_in_plain_words() -> None:
    page = overlap_help()
    assert BACKTEST_LINE in page.words()
    assert "“briefing backtest attribution”" in page.words()
    assert not re.search(r"\d\s*%|per ?cent", page.words())
    assert "'" not in page.words()


def test_a_plain_file_is_read_as_a_packed_one_is(file: Path, tmp_path: Path) -> None:
    plain = tmp_path / "cases.json"
    plain.write_text(json.dumps(SMALL), encoding="utf-8")
    found = backtest_attribution(plain)
    assert found == backtest_attribution(written(file, SMALL))
    assert (found.backtest.cases, found.left_out, found.names) == (1, 1, {"G0001": "Bear"})
    assert found.backtest.placed[0].rank == 1


def _change(*way: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = to

    return change


def _drop(*way: str | int) -> Callable[[dict[str, Any]], None]:
    def drop(data: dict[str, Any]) -> None:
        place: Any = data
        for step in way[:-1]:
            place = place[step]
        del place[way[-1]]

    return drop


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_drop("group_names"), "the file lacks “group_names”."),
        (_drop("cases", 0, "profiles"), "entry 1 of “cases” in the file lacks “profiles”."),
        (_change("group_names", "G0001", to=1), "“G0001” in “group_names” in the file is no text."),
        (_change("cases", to={}), "“cases” in the file is no list."),
        (_change("cases", 0, to=[]), "entry 1 of “cases” in the file is no object."),
        (
            _change("cases", 0, "features", to="T1001"),
            "“features” in entry 1 of “cases” in the file is no list.",
        ),
        (
            _change("cases", 0, "features", to=["T1001", None]),
            "entry 2 of “features” in entry 1 of “cases” in the file is no text.",
        ),
        (
            _change("cases", 0, "profiles", "G0002", to={}),
            "“G0002” in “profiles” in entry 1 of “cases” in the file is no list.",
        ),
        (
            _change("cases", to=[]),
            "“cases” in the file holds no case with true groups and features to measure.",
        ),
        (
            _change("cases", 0, "true_groups", to=[]),
            "“cases” in the file holds no case with true groups and features to measure.",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused_with_the_place(
    file: Path, harm: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    data = copy.deepcopy(SMALL)
    harm(data)
    with pytest.raises(BriefingError) as refused:
        backtest_attribution(written(file, data))
    assert (
        refused.value.message == f"{file} is no file of cases for measuring attribution: {sentence}"
    )
    assert "“briefing backtest attribution --help”" in refused.value.remedy


def test_the_file_of_the_other_backtest_is_refused(file: Path) -> None:
    other = {"actors": {}, "subregions": {}, "history": [], "cases": []}
    with pytest.raises(BriefingError, match="lacks “group_names”"):
        backtest_attribution(written(file, other))


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"[" * 100_000, b'{"cases": NaN}', b"[1, 2"])
def test_what_is_no_json_is_refused(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(data))
    with pytest.raises(BriefingError):
        backtest_attribution(file)


def test_a_file_that_breaks_off_or_is_not_there_is_refused(file: Path) -> None:
    with pytest.raises(BriefingError, match="cannot be read"):
        backtest_attribution(file)
    file.write_bytes(gzip.compress(json.dumps(SMALL).encode())[:-12])
    with pytest.raises(BriefingError, match="breaks off before its end"):
        backtest_attribution(file)


def test_what_would_take_hours_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_WORK", 3)
    with pytest.raises(BriefingError, match="would take too long"):
        backtest_attribution(written(file, SMALL))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(SMALL["cases"][0])), inner, max_size=5)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(SMALL)), json_values)
def test_whatever_stands_in_a_file_it_is_measured_or_refused(
    file: Path, key: str, value: Any
) -> None:
    refused = ""
    try:
        cases = backtest_attribution(written(file, {**SMALL, key: value})).backtest.cases
    except BriefingError as error:
        cases, refused = 0, str(error)
    assert cases or refused.startswith(str(file))
