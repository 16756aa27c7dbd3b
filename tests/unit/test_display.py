"""What is asked before a window opens, and what a person reads when it cannot."""

from __future__ import annotations

import subprocess
import sys

from briefing import display


def never(_name: str) -> bool:
    return False


def always(_name: str) -> bool:
    return True


def test_linux_without_any_display_has_no_screen() -> None:
    assert not display.is_available({}, "linux", always)


def test_an_x_display_that_answers_is_a_screen() -> None:
    assert display.is_available({"DISPLAY": ":0"}, "linux", always)


def test_an_x_display_left_over_from_an_ended_session_is_no_screen() -> None:
    assert not display.is_available({"DISPLAY": ":4711"}, "linux")


def test_a_wayland_session_is_a_screen() -> None:
    assert display.is_available({"WAYLAND_DISPLAY": "wayland-0"}, "linux", never)


def test_whoever_names_another_qt_platform_is_taken_at_their_word() -> None:
    assert display.is_available({"QT_QPA_PLATFORM": "offscreen"}, "linux", never)


def test_asking_for_x11_without_a_display_is_no_screen() -> None:
    asked = {"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}
    assert not display.is_available(asked, "linux", always)


def test_windows_and_macos_always_have_a_screen() -> None:
    assert display.is_available({}, "win32", never)
    assert display.is_available({}, "darwin", never)


def test_every_missing_library_is_named_at_once() -> None:
    packages = display.missing_packages({"DISPLAY": ":0"}, "linux", never)
    assert packages[0] == "libegl1"
    assert {"libxcb-cursor0", "libxkbcommon-x11-0"} < set(packages)


def test_drawing_without_a_screen_needs_no_x11_libraries() -> None:
    packages = display.missing_packages({"QT_QPA_PLATFORM": "offscreen"}, "linux", never)
    assert "libegl1" in packages
    assert not [name for name in packages if "xcb" in name]


def test_nothing_is_missing_where_everything_loads() -> None:
    assert display.missing_packages({"DISPLAY": ":0"}, "linux", always) == ()


def test_windows_and_macos_bring_their_libraries_along() -> None:
    assert display.missing_packages({}, "win32", never) == ()


def test_a_library_that_does_not_exist_does_not_load() -> None:
    assert not display.loads("libthreat-briefing-has-no-such-library.so.1")


def test_the_person_reads_one_sentence_with_the_line_that_installs() -> None:
    error = display.MissingLibrariesError(("libegl1", "libgl1"))
    assert str(error) == (
        "Threat Briefing needs system libraries that are not installed: on Debian or Ubuntu, "
        "run `sudo apt-get install libegl1 libgl1`."
    )


def test_the_list_of_missing_packages_can_be_had_from_the_shell() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefing.display"], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert done.stdout.endswith("\n")
