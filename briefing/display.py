"""Whether a window can open on this computer, and what a Linux system lacks for it.

Qt reports a missing library as an ImportError or ends the process, so this is asked beforehand,
and without Qt. `python3 -m briefing.display` prints the Debian packages that are missing.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from briefing.core.errors import BriefingError

QT_LIBRARIES: Final = MappingProxyType(
    {
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libX11.so.6": "libx11-6",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libfreetype.so.6": "libfreetype6",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libxkbcommon.so.0": "libxkbcommon0",
    }
)
"""What Qt itself loads, with or without a display: library, Debian package."""

X11_LIBRARIES: Final = MappingProxyType(
    {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    }
)
"""What Qt's X11 plugin loads besides."""

Loads = Callable[[str], bool]
"""Whether a shared library of this name can be loaded."""


class MissingLibrariesError(BriefingError):
    """The system lacks libraries that a window needs."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        """Give the line that installs them."""
        super().__init__(
            "Threat Briefing needs system libraries that are not installed: on Debian or Ubuntu, "
            f"run `sudo apt-get install {' '.join(packages)}`."
        )


def loads(name: str) -> bool:
    """Whether the system's loader finds the library and everything it needs itself."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def is_available(
    environment: Mapping[str, str],
    platform: str = sys.platform,
    answers: Callable[[str], bool] | None = None,
) -> bool:
    """Whether there is a screen to open a window on.

    Args:
        environment: The process's environment variables.
        platform: As `sys.platform`.
        answers: Whether an X server answers under a display name; asks it unless given.
    """
    if platform != "linux":
        return True
    chosen = _chosen_plugin(environment)
    if chosen not in ("", "xcb"):
        return True
    if environment.get("WAYLAND_DISPLAY") and not chosen:
        return True
    display = environment.get("DISPLAY", "")
    return bool(display) and (answers or _x_server_answers)(display)


def missing_packages(
    environment: Mapping[str, str], platform: str = sys.platform, can_load: Loads = loads
) -> tuple[str, ...]:
    """Debian packages whose libraries Qt would look for here in vain, in the order of need.

    Args:
        environment: The process's environment variables: which plugin Qt will take.
        platform: As `sys.platform`; anything but Linux brings its libraries along.
        can_load: Whether one library is there.
    """
    if platform != "linux":
        return ()
    needed = dict(QT_LIBRARIES)
    if (_chosen_plugin(environment) or _first_tried(environment)) == "xcb":
        needed |= X11_LIBRARIES
    return tuple(package for library, package in needed.items() if not can_load(library))


def _chosen_plugin(environment: Mapping[str, str]) -> str:
    """The Qt platform plugin a person asked for ("offscreen:size=…" → "offscreen"), or ""."""
    return environment.get("QT_QPA_PLATFORM", "").partition(":")[0]


def _first_tried(environment: Mapping[str, str]) -> str:
    return "wayland" if environment.get("WAYLAND_DISPLAY") else "xcb"


def _x_server_answers(display: str) -> bool:
    """Open and close one connection, as Qt would; a library that is missing is not its fault."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    answered = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answered


if __name__ == "__main__":
    sys.stdout.write(" ".join(missing_packages(os.environ)) + "\n")
