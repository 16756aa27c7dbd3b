"""Tokens of sources: only in the keyring of the system, and a sentence where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from briefing.feeds.remote import Credentials
from briefing.services.tokens import SERVICE, TokenError, Tokens

NO_KEYRING = """
from briefing.core.errors import BriefingError
from briefing.feeds.remote import Credentials
from briefing.services.tokens import Tokens

for use in (
    lambda: Tokens().store("taxii", Credentials("sesame")),
    lambda: Tokens().read("taxii"),
    lambda: Tokens().delete("taxii"),
):
    try:
        use()
    except BriefingError as error:
        print(error.message)
"""
BUS_WITHOUT_SERVICES = """
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
SENTENCE = "This system has no keyring in which the token of a source could be kept."


class Drawer(KeyringBackend):
    """A keyring that lives as long as the test, behind keyring's own interface."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("No such password!")
        del self.kept[service, username]

    def _open(self) -> None:
        if self.locked:
            raise KeyringLocked("Failed to unlock the collection!")


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@given(st.text(min_size=1), st.text())
def test_what_was_stored_is_read(secret: str, user: str) -> None:
    drawer = Drawer()
    Tokens(lambda: drawer).store("taxii", Credentials(secret, user))
    assert Tokens(lambda: drawer).read("taxii") == Credentials(secret, user)


def test_each_source_has_its_own_token_under_the_name_of_the_program(drawer: Drawer) -> None:
    tokens = Tokens(lambda: drawer)
    tokens.store("taxii", Credentials("one"))
    tokens.store("misp", Credentials("two", "ada"))
    tokens.store("taxii", Credentials("three"))
    assert set(drawer.kept) == {(SERVICE, "taxii"), (SERVICE, "misp")}
    assert tokens.read("taxii") == Credentials("three")
    assert tokens.read("misp") == Credentials("two", "ada")


def test_a_removed_token_is_gone_and_may_be_removed_again(drawer: Drawer) -> None:
    tokens = Tokens(lambda: drawer)
    tokens.store("taxii", Credentials("one"))
    tokens.delete("taxii")
    assert tokens.read("taxii") is None
    tokens.delete("taxii")
    assert drawer.kept == {}


def test_a_locked_keyring_is_a_sentence_and_says_nothing_secret(drawer: Drawer) -> None:
    drawer.locked = True
    tokens = Tokens(lambda: drawer)
    with pytest.raises(TokenError) as caught:
        tokens.store("taxii", Credentials("sesame"))
    assert caught.value.message == (
        "The token of “taxii” could not be kept: the keyring of this system did not allow it."
    )
    assert "sesame" not in f"{caught.value} {caught.value.detail}"
    for use, done in ((tokens.read, "read"), (tokens.delete, "removed")):
        with pytest.raises(TokenError, match=f"could not be {done}"):
            use("taxii")


@pytest.mark.parametrize(
    "content", ["", "plain", "[]", "7", '{"user": "a"}', '{"user": 1, "secret": 2}']
)
def test_a_foreign_entry_is_a_sentence(drawer: Drawer, content: str) -> None:
    drawer.kept[SERVICE, "taxii"] = content
    with pytest.raises(TokenError, match="was not written by this program"):
        Tokens(lambda: drawer).read("taxii")


def run(folder: Path, *before: str, **variables: str) -> list[str]:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [*before, sys.executable, "-c", NO_KEYRING],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": f"{root}{os.pathsep}{folder}",
            **variables,
        },
    )
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="Only a Linux system may have no keyring.")
def test_a_system_without_a_keyring_is_one_sentence_and_leaves_no_file(tmp_path: Path) -> None:
    assert run(tmp_path, DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere") == [SENTENCE] * 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="This system has no D-Bus.")
def test_a_desktop_without_a_keyring_is_the_same_sentence(tmp_path: Path) -> None:
    bus = tmp_path / "bus.conf"
    bus.write_text(BUS_WITHOUT_SERVICES, encoding="utf-8")
    assert run(tmp_path, "dbus-run-session", f"--config-file={bus}", "--") == [SENTENCE] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="Only a Linux system may have no keyring.")
def test_a_keyring_that_the_environment_names_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "plain_file.py").write_text(
        "from pathlib import Path\n"
        "from keyring.backend import KeyringBackend\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def get_password(self, *names): return None\n"
        "    def set_password(self, *names): Path('~/secrets').expanduser().write_text(names[2])\n",
        encoding="utf-8",
    )
    said = run(
        tmp_path,
        PYTHON_KEYRING_BACKEND="plain_file.Keyring",
        DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere",
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert said == [SENTENCE] * 3
    assert [path.name for path in tmp_path.iterdir()] == ["plain_file.py"]
