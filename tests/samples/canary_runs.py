"""Exports left to chance: every kind of briefing, format, ceiling and option, each file scanned."""

from __future__ import annotations

import platform
import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from canary_later import second_releases
from canary_mint import PRIVATE, Mint
from canary_plant import Planted, planted
from canary_scan import Leak, Watch
from client_samples import png

from briefing import paths
from briefing.core.brief import Brief
from briefing.core.brief_filter import BriefFilter
from briefing.core.client import Brand, Client
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports.manifest import manifest
from briefing.exports.registry import FORMATS, ExportFormat
from briefing.services.clients import ClientShelf
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.export_brief import export_brief
from briefing.services.recipes.registry import RECIPES, Recipe
from briefing.services.recipes.shared import Shared
from briefing.services.recipes.since import Since
from briefing.services.task import Task
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile, open_reader
from briefing.store.workspace import Delivery, Workspace

TODAY = date(2025, 12, 4)
SLOW = ("pdf", "pptx", "docx")
"""Formats that take most of the time, and so are written of half of the briefings."""
CEILINGS = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED)
_OFTEN = (3, 3, 3, 3, 2)
"""How often a ceiling has its turn; below RED there is something to leak."""
_INCIDENTS = (
    "SELECT i.id FROM incident i JOIN record r ON r.id = i.record JOIN statement s"
    " ON s.record = r.id AND s.predicate = 'named' JOIN source o ON o.id = r.source"
    " WHERE s.tlp || o.tlp {} 'CLEARCLEAR' ORDER BY r.source NOT IN"
    " ('local-analyst', 'threat-briefing-incidents'), r.source NOT LIKE 'feed-%', i.id LIMIT {}"
)
USER = "zqxuser"
HOST = "zqxhost"


@dataclass(frozen=True, slots=True)
class Found:
    """A leak, and what made it: enough to make it again."""

    leak: Leak
    format: str
    request: BriefRequest

    def __str__(self) -> str:
        """One line for a person."""
        asked = self.request
        return (
            f"{asked.recipe} as {self.format} up to {asked.ceiling.label}: {self.leak.what},"
            f" planted in {self.leak.planted}, found in {self.leak.where}; {asked}"
        )


@dataclass
class Tally:
    """What a run did.

    Attributes:
        files: Files by kind of briefing, format and ceiling.
        refused: Briefings that were refused, by the beginning of the sentence.
        seen: Canaries that were read in files, which shows that the scan can read them.
        found: Leaks above an audience's ceiling.
        undermarked: What is above a file's own marking, but not above its audience's ceiling.
        broken: What raised anything but a sentence for a person, and what made it.
        size: Bytes looked at, unpacked.
        seconds: How long it took.
    """

    files: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)
    undermarked: list[Found] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    size: int = 0
    seconds: float = 0.0

    def add(self, leaks: Iterable[Leak], written: str, request: BriefRequest) -> None:
        """Keep what was found in a file."""
        for leak in leaks:
            kept = self.found if leak.over == "ceiling" else self.undermarked
            kept.append(Found(leak, written, request))

    def covers(self, files: int, formats: tuple[ExportFormat, ...]) -> bool:
        """Whether there are so many files, and among them each kind, format and ceiling."""
        wanted = (len(RECIPES), len(formats), len(CEILINGS))
        return self.files.total() >= files and all(
            len({key[place] for key in self.files}) == number for place, number in enumerate(wanted)
        )

    def by(self, place: int) -> dict[str, int]:
        """How many files by kind (0), format (1) or ceiling (2)."""
        counts: Counter[str] = Counter()
        for key, number in self.files.items():
            counts[key[place]] += number
        return dict(counts.most_common())


