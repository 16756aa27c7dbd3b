"""The map as a file: written whole, said to be, or told in a sentence why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from map_desk import MapDesk
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog

from briefing.core.world import BOUNDARY_NOTE
from briefing.ui.views.map import MapView


@pytest.fixture
def desk(qapp: object, bundled_database: Path, tmp_path: Path) -> Iterator[MapDesk]:
    made = MapDesk(bundled_database, tmp_path)
    yield made
    made.end()


@pytest.mark.parametrize("wanted", ["svg", "png", "csv"])
def test_a_file_is_written_whole_and_said_to_be(desk: MapDesk, tmp_path: Path, wanted: str) -> None:
    view: MapView = desk.show("", "sector=finance")
    target = tmp_path / f"map.{wanted}"
    view.export.write(wanted, target)  # type: ignore[arg-type]  # one of the three formats
    desk.until(target.is_file)
    desk.until(view.export.written.isVisible)
    assert view.export.written.accessibleName().startswith(f"Written: map.{wanted} · ")
    data = target.read_bytes()
    if wanted == "png":
        assert QImage.fromData(data).size().width() == 2 * 1200
    else:
        text = data.decode("utf-8-sig")
        assert "Actors per victim country" in text
        assert "Sector: Finance and insurance" in text
        assert "TLP:" in text
        assert BOUNDARY_NOTE in text


def test_a_picture_of_pixels_shows_the_colours_of_the_map(desk: MapDesk, tmp_path: Path) -> None:
    view = desk.show()
    target = tmp_path / "map.png"
    view.export.write("png", target)
    desk.until(target.is_file)
    image = QImage(str(target))
    assert image.size() == QSize(2400, image.height())
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, 2400, 6)
        for y in range(0, image.height(), 6)
    }
    assert {"#0b3c78", "#2468a9", "#4f94c9", "#8fbbe0", "#c6dbef", "#f0f1f3"} <= colours


def test_a_folder_that_is_not_there_is_told_in_a_sentence(desk: MapDesk, tmp_path: Path) -> None:
    view = desk.show()
    target = tmp_path / "gone" / "map.svg"
    view.export.write("svg", target)

    def dialogs() -> list[QDialog]:
        return [one for one in view.findChildren(QDialog) if one.isVisible()]

    desk.until(lambda: bool(dialogs()))
    [dialog] = dialogs()
    assert f"{target} could not be written" in dialog.accessibleName()
    assert not view.export.written.isVisible()
    dialog.close()


def test_the_dialog_proposes_a_name_that_says_who_may_see_it(desk: MapDesk) -> None:
    view = desk.show()
    view.export.ask("svg")
    [dialog] = [one for one in view.findChildren(QDialog) if one.isVisible()]
    assert dialog.windowTitle() == "Export actors per victim country"
    dialog.close()
