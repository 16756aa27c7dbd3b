"""Threat Briefing: who would attack an organisation like yours, each statement with a source."""

__version__ = "0.1.0"
