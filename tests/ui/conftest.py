"""Dialogs of one test are gone before the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog


@pytest.fixture(autouse=True)
def no_dialog_is_left_open() -> Iterator[None]:
    """Close what a test leaves in front: an application with a dialog open does not end."""
    yield
    if QApplication.instance() is not None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.close()
