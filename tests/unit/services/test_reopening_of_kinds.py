"""Every kind of briefing as Word, slides and PDF: opened again, saved unchanged, with its flags."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from advisory_samples import catalogue, reports
from brief_clients import PRACTICE, TODAY
from docx import Document
from incident_briefs import MGM
from pptx import Presentation
from store_samples import take

from briefing import paths
from briefing.core.brief import Brief
from briefing.exports import docx, pdf, pptx
from briefing.exports.manifest import FILE_NAME, manifest
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.look_up import the_actor
from briefing.services.recipes.registry import RECIPES
from briefing.services.recipes.since import Since
from briefing.services.verify_manifest import parsed
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile, open_writer

KINDS = pytest.mark.parametrize("kind", [recipe.name for recipe in RECIPES])
EVER = ("2020-01-01", "2030-12-31")


@pytest.fixture(scope="module")
def knowledge(
    bundled_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KnowledgeFile]:
    """What the program brings, and a handful of advisories."""
    path = tmp_path_factory.mktemp("kinds") / "knowledge.db"
    path.write_bytes(bundled_database.read_bytes())
    with closing(open_writer(path)) as connection:
        for change_set in (catalogue(), *reports()):
            take(connection, path, change_set)
    with closing(KnowledgeFile(path)) as opened:
        yield opened


@pytest.fixture(scope="module")
def brief_of(knowledge: KnowledgeFile) -> Callable[[str], Brief]:
    """The briefing of a kind, whole, for a client with a brand where it has one."""
    world = read_world(paths.resources_folder() / "map" / "world.json")
    actor = the_actor(knowledge, "APT28")
    subjects = {"actor": actor, "sector": "water", "incident": MGM}

    @cache
    def composed(kind: str) -> Brief:
        asked: dict[str, Any] = {"today": TODAY}
        if kind == "client":
            asked |= {"client": PRACTICE, "ceiling": PRACTICE.tlp}
        if kind == "advisories":
            asked |= {"period": EVER}
        if kind == "changes":
            held = parsed(manifest(composed("actor")), "the briefing before")
            asked |= {"since": Since(held, "2020-01-01T00:00:00+00:00")}
        request = BriefRequest(kind, subjects.get(kind, ""), **asked)
        return compose_brief(knowledge, request, world)

    return composed


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def unchanged(before: bytes, after: bytes) -> list[str]:
    """The parts that another program wrote otherwise than they were."""
    held, saved = parts(before), parts(after)
    assert saved.keys() == held.keys()
    return [name for name in held if not same(name, held[name], saved[name])]


def same(name: str, one: bytes, other: bytes) -> bool:
    if one == other or not name.endswith((".xml", ".rels")):
        return one == other
    return ET.canonicalize(one.decode()) == ET.canonicalize(other.decode())


@KINDS
@pytest.mark.parametrize(
    ("render", "reopen"),
    [(docx.render, Document), (pptx.render, Presentation)],
    ids=["docx", "pptx"],
)
def test_a_file_of_each_kind_opens_again_and_is_saved_unchanged(
    brief_of: Callable[[str], Brief],
    kind: str,
    render: Callable[[Brief], bytes],
    reopen: Callable[[io.BytesIO], Any],
) -> None:
    content = render(brief_of(kind))
    saved = io.BytesIO()
    reopen(io.BytesIO(content)).save(saved)
    assert unchanged(content, saved.getvalue()) == []


@KINDS
def test_the_pdf_of_each_kind_is_accessible_and_kept_for_long(
    brief_of: Callable[[str], Brief], kind: str
) -> None:
    brief = brief_of(kind)
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(brief)))
    metadata = reader.root_object["/Metadata"].get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.attachments[FILE_NAME] == [manifest(brief)]
