"""Drawings as pictures in dots, for programs that show no SVG."""

from __future__ import annotations

import struct
import tempfile

from briefing.core.errors import BriefingError

TALLEST = 1_000.0
"""Millimetres: as high as any drawing is set, whatever its own proportions say."""
_TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let drawing(..size) = image(bytes(sys.inputs.svg), format: "svg", ..size)
#context {
  let own = measure(drawing())
  let width = float(sys.inputs.width) * 1mm
  let fits = float(sys.inputs.height) * 1mm * (own.width / own.height)
  drawing(width: calc.min(width, fits))
}"""


def rasterised(svg: str, width: float, ppi: float = 220) -> bytes:
    """A drawing as PNG, set in an empty folder with no fonts: it can open nothing.

    Args:
        svg: The drawing.
        width: Millimetres; less where it would be higher than TALLEST.
        ppi: Pixels an inch.

    Raises:
        BriefingError: when Typst cannot draw it.
    """
    import typst  # lazy: not needed to start  # noqa: PLC0415 - see above

    with tempfile.TemporaryDirectory(prefix="briefing-") as root:
        compiler = typst.Compiler(
            _TEMPLATE,
            root=root,
            ignore_system_fonts=True,
            sys_inputs={"svg": svg, "width": str(width), "height": str(TALLEST)},
            package_path=root,
            package_cache_path=root,
        )
        try:
            made = compiler.compile(format="png", ppi=ppi)
        except typst.TypstError as error:
            raise BriefingError(
                "A drawing of the briefing cannot be set.",
                str(error),
                "Use a PNG or JPEG picture instead.",
            ) from error
    return made if isinstance(made, bytes) else b"".join(made or [])


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, as its first chunk says."""
    width, height = struct.unpack_from(">LL", png, 16)
    return int(width), int(height)
