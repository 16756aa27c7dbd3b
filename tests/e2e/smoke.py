"""Run a packaged program as a person would, and print how large it is and how fast it starts.

    python tests/e2e/smoke.py dist/threat-briefing

Needs nothing but Python: what is tried here is the folder, as it would be on another computer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS_ALLOWED = 120
STARTS = 3


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def surroundings(home: Path) -> dict[str, str]:
    """No screen, none of Python's own settings, and folders of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    folders = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    return kept | {name: str(home) for name in folders} | {"QT_QPA_PLATFORM": "offscreen"}


NEWS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour warnings</title>
<link>https://example.org/</link><item><title>Patch the crane controller, CVE-2026-0001</title>
<guid>one</guid><pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""
CATALOGUE = """{"catalogVersion": "1", "count": 1, "vulnerabilities": [{"cveID": "CVE-2026-0001",
"vendorProject": "Harbour", "product": "Crane", "vulnerabilityName": "Crane left open",
"dateAdded": "2026-11-24", "shortDescription": "Anybody may lift.", "requiredAction": "Lock it.",
"dueDate": "2026-12-15", "knownRansomwareCampaignUse": "Unknown"}]}"""


def refused(program: Path, arguments: list[str], home: Path) -> str:
    """Run one call that cannot be done; the sentence it said."""
    done = subprocess.run(
        [program, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=surroundings(home),
        cwd=home,
        timeout=SECONDS_ALLOWED,
    )
    if done.returncode != 1:
        sys.exit(f"`{' '.join(arguments)}` ended with {done.returncode}:\n{done.stderr}")
    return done.stderr.strip()


def run(program: Path, arguments: list[str], home: Path) -> tuple[str, float]:
    """Run one call of the program to its end; what it printed, and the seconds it took."""
    begun = time.perf_counter()
    done = subprocess.run(
        [program, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=surroundings(home),
        cwd=home,
        timeout=SECONDS_ALLOWED,
    )
    seconds = time.perf_counter() - begun
    if done.returncode or done.stderr:
        call = " ".join([program.name, *arguments])
        sys.exit(f"`{call}` ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout, seconds


def expect(held: bool, what: str) -> None:
    if not held:
        sys.exit(f"The packaged program is broken: {what}.")
    say(f"  {what}")


def megabytes(folder: Path) -> float:
    """Size on disk without what is only linked; 1 MB is 1,048,576 bytes, as `du -m` counts."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 2**20


def main(folder: Path) -> None:
    suffix = ".exe" if os.name == "nt" else ""
    command, window = folder / f"briefing{suffix}", folder / f"threat-briefing{suffix}"
    say(f"Trying {folder}")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        version, _ = run(command, ["--version"], home)
        expect("0." in version, f"--version prints {version.strip()}")
        found, seconds = run(command, ["lookup", "Fancy Bear"], home)
        expect("APT28" in found, f"lookup knows Fancy Bear as APT28 ({seconds:.2f} s)")
        starts = {
            "pdf": b"%PDF-",
            "docx": b"PK",
            "pptx": b"PK",
            "html": b"<!DOCTYPE",
            "xlsx": b"PK",
        }
        outputs = [part for ending in starts for part in ("-o", f"x.{ending}")]
        _, seconds = run(command, ["brief", "actor", "APT28", *outputs], home)
        written = [(home / f"x.{ending}").read_bytes() for ending in starts]
        expect(
            all(map(bytes.startswith, written, starts.values())),
            f"brief writes {', '.join(starts)} ({seconds:.2f} s)",
        )
        feeds = {"news.xml": NEWS, "kev.json": CATALOGUE}
        for file, text in feeds.items():
            (home / file).write_text(text, encoding="utf-8")
        taken, seconds = run(command, ["import", *feeds, "--json"], home)
        expect(taken.count('"added": 1') == 2, f"import takes two feeds in ({seconds:.2f} s)")
        here = ["sources", "add", "here", "--address", "https://127.0.0.1:9/feed.json"]
        run(command, here, home)
        sentence = refused(command, ["update", "here"], home)
        expect("Nothing was changed" in sentence, f"update stays away from here: {sentence}")
        start = min(run(window, ["--check-start"], home)[1] for _ in range(STARTS))
    say(f"Size {megabytes(folder):.0f} MB; start to painted window {start:.2f} s, best of {STARTS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