class Desk:
    """A desk at which briefings are made: two states of a database, a workspace with clients."""

    def __init__(self, bundled: Path, folder: Path, seed: int, deliveries: int = 30) -> None:
        """Plant everything.

        Args:
            bundled: The bundled database.
            folder: Of this desk alone; its name is one of the words that may not leave.
            seed: What chance starts from.
            deliveries: How many briefings were handed over before.
        """
        self.rng = random.Random(seed)  # noqa: S311 - chance, not secrets
        self._ceilings = self._audiences()
        self.folder = folder
        before = planted(bundled, folder, seed)
        self.states = (before, second_releases(before, folder))
        self.shared = (Shared(), Shared())
        self.world = read_world(paths.resources_folder() / "map" / "world.json")
        self.subjects = _subjects(before.path)
        self.clients = _clients(folder / "workspace.db", before.mint)
        self.since = self._delivered(deliveries)

    def run(self, files: int, formats: tuple[ExportFormat, ...] = FORMATS) -> Tally:
        """Write files and scan each of them.

        Args:
            files: At least how many; some more until every kind, format and ceiling is there.
            formats: Of which formats.
        """
        tally = Tally()
        begun = time.perf_counter()
        recipes = self._turns()
        while not tally.covers(files, formats) and tally.files.total() < 3 * files:
            self._one(next(recipes), formats, tally)
        tally.seconds = time.perf_counter() - begun
        return tally

    def watch(self, state: Planted, request: BriefRequest) -> Watch:
        """What may not be in a file that is made on request."""
        now = datetime.now().astimezone()
        words = (
            *(str(self.folder), f"{Path.home()}/", tempfile.gettempdir() + "/", USER, HOST),
            # By the hour: a day may be the day of something else.
            *(f"{now:%Y-%m-%dT%H:}", f"{now:D:%Y%m%d%H}"),
        )
        private = tuple(word.encode() for word in words)
        owner = request.client.name if request.client else ""
        return Watch(state, request.ceiling, request.ceiling, owner, private)

    def _audiences(self) -> Iterator[Tlp]:
        """Ceilings by turns, so that a short run has each of them too."""
        turns = [one for one, often in zip(CEILINGS, _OFTEN, strict=True) for _ in range(often)]
        while True:
            yield from self.rng.sample(turns, len(turns))

    def _turns(self) -> Iterator[Recipe]:
        while True:
            yield from self.rng.sample(RECIPES, len(RECIPES))

    def _one(self, recipe: Recipe, formats: tuple[ExportFormat, ...], tally: Tally) -> None:
        number = 1 if recipe.name == "changes" else int(self.rng.random() < 0.3)
        state = self.states[number]
        # As in a run over many clients, of which each has what is read for its audience alone.
        shared = self.shared[number] if self.rng.random() < 0.6 else None
        request = self._request(recipe)
        with closing(KnowledgeFile(state.path)) as knowledge:
            try:
                brief = compose_brief(knowledge, request, self.world, shared)
                if self.rng.random() < 0.35:
                    request = self._noted(request, brief)
                    brief = compose_brief(knowledge, request, self.world, shared)
            except BriefingError as error:
                self._refused(error, state, request, tally)
                return
        for written in formats:
            if self.rng.random() < (0.45 if written.name in SLOW else 0.85):
                self._write(brief, written, state, request, tally)

    def _write(
        self,
        brief: Brief,
        written: ExportFormat,
        state: Planted,
        request: BriefRequest,
        tally: Tally,
    ) -> None:
        path = self.folder / f"out{written.suffixes[0]}"
        try:
            export_brief(brief, written, path, Task.silent())
        except BriefingError as error:
            self._refused(error, state, request, tally)
            return
        except Exception as error:  # noqa: BLE001 - the run goes on, and tells of it in the end
            tally.broken.append(f"{written.name}: {error!r} in {request}")
            return
        # Its own marking is at most the ceiling: whoever reads TLP:GREEN on it may pass it on so.
        watch = replace(self.watch(state, request), marking=int(brief.tlp))
        scanned = watch.scan(path.read_bytes())
        tally.files[request.recipe, written.name, request.ceiling.label] += 1
        tally.size += scanned.size
        tally.seen |= scanned.canaries
        tally.add(scanned.leaks, written.name, request)

    def _refused(
        self, error: BriefingError, state: Planted, request: BriefRequest, tally: Tally
    ) -> None:
        """A refusal may not name what it refuses either."""
        tally.refused[f"{request.recipe}: {error.message[:60]}"] += 1
        told = f"{error.message}\n{error.detail}\n{error.remedy}".encode("utf-8", "replace")
        leaks = self.watch(state, request).scan(told).leaks
        tally.add(leaks, "refusal", request)

    def _request(self, recipe: Recipe) -> BriefRequest:
        rng = self.rng
        client = rng.choice(self.clients) if recipe.name == "client" or rng.random() < 0.4 else None
        sections = None
        if rng.random() < 0.4:
            sections = tuple(rng.sample(recipe.sections, rng.randint(1, len(recipe.sections))))
        asked = BriefRequest(
            recipe.name,
            rng.choice(self.subjects.get(recipe.name, ("",))),
            next(self._ceilings),
            one_page=rng.random() < 0.3,
            author=self.states[0].mint.name(Tlp.CLEAR, "author") if rng.random() < 0.5 else "",
            sections=sections,
            client=client,
            today=TODAY,
        )
        return self.narrowed(asked, rng)

    def narrowed(self, asked: BriefRequest, rng: random.Random) -> BriefRequest:
        """A request with what its kind asks for besides a subject.

        Args:
            asked: The request.
            rng: Where it comes from.
        """
        if asked.recipe == "advisories":
            period = rng.choice((("2025-01-01", "2025-12-31"), ("2025-09-01", "2025-09-30")))
            return replace(asked, period=period, filter=rng.choice(_FILTERS))
        if asked.recipe == "changes":
            since = rng.choice(self.since)
            told = [one for one in self.clients if one.name == since.manifest.subject]
            return replace(asked, since=since, client=told[0] if told else asked.client)
        return asked

    def _noted(self, request: BriefRequest, brief: Brief) -> BriefRequest:
        """The same with notes under some of its sections; now and then above its ceiling."""
        keys = [section.key for part in brief.parts for section in part.sections]
        above = [level for level in Tlp if level > request.ceiling]
        level = self.rng.choice((None, *[one for one in Tlp if one <= request.ceiling]))
        if above and self.rng.random() < 0.1:
            level = self.rng.choice(above)
        planted_at = request.ceiling if level is None else level
        notes = tuple(
            (key, _note(self.states[0].mint, planted_at)) for key in self.rng.sample(keys, 1)
        )
        return replace(request, notes=notes, notes_tlp=level)

    def _delivered(self, number: int) -> tuple[Since, ...]:
        """Briefings handed over before the second releases, of every ceiling, in the workspace."""
        state, found = self.states[0], []
        kinds = [one for one in RECIPES if one.name not in ("changes", "advisories")]
        with closing(Workspace(self.folder / "workspace.db")) as workspace:
            for place, ceiling in enumerate((CEILINGS * number)[:number]):
                request = replace(
                    self._request(kinds[place % len(kinds)]), ceiling=ceiling, sections=None
                )
                with closing(KnowledgeFile(state.path)) as knowledge:
                    try:
                        brief = compose_brief(knowledge, request, None)
                    except BriefingError:
                        continue
                delivery = Delivery(
                    *(brief.kind, brief.subject, brief.title, brief.audience, brief.tlp.code),
                    "2025-10-20T10:00:00+00:00",
                    manifest(brief).decode(),
                    (state.mint.word(PRIVATE, "delivered.files"),),
                )
                workspace.record_delivery(delivery)
            found = [Since.of(one) for one in workspace.deliveries()]
        return tuple(found)


