"""The rules of this code base that no linter knows (the others are in pyproject.toml)."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("briefing", "resources", "data", "tests", ".ci")
TOP_FILES = (
    "pyproject.toml",
    "build.spec",
    "Makefile",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.lock",
    "requirements-dev.lock",
    ".gitignore",
    ".gitattributes",
)

LINES_OF_A_FILE = 400
LINES_OF_THE_MAIN_WINDOW = 300

# Where packages come from is the business of whoever installs them, not of a file here.
PACKAGE_INDEX = re.compile(
    r"\b(pypi[.]org|pythonhosted[.]org|(deb|security)[.]debian[.]org|registry[.]npmjs[.]org)"
    r"|--(extra-)?index-url|--find-links|--trusted-host",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(
    r"(?<![\w.~/\-])/(?:root|work|home/\w+|Users/\w+|opt/\w+)/|\b[A-Z]:\\Users\\\w+", re.ASCII
)
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore)(.*)")
REASONED_SUPPRESSION = re.compile(
    r"#\s*(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+-\s+\w|type: ignore\[[\w,\- ]+\]\s+[#\-]\s+\w)"
)


def files_of(folder: Path) -> Iterator[Path]:
    """Every file a person wrote in a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def text_files() -> Iterator[tuple[str, str]]:
    """Name and text of every file that is read as text."""
    paths = [ROOT / name for name in TOP_FILES]
    for folder in FOLDERS:
        paths.extend(files_of(ROOT / folder))
    for path in paths:
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in files_of(ROOT / folder) if path.suffix == ".py")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def imported_by(node: ast.AST) -> set[str]:
    """Every name an import statement may load as a module."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return set()


def test_no_file_of_code_is_longer_than_400_lines() -> None:
    lines = {
        name_of(path): len(lines_of(path))
        for path in modules("briefing", "tests", ".ci")
        if path.parent != ROOT / "tests" / "samples"
    }
    assert {name: count for name, count in lines.items() if count > LINES_OF_A_FILE} == {}


def test_the_main_window_stays_a_frame() -> None:
    main_window = ROOT / "briefing" / "ui" / "main_window.py"
    assert len(lines_of(main_window)) <= LINES_OF_THE_MAIN_WINDOW


def test_no_module_is_a_drawer_for_leftovers() -> None:
    drawers = {"utils", "util", "helpers", "misc", "common"}
    assert [name_of(path) for path in modules("briefing") if path.stem in drawers] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        name_of(path)
        for path in modules("briefing", "tests", ".ci")
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_suppressed_warning_has_a_code_and_a_reason() -> None:
    bare = [
        f"{name_of(path)}:{number}"
        for path in modules("briefing", "tests", ".ci")
        if path != Path(__file__)
        for number, line in enumerate(lines_of(path), start=1)
        if SUPPRESSION.search(line) and not REASONED_SUPPRESSION.search(line)
    ]
    assert bare == []


def test_nothing_is_left_to_be_done_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")
    unfinished = [
        f"{name_of(path)}:{number}"
        for path in modules("briefing", "tests", ".ci")
        for number, line in enumerate(lines_of(path), start=1)
        if later.search(line)
    ]
    assert unfinished == []


def test_only_the_transport_reaches_for_the_network() -> None:
    network = {"urllib.request", "http.client", "http.server", "socket", "ssl", "requests"}
    reaching = {
        name_of(path)
        for path in modules("briefing")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if imported_by(node) & network
    }
    assert reaching <= {"briefing/feeds/transport.py"}


def test_no_file_names_a_package_index() -> None:
    named = [name for name, text in text_files() if PACKAGE_INDEX.search(text)]
    assert [name for name in named if name != name_of(Path(__file__))] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    named = [name for name, text in text_files() if MACHINE_PATH.search(text)]
    # Reports of attacks in data/ and in samples may quote a path of a victim's machine.
    assert [name for name in named if not name.startswith(("data/", "tests/samples/"))] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only git knows what is in the repository")
def test_the_top_of_the_repository_holds_only_what_is_agreed() -> None:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    top = {Path(name).parts[0] for name in listed.split("\0") if name}
    assert top - set(FOLDERS) - set(TOP_FILES) == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_is_pinned_and_hashed(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    loose = [
        entry.splitlines()[0]
        for entry in entries
        if not re.match(r"[a-z0-9.\-]+==\S+", entry) or "--hash=sha256:" not in entry
    ]
    assert loose == []


def test_both_locks_agree_on_every_version() -> None:
    def pins(lock: str) -> dict[str, str]:
        text = (ROOT / lock).read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9.\-]+)==(\S+)", text, flags=re.MULTILINE))

    run = pins("requirements.lock")
    tools = pins("requirements-dev.lock")
    assert {name: tools.get(name) for name in run} == run
