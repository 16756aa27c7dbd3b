"""A bundle that was read leaves nothing behind but what it said."""

from __future__ import annotations

import gc

from stix_samples import attack, matrix, read, ref, relation


def test_what_was_read_goes_as_soon_as_nobody_holds_it() -> None:
    objects = [matrix(), attack("attack-pattern", 1, "T1001", name="Wading")]
    for number in range(1, 200):
        objects.append(attack("intrusion-set", number, f"G{number:04d}", name=f"Heron {number}"))
        ends = (ref("intrusion-set", number), ref("attack-pattern"))
        objects.append(relation("uses", *ends, number))
    read(*objects)
    gc.collect()
    gc.disable()
    try:
        changes = read(*objects)
        assert len(changes.records) == len(objects)
        del changes
        # What only the collector can free would keep every draft of a release until it comes by.
        assert gc.collect() < 50
    finally:
        gc.enable()