def as_somebody(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Work as a person and on a computer whose names are looked for in every file."""
    for variable in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(variable, USER)
    monkeypatch.setenv("HOME", str(home / "home-of-zqxuser"))
    monkeypatch.setenv("COMPUTERNAME", HOST)
    monkeypatch.setattr(socket, "gethostname", lambda: HOST)
    monkeypatch.setattr(platform, "node", lambda: HOST)


_FILTERS = (
    BriefFilter(),
    BriefFilter(sectors=("healthcare",)),
    BriefFilter(countries=("US",)),
    BriefFilter(technology=("microsoft:exchange_server", "fortinet")),
)


def _note(mint: Mint, level: int) -> str:
    name = [mint.name(level, "note") for _ in range(7)]
    link = mint.address(level, "note link")
    return (
        f"## {name[0]}\n\n{name[1]} is **{name[2]}**, see [{name[3]}]({link}).\n\n"
        f"- {name[4]}\n- once more\n\n> {name[5]}\n\n```\n{name[6]}\n```\n"
    )


def _clients(workspace: Path, mint: Mint) -> tuple[Client, ...]:
    """Clients of every level, each with words of its own that nobody else's briefing may hold."""
    with ClientShelf(workspace) as shelf:
        for place, tlp in enumerate(Tlp):
            name = mint.name(PRIVATE, "client.name", owner="?")
            footer = mint.name(PRIVATE, "client.footer", owner="?")
            for word in (name, footer):
                mint.made[word.lower()] = replace(mint.made[word.lower()], owner=name)
            shelf.add(
                Client(
                    name=name,
                    sectors=("healthcare", "government")[: 1 + place % 2],
                    countries=(("US",), ("DE", "FR"), ("UA",))[place % 3],
                    size=("small", "large")[place % 2],
                    customer_sectors=("government",),
                    supplier_sectors=("technology",),
                    uses_msp=place % 2 == 0,
                    technology=("microsoft:exchange_server", "fortinet:fortios"),
                    tlp=tlp,
                    brand=Brand(png(24, 12), "#0b3c78", "#4f94c9", footer)
                    if place % 2
                    else Brand(),
                )
            )
        return shelf.all()


def _subjects(path: Path) -> dict[str, tuple[str, ...]]:
    with closing(open_reader(path)) as connection:

        def first(query: str) -> tuple[str, ...]:
            return tuple(str(row[0]) for row in connection.execute(query))

        return {
            "actor": first(
                "SELECT id FROM actor ORDER BY own_profile DESC, documents DESC, id LIMIT 48"
            ),
            "sector": first("SELECT code FROM label WHERE kind = 'sector' ORDER BY code"),
            # Four in five may be named to everybody, or there would be little but refusals.
            "incident": (*first(_INCIDENTS.format("=", 40)), *first(_INCIDENTS.format("<>", 10))),
        }
