"""Single cells of EuRepoC's tables: lists, joined values, dates, names."""

from __future__ import annotations

import pytest

from briefing.feeds.eurepoc_cells import iso_date, joined, nested, texts
from briefing.feeds.eurepoc_claims import names_of


@pytest.mark.parametrize(
    ("cell", "flat"),
    [
        ("['a', \"b'c\"]", ("a", "b'c")),
        (r"['a\xa0b\n', None]", ("a\xa0b\n", "")),
        ("[]", ()),
        ("", ()),
        ("a; b", ("a; b",)),
        ("['a'", ("['a'",)),
        ("['a'] + ['b']", ("['a'] + ['b']",)),
        ("['a'], ['b']", ("['a'], ['b']",)),
        (r"['\d']", (r"['\d']",)),
        (r"['\U00110000']", (r"['\U00110000']",)),
        ("[1, 2]", ("[1, 2]",)),
        ("[__import__('os')]", ("[__import__('os')]",)),
        ("[" * 100_000, ("[" * 100_000,)),
        ("[[[['a']]]]", ("[[[['a']]]]",)),
        ("[" + "'a'," * 30_000 + "]", ("[" + "'a'," * 30_000 + "]",)),
    ],
)
def test_a_cell_that_is_no_list_of_texts_is_one_text(cell: str, flat: tuple[str, ...]) -> None:
    assert texts(cell) == flat
    if not cell.startswith("["):
        assert nested(cell) == ((flat,) if cell else ())


def test_a_list_of_lists_keeps_its_shape() -> None:
    assert nested("[['a', ''], [], 'b', None]") == (("a", ""), (), ("b",), ("",))


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("a; b", ("a", "b")),
        ("a", ("a",)),
        ("a; ", ("a", "")),
        (" ", ()),
        ("a (x; y); b [z; (q; r)]", ("a (x; y)", "b [z; (q; r)]")),
        ("a) ; b", ("a) ", "b")),
        ("a (x; b", ("a (x", "b")),
    ],
)
def test_values_are_parted_at_semicolons_outside_brackets(
    cell: str, values: tuple[str, ...]
) -> None:
    assert joined(cell) == values


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2022-03-24", "2022-03-24"),
        (" 2022-03-24 00:00:00 ", "2022-03-24"),
        ("2022-03-24T10:11:12.5", "2022-03-24"),
        ("2022", "2022"),
        ("2022-13-01", ""),
        ("24.3.2022", ""),
        ("NaT", ""),
        ("", ""),
        ("٢٠٢٢", ""),
    ],
)
def test_a_date_is_iso_8601_or_nothing(cell: str, date: str) -> None:
    assert iso_date(cell) == date


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Fox", ["Fox"]),
        ("Fox/ Owl /G0001 (Unit 5, 16th / 18th Center)", ["Fox", "Owl", "G0001"]),
        ("Fox/TG-4127/Group G0007 (GRU, Main Centre (GTsSS))", ["Fox", "TG-4127", "G0007"]),
        ("Fox/DEV-0157, Group G0047", ["Fox", "DEV-0157", "G0047"]),
        ("Fox/G0001 (Unit 5) < Canines/G0044", ["Fox", "G0001"]),
        ("A. Person (Unit 5) --> Fox/G0001", ["A. Person"]),
        ("Fox057(16)", ["Fox057(16)"]),
        ("Fox/Fox/", ["Fox"]),
        ("", []),
    ],
)
def test_the_names_of_an_initiator_are_its_own(written: str, names: list[str]) -> None:
    assert names_of(written) == names
