"""Commands about clients: whom a person advises, kept in the workspace and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefing import paths
from briefing.cli_common import as_json_option, open_database, print_json, say, with_files
from briefing.core.client import Client
from briefing.core.errors import WrongCallError
from briefing.core.wording import UNKNOWN, counted
from briefing.services.open_knowledge import workspace_path
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import Labels, read_labels

if TYPE_CHECKING:
    from briefing.services.client_checks import Problem
    from briefing.services.clients import ClientShelf, Shelved

_Result = TypeVar("_Result")


@click.group("clients")
def clients_command() -> None:
    """The clients in your workspace, and which of them the program is looked at through."""


@clients_command.command("list")
@as_json_option
@with_files
def list_command(as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """List the clients; the chosen one is marked."""
    del database
    shelved = _on_shelf(workspace, lambda shelf: shelf.read())
    if as_json:
        chosen = shelved.chosen.id if shelved.chosen else None
        print_json({"clients": [client_json(one) for one in shelved.clients], "chosen": chosen})
    else:
        say(_list_text(shelved))
    return 0


@clients_command.command("show")
@click.argument("name")
@as_json_option
@with_files
def show_command(name: str, as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """Show the client NAME, and what to know about it."""
    client = _on_shelf(workspace, lambda shelf: shelf.named(name))
    _show(client, open_database(database), as_json)
    return 0


@clients_command.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Take the place of the client of the same name.")
@as_json_option
@with_files
def add_command(
    file: Path, replace: bool, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Keep the client that the TOML file FILE describes."""
    # lazy: 0.1 s, as below.
    from briefing.services.clients import read_client_file  # noqa: PLC0415 - start time

    knowledge = open_database(database)
    client = read_client_file(file, read_labels(knowledge.connection))
    kept = _on_shelf(workspace, lambda shelf: shelf.take(client) if replace else shelf.add(client))
    if not as_json:
        say(f"The client “{kept.name}” is kept in your workspace.")
    _show(kept, knowledge, as_json)
    return 0


@clients_command.command("export")
@click.argument("name")
@click.option(
    *("-o", "--output"),
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The TOML file to write; its logo is written beside it.",
)
@as_json_option
@with_files
def export_command(
    name: str, output: Path, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Write the client NAME to a TOML file."""
    # lazy: 0.1 s, what briefings are exported with.
    from briefing.services.client_writing import write_client_file  # noqa: PLC0415 - start time

    del database
    client = _on_shelf(workspace, lambda shelf: shelf.named(name))
    written = write_client_file(client, output)
    if as_json:
        print_json({"client": client.id, "files": [str(path) for path in written]})
    else:
        say("\n".join(f"Wrote {path}" for path in written))
    return 0


@clients_command.command("remove")
@click.argument("name")
@as_json_option
@with_files
def remove_command(name: str, as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """Remove the client NAME from the workspace, with every trace of it in the file."""

    def remove(shelf: ClientShelf) -> tuple[Client, bool]:
        found = shelf.named(name)
        return found, shelf.delete(found.id)

    del database
    client, wiped = _on_shelf(workspace, remove)
    if as_json:
        print_json({"id": client.id, "name": client.name, "wiped": wiped})
    else:
        rest = "" if wiped else " Traces stay in the file until every program that has it closes."
        say(f"The client “{client.name}” was removed.{rest}")
    return 0


@clients_command.command("choose")
@click.argument("name", default="")
@click.option("--nobody", is_flag=True, help="Look through nobody's eyes.")
@as_json_option
@with_files
def choose_command(
    name: str, nobody: bool, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Look at the program through the eyes of the client NAME."""

    def choose(shelf: ClientShelf) -> Client | None:
        found = None if nobody else shelf.named(name)
        shelf.choose(found.id if found else "")
        return found

    del database
    if bool(name) == nobody:
        raise WrongCallError("Give either the name of a client or --nobody.")
    chosen = _on_shelf(workspace, choose)
    if as_json:
        print_json({"chosen": {"id": chosen.id, "name": chosen.name} if chosen else None})
    elif chosen:
        say(f"The program is looked at as “{chosen.name}” now.")
    else:
        say("The program is looked at as nobody in particular now.")
    return 0


def client_json(client: Client) -> dict[str, Any]:
    """A client with the keys of a client file, and its id."""
    return {
        "id": client.id or None,
        "name": client.name,
        "sectors": list(client.sectors),
        "countries": list(client.countries),
        "size": client.size or None,
        "customer_sectors": list(client.customer_sectors),
        "supplier_sectors": list(client.supplier_sectors),
        "uses_msp": client.uses_msp,
        "technology": list(client.technology),
        "tlp": client.tlp.code,
        "brand": {
            "logo": bool(client.brand.logo),
            "primary": client.brand.primary or None,
            "secondary": client.brand.secondary or None,
            "footer": client.brand.footer or None,
        },
        "example": client.example,
    }


def client_text(client: Client, labels: Labels) -> str:
    """A client in a few lines for a person."""
    brand = client.brand
    looks = [
        "a logo" if brand.logo else "",
        *(colour for colour in (brand.primary, brand.secondary) if colour),
        f"footer “{brand.footer}”" if brand.footer else "",
    ]
    rows = (
        ("Sectors", [labels.label("sector", code) for code in client.sectors]),
        ("Countries", [labels.label("country", code) for code in client.countries]),
        ("Size", [client.size]),
        ("Serves", [labels.label("sector", code) for code in client.customer_sectors]),
        ("Served by", [labels.label("sector", code) for code in client.supplier_sectors]),
        ("Managed service provider", ["yes" if client.uses_msp else "no"]),
        ("Technology", list(client.technology)),
        ("Audience up to", [client.tlp.label]),
        ("Brand", looks),
    )
    mark = " (example)" if client.example else ""
    lines = [f"{client.name}{mark}"]
    for title, values in rows:
        words = "; ".join(value for value in values if value)
        lines.append(f"  {title}: {words or UNKNOWN}")
    return "\n".join(lines)


def _show(client: Client, knowledge: KnowledgeFile, as_json: bool) -> None:
    # lazy: 0.1 s, as below.
    from briefing.services.client_notes import notes  # noqa: PLC0415 - start time
    from briefing.services.technology import known_technology  # noqa: PLC0415 - start time

    found = notes(client, known_technology(knowledge))
    if as_json:
        print_json({"client": client_json(client), "notes": [_note_json(one) for one in found]})
        return
    say(client_text(client, read_labels(knowledge.connection)))
    for one in found:
        say(f"Note: {one.text}")


def _note_json(note: Problem) -> dict[str, str]:
    return {"field": note.field, "text": note.text}


def _list_text(shelved: Shelved) -> str:
    if not shelved.clients:
        return "There is no client yet; “briefing clients add FILE.toml” keeps one."
    lines = [f"{counted(len(shelved.clients), 'client')}, * is looked through:"]
    for one in shelved.clients:
        mark = "*" if one == shelved.chosen else " "
        where = ", ".join(one.countries) or UNKNOWN
        what = ", ".join(one.sectors) or UNKNOWN
        lines.append(f"{mark} {one.name} ({what}; {where}; {one.tlp.label})")
    return "\n".join(lines)


def _on_shelf(workspace: Path | None, work: Callable[[ClientShelf], _Result]) -> _Result:
    # lazy: 0.1 s of checks and of likeness of names.
    from briefing.services.clients import ClientShelf  # noqa: PLC0415 - start time

    with ClientShelf(workspace_path(workspace, paths.user_data_folder())) as shelf:
        return work(shelf)


CLIENT_COMMANDS = (clients_command,)
