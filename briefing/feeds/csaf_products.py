"""Which products a CSAF document says are affected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from briefing.feeds.json_fields import object_in, objects_in, text_in, texts_in

MOST_PRODUCTS = 200
"""Of 150 advisories of CISA the longest names 144; the rest of a longer one is in its record."""
_AFFECTED = ("known_affected", "first_affected", "last_affected")


def affected_products(content: dict[str, Any], vendor: str) -> Iterator[tuple[str, str]]:
    """Vendor and product of all that is affected, each pair once, in the order of the tree.

    A product that is named only as fixed or not affected is left out. A document that gives no
    status at all is about every product it names.

    Args:
        content: The CSAF document.
        vendor: Maker of products that stand outside every vendor; "" where nobody knows.
    """
    tree = object_in(content, "product_tree")
    affected = _affected_ids(content, tree)
    found = dict.fromkeys(
        (maker or vendor, product)
        for product_id, maker, product in _products(tree)
        if affected is None or product_id in affected
    )
    return islice(found, MOST_PRODUCTS)


def _affected_ids(content: dict[str, Any], tree: dict[str, Any]) -> set[str] | None:
    """Ids of affected products and of their parts; None where no status is given."""
    affected: set[str] = set()
    stated = False
    for vulnerability in objects_in(content, "vulnerabilities"):
        status = object_in(vulnerability, "product_status")
        stated = stated or bool(status)
        for key in _AFFECTED:
            affected.update(texts_in(status, key))
    if not stated:
        return None
    # "A installed on B" has an id of its own: affected are both, and what they consist of.
    parts = {
        text_in(object_in(relation, "full_product_name"), "product_id"): (
            text_in(relation, "product_reference"),
            text_in(relation, "relates_to_product_reference"),
        )
        for relation in objects_in(tree, "relationships")
    }
    waiting = list(affected) if parts else []
    while waiting:
        for part in parts.get(waiting.pop(), ()):
            if part and part not in affected:
                affected.add(part)
                waiting.append(part)
    return affected


def _products(tree: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Id, vendor and product of every product of the tree that has a name."""
    # A stack of our own: a tree may be nested more deeply than functions can call each other.
    waiting: list[tuple[dict[str, Any], str, str]] = [
        (branch, "", "") for branch in reversed(objects_in(tree, "branches"))
    ]
    while waiting:
        branch, vendor, name = waiting.pop()
        category = text_in(branch, "category")
        if category == "vendor":
            vendor = text_in(branch, "name")
        elif category == "product_name" or (category == "product_family" and not name):
            name = text_in(branch, "name") or name
        product = object_in(branch, "product")
        if product:
            yield from _named(product, vendor, name)
        waiting.extend((inner, vendor, name) for inner in reversed(objects_in(branch, "branches")))
    for product in objects_in(tree, "full_product_names"):
        yield from _named(product, "", "")


def _named(product: dict[str, Any], vendor: str, name: str) -> Iterator[tuple[str, str, str]]:
    name = name or text_in(product, "name")
    if name:
        yield text_in(product, "product_id"), vendor, name
