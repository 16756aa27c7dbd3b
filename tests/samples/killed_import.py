"""An import that says how far it is and then waits, so that a test can kill it there.

Called with the database, ``transaction`` or ``autocommit``, and the line at which it does not wait
any more ("" for all). Every line it prints is a moment: ``256`` records written, ``committing``,
``committed``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from store_samples import actor, changes, document, targets

from briefing.core.changes import ChangeSet
from briefing.store.apply import apply_changes
from briefing.store.connection import immediate
from briefing.store.migrate import open_knowledge

RECORDS = 2000


def big_import() -> ChangeSet:
    """Two thousand actors, each with a long text that does not fit into a small cache."""
    drafts = (
        actor(number, f"Actor {number}", said=targets(number, "energy", "media"), text="x" * 500)
        for number in range(RECORDS)
    )
    return changes(*drafts, version="2", full=False, documents=[document()])


def say(moment: str) -> None:
    """Tell the moment, and go on when told to."""
    sys.stdout.write(f"{moment}\n")
    sys.stdout.flush()
    if moment != "committing":
        sys.stdin.readline()


def main(path: Path, mode: str) -> None:
    """Import, saying each moment."""
    connection = open_knowledge(path)
    # So small a cache writes half-finished pages to the disk long before the commit.
    connection.execute("PRAGMA cache_size = 10")

    def tick(done: int, _total: int) -> None:
        say(str(done))

    if mode == "autocommit":
        connection.isolation_level = None
        apply_changes(connection, big_import(), taken_at="", applied_at="", tick=tick)
    else:
        with immediate(connection, path):
            apply_changes(connection, big_import(), taken_at="", applied_at="", tick=tick)
            say("committing")
    say("committed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
