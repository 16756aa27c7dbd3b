"""Clients as they are kept in workspace.db, and removed from it without a trace."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Final

from briefing.core.client import Brand, Client
from briefing.core.tlp import Tlp
from briefing.core.vocabulary import fold
from briefing.store.connection import DatabaseError, immediate, sentences

_COLUMNS: Final = (
    "id, key, name, sectors, countries, size, customer_sectors, supplier_sectors, uses_msp,"
    " technology, tlp, primary_colour, secondary_colour, footer, example, logo"
)
_PLACES: Final = ", ".join("?" * len(_COLUMNS.split(",")))
_REPLACED: Final = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", "))
_CHOSEN: Final = "client"


class ClientStore:
    """The clients of a workspace, on a connection of their own; used on the thread that made it."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            DatabaseError: with the reason; a newer or foreign file is left as it is.
        """
        # lazy: 0.1 s of migrations; the window stands before its clients are asked for.
        from briefing.store.migrate import open_workspace  # noqa: PLC0415 - start time

        self._path = path
        self._connection: sqlite3.Connection = open_workspace(path)
        # What is deleted is overwritten with zeros, in pages that stay as in those that are freed.
        self._connection.execute("PRAGMA secure_delete = ON")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def all(self) -> tuple[Client, ...]:
        """Every client, by name whatever its case."""
        with sentences(self._path):
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM client ORDER BY key")  # noqa: S608 - a constant of ours
            return tuple(_client(row) for row in rows)

    def bearer(self, name: str) -> str:
        """Id of the client that bears a name, whatever case and width; "" where none does."""
        with sentences(self._path):
            row = self._connection.execute(
                "SELECT id FROM client WHERE key = ?", (fold(name),)
            ).fetchone()
        return str(row["id"]) if row else ""

    def put(self, client: Client) -> None:
        """Keep a client under its id; what was kept under that id is replaced.

        Raises:
            DatabaseError: where another client bears the name, or the file cannot be written.
        """
        with immediate(self._connection, self._path):
            # In place: to delete the row would take along what rests on it.
            self._connection.execute(
                f"INSERT INTO client ({_COLUMNS}) VALUES ({_PLACES})"  # noqa: S608 - constants of ours
                f" ON CONFLICT (id) DO UPDATE SET {_REPLACED}",
                _row(client),
            )

    def delete(self, client: str) -> bool:
        """Remove a client, and the choice of it, from the file and from its log.

        Returns:
            Whether no byte of it is left in the file. Another program that reads the workspace at
            this moment can keep its log alive; the log goes when the last of them is closed.

        Raises:
            DatabaseError: when the file cannot be written; the client is still there then.
        """
        with immediate(self._connection, self._path):
            self._connection.execute("DELETE FROM client WHERE id = ?", (client,))
            self._connection.execute(
                "DELETE FROM choice WHERE what = ? AND value = ?", (_CHOSEN, client)
            )
        return self._wiped()

    @property
    def chosen(self) -> str:
        """Id of the client the program is looked at through; "" for nobody."""
        with sentences(self._path):
            row = self._connection.execute(
                "SELECT value FROM choice JOIN client ON client.id = value WHERE what = ?",
                (_CHOSEN,),
            ).fetchone()
        return str(row["value"]) if row else ""

    def choose(self, client: str) -> None:
        """Look through a client's eyes; "" for nobody's."""
        with immediate(self._connection, self._path):
            if client:
                self._connection.execute(
                    "INSERT OR REPLACE INTO choice VALUES (?, ?)", (_CHOSEN, client)
                )
            else:
                self._connection.execute("DELETE FROM choice WHERE what = ?", (_CHOSEN,))

    def _wiped(self) -> bool:
        """Write the file anew without what was deleted, and empty its log."""
        try:
            with sentences(self._path):
                self._connection.execute("VACUUM")
                busy: int = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[
                    0
                ]
        except DatabaseError:
            # The client is gone from what is read; only the wiping has to wait.
            return False
        return not busy


def _row(client: Client) -> tuple[object, ...]:
    brand = client.brand
    return (
        client.id,
        fold(client.name),
        client.name,
        json.dumps(client.sectors),
        json.dumps(client.countries),
        client.size,
        json.dumps(client.customer_sectors),
        json.dumps(client.supplier_sectors),
        client.uses_msp,
        json.dumps(client.technology),
        client.tlp.code,
        brand.primary,
        brand.secondary,
        brand.footer,
        client.example,
        brand.logo,
    )


def _client(row: sqlite3.Row) -> Client:
    return Client(
        name=row["name"],
        sectors=tuple(json.loads(row["sectors"])),
        countries=tuple(json.loads(row["countries"])),
        size=row["size"],
        customer_sectors=tuple(json.loads(row["customer_sectors"])),
        supplier_sectors=tuple(json.loads(row["supplier_sectors"])),
        uses_msp=bool(row["uses_msp"]),
        technology=tuple(json.loads(row["technology"])),
        tlp=_ceiling(row["tlp"]),
        brand=Brand(row["logo"], row["primary_colour"], row["secondary_colour"], row["footer"]),
        id=row["id"],
        example=bool(row["example"]),
    )


def _ceiling(code: str) -> Tlp:
    """The audience's ceiling; a label that is none closes it altogether."""
    return next((level for level in Tlp if level.code == code), Tlp.CLEAR)
