"""What Home reads: for a client and for nobody, what is done, what is new, what may concern."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import galaxy_samples
import pytest
from csaf_samples import advisory, catalogue, context, entry, maker, note
from csaf_samples import read as read_csaf
from dated_imports import take_on
from galaxy_samples import cluster, galaxy
from orjson import dumps
from store_samples import source

from briefing import paths
from briefing.core.changes import ChangeSet
from briefing.core.client import Client
from briefing.core.errors import NotFoundError
from briefing.core.targeting import TargetingFilter
from briefing.feeds.kev import parse_kev
from briefing.feeds.misp_galaxy import Universe, parse_galaxy
from briefing.feeds.payload import Payload
from briefing.services.clients import ClientShelf
from briefing.services.home import (
    SHOWN_ACTORS,
    SHOWN_ADVISORIES,
    SHOWN_TECHNIQUES,
    Home,
    mark_action,
    read_home,
)
from briefing.services.relevance import RelevanceDesk
from briefing.services.targeting import TargetingIndex
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

TODAY = date(2026, 11, 24)
SINCE = "2027-01-01"
"""After everything that is bundled, whenever it was built."""
DENTIST = Client("Harbour Dental Group", ("healthcare",), ("US",), "small", uses_msp=True)
