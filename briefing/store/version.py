"""Whose file it is and which step it has reached, known without opening a table."""

from __future__ import annotations

KNOWLEDGE_ID = 0x54424B31
"""``application_id`` of knowledge.db: the letters TBK1."""
WORKSPACE_ID = 0x54425731
"""``application_id`` of workspace.db: the letters TBW1."""
KNOWLEDGE_VERSION = 4
WORKSPACE_VERSION = 4
