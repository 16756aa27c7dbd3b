"""Every format that can be read. To add one: a module with a ``FORMAT``, and a line here."""

from __future__ import annotations

from briefing.feeds import (
    aptnotes,
    csaf,
    eurepoc,
    kev,
    leak_sites,
    misp_event,
    misp_galaxy,
    misp_manifest,
    rolie,
    rss,
    stix,
)
from briefing.feeds.recognise import Format

READ = "STIX, MISP, CSAF, KEV, RSS and Atom, EuRepoC, APTnotes and listings of leak sites"
"""What can be read, for people."""

FORMATS: tuple[Format, ...] = (
    stix.FORMAT,
    misp_galaxy.FORMAT,
    misp_event.FORMAT,
    misp_manifest.FORMAT,
    csaf.FORMAT,
    rolie.FORMAT,
    kev.FORMAT,
    rss.FORMAT,
    eurepoc.FORMAT,
    aptnotes.FORMAT,
    leak_sites.FORMAT,
)
