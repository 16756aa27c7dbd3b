"""A matrix as it is shown: folded without counting anybody twice."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.matrix_shape import ALL, OTHERS, UNSTATED, Grid, shaped
from briefing.core.actor import Coded
from briefing.core.targeting import Matrix

# Who targets what from where; one actor has two origins.
ACTORS: dict[str, tuple[set[str], set[str]]] = {
    "bear": ({"bank", "ship"}, {"RU"}),
    "fox": ({"bank"}, {"RU"}),
    "wolf": ({"bank"}, {"RU", "BY"}),
    "crane": ({"ship"}, {"KP"}),
    "kite": ({"ship"}, {"BY", "KP"}),
    "nobody": ({"bank", "farm"}, {UNSTATED}),
}


def among(row: str, columns: Collection[str]) -> int:
    """Different actors, counted one by one."""
    return sum(
        bool(origins & set(columns)) and (row == ALL or row in sectors)
        for sectors, origins in ACTORS.values()
    )


def matrix(actors: dict[str, tuple[set[str], set[str]]] = ACTORS) -> Matrix:
    rows = sorted({sector for sectors, _ in actors.values() for sector in sectors})
    columns = sorted({origin for _, origins in actors.values() for origin in origins})
    cells = {
        (row, column): number
        for row in rows
        for column in columns
        if (
            number := sum(
                row in sectors and column in origins for sectors, origins in actors.values()
            )
        )
    }
    return Matrix(
        rows=tuple(Coded(row, row.title()) for row in rows),
        columns=tuple(Coded(column, column or "Origin not stated") for column in columns),
        cells=cells,
        row_totals={row: sum(row in s for s, _ in actors.values()) for row in rows},
        column_totals={c: sum(c in o for _, o in actors.values()) for c in columns},
        actors=len(actors),
    )


def statements() -> Matrix:
    columns = ("bear", "fox", "kite", "wolf")
    cells = {
        ("bank", "bear"): 1,
        ("bank", "fox"): 5,
        ("bank", "kite"): 2,
        ("ship", "bear"): 2,
        ("ship", "wolf"): 9,
    }
    return Matrix(
        rows=(Coded("bank", "Bank"), Coded("ship", "Ship")),
        columns=tuple(Coded(code, code.title()) for code in columns),
        cells=cells,
        row_totals={"bank": 3, "ship": 2},
        column_totals=dict.fromkeys(columns, 1),
        actors=4,
        counts="statements",
    )


def heads(grid: Grid) -> list[str]:
    return [column.head.label for column in grid.columns]


def test_not_stated_is_the_last_column_however_large() -> None:
    everybody = {name: (sectors, {UNSTATED}) for name, (sectors, _) in ACTORS.items()}
    everybody["fox"] = ({"bank"}, {"RU"})
    assert heads(shaped(matrix(everybody), "size")) == ["RU", "not stated"]
    assert heads(shaped(matrix(everybody), "name")) == ["RU", "not stated"]


def test_rows_and_columns_go_by_size_or_by_name() -> None:
    grid = shaped(matrix(), "size")
    assert [row.label for row in grid.rows] == ["Bank", "Ship", "Farm"]
    assert heads(grid) == ["RU", "BY", "KP", "not stated"]
    grid = shaped(matrix(), "name")
    assert [row.label for row in grid.rows] == ["Bank", "Farm", "Ship"]
    assert heads(grid) == ["BY", "KP", "RU", "not stated"]


def test_an_actor_of_two_folded_origins_counts_once() -> None:
    grid = shaped(matrix(), "size", most_columns=1, together=among)
    assert heads(grid) == ["RU", "2 others", "not stated"]
    assert [member.code for member in grid.columns[1].members] == ["BY", "KP"]
    assert grid.cells["ship", OTHERS] == 2  # crane and kite, who is of both
    assert grid.column_totals[OTHERS] == 3
    assert (grid.all_columns, grid.all_rows) == (3, 3)


def test_nobody_is_folded_to_make_room_for_one_column() -> None:
    assert heads(shaped(matrix(), "size", most_columns=2)) == ["RU", "BY", "KP", "not stated"]


def test_the_smallest_rows_are_left_out_whatever_the_order() -> None:
    grid = shaped(matrix(), "name", most_rows=1)
    assert [row.code for row in grid.rows] == ["bank"]
    assert grid.all_rows == 3
    assert {row for row, _ in grid.cells} == {"bank"}
    assert grid.row_totals == {"bank": 4}


def test_folding_actors_takes_somebody_who_counts_them() -> None:
    with pytest.raises(ValueError, match="count them"):
        shaped(matrix(), "size", most_columns=1)


def test_statements_of_several_actors_add_up() -> None:
    grid = shaped(statements(), "size", most_columns=2)
    assert heads(grid) == ["Wolf", "Fox", "2 others"]
    assert grid.cells["bank", OTHERS] == 3
    assert grid.cells["ship", OTHERS] == 2
    assert grid.column_totals == {"wolf": 9, "fox": 5, OTHERS: 5}
    assert grid.statements == 19
    assert grid.actors == 4


def test_shades_begin_at_one_and_end_at_the_last_class() -> None:
    actors = shaped(matrix(), "size")
    assert [actors.shade(number, "RU") for number in (1, 2, 4, 5, 12, 13, 29, 30, 900)] == [
        *(0, 1, 1, 2, 2, 3, 3, 4, 4)
    ]
    said = shaped(statements(), "size")
    assert [said.shade(number, "fox") for number in (1, 2, 3, 4, 5, 8, 9)] == [0, 1, 2, 2, 3, 3, 4]


def test_added_up_statements_have_no_shade_beside_those_of_single_actors() -> None:
    assert shaped(statements(), "size").shade(300, OTHERS) is None
    assert shaped(matrix(), "size").shade(300, OTHERS) == 4


def test_a_matrix_of_nothing_is_a_grid_of_nothing() -> None:
    empty = Matrix((), (), {}, {}, {}, 0)
    grid = shaped(empty, "clustered")
    assert grid == Grid()


def test_clustering_sees_past_what_everybody_is_said_to_do() -> None:
    """All target the state; what is told apart is the rest."""
    rest = {"a": "bank", "b": "ship", "c": "bank", "d": "ship"}
    cells = {("state", column): 9 for column in rest}
    cells |= {(row, column): 4 for column, row in rest.items()}
    found = shaped(
        Matrix(
            rows=tuple(Coded(row, row) for row in ("state", "bank", "ship")),
            columns=tuple(Coded(column, column) for column in rest),
            cells=cells,
            row_totals={"state": 4, "bank": 2, "ship": 2},
            column_totals=dict.fromkeys(rest, 1),
            actors=4,
            counts="statements",
        ),
        "clustered",
    )
    order = "".join(column.code for column in found.columns)
    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset("ac"), frozenset("bd")}


@given(
    st.dictionaries(
        st.sampled_from("ABCDEFGH"),
        st.tuples(
            st.sets(st.sampled_from(["bank", "ship", "farm"]), min_size=1),
            st.sets(st.sampled_from(["RU", "KP", "BY", "IR", "CN"]), min_size=1, max_size=2)
            | st.just({UNSTATED}),
        ),
        min_size=1,
    ),
    st.integers(0, 5),
)
def test_a_folded_column_is_never_larger_than_the_whole(
    actors: dict[str, tuple[set[str], set[str]]], most: int
) -> None:
    def count(row: str, columns: Collection[str]) -> int:
        return sum(
            bool(origins & set(columns)) and (row == ALL or row in sectors)
            for sectors, origins in actors.values()
        )

    grid = shaped(matrix(actors), "clustered", most_columns=most, together=count)
    members = [member.code for column in grid.columns for member in column.members]
    assert sorted(members) == sorted({o for _, origins in actors.values() for o in origins})
    for column in grid.columns:
        assert grid.column_totals[column.code] == count(ALL, {m.code for m in column.members})
        assert grid.column_totals[column.code] <= grid.actors
