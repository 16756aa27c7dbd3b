"""A small file of actions, and actions as they are read."""

from __future__ import annotations

from typing import Any

from briefing.core.actor import Basis, Coded, MitigationRef
from briefing.core.guidance import Action

ACTIONS = """
[sources.report]
title = "A report"
publisher = "An agency"
url = "https://example.org/report"
published = "2024-05"
kind = "gov"
credibility = 2

[[action]]
id = "lock-the-door"
do = "Lock the door"
why = "Doors stand open. Foxes come in."
first_step = "Find the key."
who = "Owner"
cost = "low"
cost_why = "The lock is there."
stages = ["initial-access"]
mitigations = ["M1032"]
techniques = ["T1078", "T1133"]
sources = ["report"]

[[action]]
id = "ask-the-provider"
do = "Ask the provider"
why = "It has a key too. It has many."
first_step = "Ring."
who = "Owner"
cost = "high"
cost_why = "It sends a bill."
stages = ["initial-access", "maintain-access"]
mitigations = ["M1018", "M1032"]
techniques = ["T1199"]
helps = ["uses-msp"]
sources = ["report"]
"""
"""Two actions that rest on one report; the second helps those with an IT provider."""


def action(name: str = "lock", *techniques: str, **changed: Any) -> Action:
    """An action that stands against these techniques."""
    fields: dict[str, Any] = {
        "do": name.title(),
        "why": "Doors stand open. Foxes come in.",
        "first_step": "Find the key.",
        "who": "Owner",
        "cost": "low",
        "cost_why": "The lock is there.",
        "stages": (Coded("initial-access", "Initial access"),),
        "mitigations": (MitigationRef("M1032", "Multi-factor Authentication"),),
        "techniques": tuple(Coded(one, one) for one in techniques),
        "helps": (),
        "basis": Basis(("document--1",), (1,)),
    }
    return Action(id=name, **{**fields, **changed})
