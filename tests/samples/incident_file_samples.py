"""A small file of a worked incident, with one entry of each kind."""

from __future__ import annotations

from briefing.feeds.payload import Payload

ACTOR = "intrusion-set--00000000-0000-4000-8000-000000000001"
TEXT = f"""
slug = "raid-2023"
name = "Raid on the harbour"
description = "Screens of the harbour went dark. Ships waited for a day."
first_seen = "2023-09"
disclosed = "2023-09-12"
victim = "The harbour"
types = ["disruption"]
sectors = ["transport", "private-sector"]
countries = ["NL", "region:europe"]
techniques = ["T1566.004"]
software = ["S1068"]
infrastructure = ["heron.example"]
recorded = "2024-03-01"
tlp = "GREEN"
documents = ["gazette", "echo"]

[document.gazette]
title = "Harbour dark"
publisher = "Harbour Gazette"
url = "https://gazette.example/dark"
published = "2023-09-12"

[document.echo]
title = "Harbour dark, says the Gazette"
publisher = "Echo"
url = "https://echo.example/dark?id=1"
repeats = "gazette"

[[claim]]
key = "heron"
text = "Says that it did it."
claimant = "actor"
by = "Heron"
actor = "{ACTOR}"
accused = "Heron"
date = "2023-09-13"
channel = "leak site"
type = "Self-attribution in the course of the attack"
basis = "Attacker confirms"
stated_motive = "Money."
suspected = [{{ purpose = "credibility", why = "It is new." }}, {{ purpose = "other" }}]
status = "contested"
reliability = "E"
credibility = 3
origin = "Heron's statement"
confidence = "high"
documents = ["gazette"]

[[evidence]]
key = "call"
text = "Somebody rang the desk."
kind = "ttp"
vertex = "capability"
level = "tactical"
reliability = "C"
credibility = 3
relevance = "high"
observed = "2023-09"
bears_on = ["heron"]
origin = "Harbour master"
documents = ["gazette", "echo"]

[[hypothesis]]
key = "h1"
short = "Heron"
text = "Heron did it."
supposes = "actor"
actors = ["{ACTOR}"]
cells = {{ call = "C: its habit: a call" }}

[[hypothesis]]
key = "h2"
short = "Somebody else"
text = "Another party did it."
supposes = "unknown"
cells = {{ call = "II" }}
documents = ["echo"]

[[assessment]]
key = "a1"
hypothesis = "h1"
text = "Heron did it."
likelihood = "likely"
confidence = "low"
basis = "One witness."
date = "2024-02-29"
gaps = ["Who rang."]
assumptions = []

[[assessment]]
key = "a2"
hypothesis = "h2"
text = "Another party did it."
likelihood = "roughly even"
confidence = "low"
basis = "One witness, who was asleep."
date = "2024-03-01"
supersedes = "a1"
gaps = []
assumptions = ["The witness tells the truth."]

[[opinion]]
key = "o1"
assessment = "a2"
author = "A second analyst"
stance = "disagree"
hypothesis = "h1"
text = "The witness was awake."
date = "2024-03-01"
"""


def payload(text: str = TEXT, name: str = "raid-2023.toml") -> Payload:
    return Payload(name, text.encode())
