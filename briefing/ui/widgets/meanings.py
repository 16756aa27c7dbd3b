"""What terms mean, said in a tooltip, and asking the window around a widget to tell more."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QWhatsThisClickedEvent
from PySide6.QtWidgets import QWidget

from briefing.core.glossary import Glossary, Term

_LONGEST_LABEL = 80
_MOST_AT_ONCE = 3
"""Meanings in one tooltip of a label."""


def meanings(terms: Iterable[Term]) -> str:
    """A tooltip: each term in strong type with its meaning, a paragraph each; "" for none."""
    told = [f"<b>{escape(term.term)}</b>: {escape(term.meaning)}" for term in terms]
    return f"<qt>{'<br/>'.join(told)}</qt>" if told else ""


def label_meanings(glossary: Glossary, label: str) -> str:
    """What the terms in a label mean, as a tooltip; "" for a text that is too long to be one."""
    if len(label) > _LONGEST_LABEL:
        return ""
    found = {spot.term.term: spot.term for spot in glossary.telling(label)}
    return meanings(list(found.values())[:_MOST_AT_ONCE])


def ask_to_explain(widget: QWidget, term: Term) -> bool:
    """Tell the windows around a widget that a term was followed; False where nobody answers.

    Qt's own event for a link in a “What’s this?” text goes up from widget to widget, so that no
    screen has to hand anything on.
    """
    return QCoreApplication.sendEvent(widget, QWhatsThisClickedEvent(term.term))
