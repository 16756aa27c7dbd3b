"""CSAF: which products are affected, and what they are called across feeds."""

from __future__ import annotations

import time
from typing import Any

from csaf_samples import VENDOR, advisory, branch, maker, read, said, vulnerability

from briefing.feeds.csaf_products import MOST_PRODUCTS
from briefing.feeds.products import affects, product_code


def affected(tree: Any, *vulnerabilities: Any, **document: Any) -> list[tuple[str, str]]:
    changes = read(advisory(tree=tree, vulnerabilities=vulnerabilities, **document))
    return [(s.object, s.value) for s in said(changes, "affects")]


def test_vendor_and_product_come_from_the_branches_each_pair_once() -> None:
    tree = {
        "branches": [
            maker("Example", ("Pump Controller", "P-1"), ("Valve", "P-2")),
            maker("Example", ("Pump Controller", "P-3")),
        ]
    }
    changes = read(advisory(tree=tree, vulnerabilities=[vulnerability(affected=["P-1", "P-3"])]))
    (statement,) = said(changes, "affects")
    assert statement.object == "example:pump_controller"
    assert statement.value == "Example Pump Controller"
    assert statement.detail == {"vendor": "Example", "product": "Pump Controller"}


def test_a_product_that_is_only_fixed_or_not_affected_is_left_out() -> None:
    tree = {"branches": [maker("Example", ("Pump", "P-1"), ("Valve", "P-2"), ("Gauge", "P-3"))]}
    status = {"known_not_affected": ["P-2"], "fixed": ["P-3"], "last_affected": ["P-1"]}
    found = affected(tree, vulnerability(affected=()), {"product_status": status})
    assert found == [("example:pump", "Example Pump")]


def test_a_document_without_any_status_is_about_every_product_it_names() -> None:
    tree = {"branches": [maker("Example", ("Pump", "P-1"), ("Valve", "P-2"))]}
    assert [code for code, _ in affected(tree)] == ["example:pump", "example:valve"]


def test_of_a_product_on_another_both_are_affected() -> None:
    tree = {
        "branches": [maker("Example", ("Firewall", "P-1"), ("Switch", "P-2"), ("Pump", "P-3"))],
        "relationships": [
            {
                "category": "installed_on",
                "product_reference": "P-1",
                "relates_to_product_reference": "P-2",
                "full_product_name": {"name": "Firewall on Switch", "product_id": "P-12"},
            },
            "text",
        ],
    }
    found = affected(tree, vulnerability(affected=["P-12"]))
    assert [code for code, _ in found] == ["example:firewall", "example:switch"]


def test_products_that_are_parts_of_each_other_end() -> None:
    def relation(whole: str, part: str) -> dict[str, Any]:
        return {"product_reference": part, "full_product_name": {"product_id": whole}}

    tree = {
        "branches": [maker("Example", ("Pump", "P-1"))],
        "relationships": [relation("P-1", "P-2"), relation("P-2", "P-1")],
    }
    assert affected(tree, vulnerability(affected=["P-2"])) == [("example:pump", "Example Pump")]


def test_a_family_names_a_product_where_nothing_below_it_does() -> None:
    family = branch(
        "product_family",
        "Pumps",
        branch("product_name", "Pump 9", product="P-1"),
        branch("product_version", "2.0", product="P-2"),
    )
    found = affected(
        {"branches": [branch("vendor", "Example", family)]}, vulnerability(affected=["P-1", "P-2"])
    )
    assert found == [("example:pump_9", "Example Pump 9"), ("example:pumps", "Example Pumps")]


def test_a_product_outside_every_vendor_is_the_publishers_where_it_is_a_vendor() -> None:
    tree = {"full_product_names": [{"name": "Pump 9", "product_id": "P-1"}]}
    vendor = {"category": "vendor", "name": "Example Works", "namespace": VENDOR}
    assert affected(tree, vulnerability(), publisher=vendor) == [
        ("example_works:pump_9", "Example Works Pump 9")
    ]
    changes = read(advisory(tree=tree))
    (statement,) = said(changes, "affects")
    assert (statement.object, statement.value) == ("", "Pump 9")
    assert statement.detail == {"vendor": "", "product": "Pump 9"}


def test_hundreds_of_products_are_bounded_and_quick() -> None:
    named = [(f"Pump {number}", f"P-{number}") for number in range(20_000)]
    document = advisory(
        tree={"branches": [maker("Example", *named)]},
        vulnerabilities=[vulnerability(affected=[name for _, name in named]) for _ in range(20)],
    )
    started = time.perf_counter()
    changes = read(document)
    assert time.perf_counter() - started < 3
    assert len(said(changes, "affects")) == MOST_PRODUCTS
    assert len(changes.records[0].value()["product_tree"]["branches"][0]["branches"]) == 20_000


def test_a_deep_tree_is_walked_to_its_end() -> None:
    inner = branch("product_version", "1", product="P-1")
    for number in range(60):
        inner = branch("product_name", f"Pump {number}", inner)
    found = affected({"branches": [branch("vendor", "Example", inner)]}, vulnerability())
    assert found == [("example:pump_0", "Example Pump 0")]


def test_a_product_code_is_written_like_a_cpe_name() -> None:
    assert product_code("Schneider Electric Software, LLC", "M580 CPU (part)") == (
        "schneider_electric_software_llc:m580_cpu_part"
    )
    assert product_code("Müller®", "Spectrum Power™ 5") == "muller:spectrum_power_5"
    assert product_code("海康威视", "摄像机 2") == "海康威视:摄像机_2"
    assert product_code("Example", "!!!") == product_code("", "Pump") == ""


def test_a_vendor_that_begins_the_products_name_is_not_said_twice() -> None:
    assert affects("x", "WAGO", "WAGO e!DISPLAY").value == "WAGO e!DISPLAY"
    assert affects("x", "Git", "Git").value == "Git"
    assert affects("x", "Example", "Pump").value == "Example Pump"
