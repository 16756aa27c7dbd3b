"""Through whose eyes the program is looked, and up to which level."""

from __future__ import annotations

from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.ui.looking import Looking

CLIENT = Client("Practice", tlp=Tlp.AMBER, id="1")


def test_a_client_brings_its_ceiling_and_nobody_sees_what_is_clear_only() -> None:
    looking = Looking()
    assert (looking.client, looking.ceiling) == (None, Tlp.CLEAR)
    looking.set_client(CLIENT)
    assert looking.ceiling is Tlp.AMBER
    looking.set_ceiling(Tlp.GREEN)
    looking.set_client(None)
    assert looking.ceiling is Tlp.CLEAR
    assert Looking(CLIENT).ceiling is Tlp.AMBER


def test_it_tells_of_changes_and_of_nothing_else() -> None:
    looking, told = Looking(), []
    looking.client_changed.connect(lambda: told.append("client"))
    looking.ceiling_changed.connect(lambda: told.append("ceiling"))
    looking.set_client(None)
    looking.set_ceiling(Tlp.CLEAR)
    assert told == []
    looking.set_client(CLIENT)
    looking.set_client(CLIENT)
    assert told == ["ceiling", "client"]
