"""Typst, set up once: our fonts and no others, our template, a root without a file in it."""

from __future__ import annotations

import atexit
import json
import re
import tempfile
import threading
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.core.errors import BriefingError
from briefing.exports.fonts import font_folders
from briefing.paths import resources_folder

if TYPE_CHECKING:
    import typst

TEMPLATE = (
    *("tokens.typ", "words.typ", "page.typ", "cover.typ", "blocks.typ", "tables.typ", "case.typ"),
    *("client.typ", "notes.typ", "brief.typ"),
)
"""Files of the template in order. They are joined: the empty root has nothing to import from."""
STANDARDS = ["a-3a", "ua-1"]
_FORGET = 3
"""Empty compilations after each real one, so that layouts of about three documents stay."""
_NO_GLYPH = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
_NO_PICTURE = re.compile(r"failed to (?:process|decode|load) (?:image|picture)|failed to parse SVG")


class Engine:
    """One compiler for the whole program; one document at a time, from any thread.

    Typst remembers the layout of what did not change, so that a preview after an edit costs a
    fraction of the first. Compiling releases the interpreter lock.
    """

    def __init__(self) -> None:
        """Load fonts and template.

        Raises:
            BriefingError: when a font or a part of the template is missing.
        """
        import typst  # lazy: 0.2 s  # noqa: PLC0415 - heavy, and not needed to start

        self._typst = typst
        self._root = tempfile.TemporaryDirectory(prefix="briefing-")
        atexit.register(self._root.cleanup)
        self._lock = threading.Lock()
        self._template = template()
        self._fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=list(font_folders()),
        )
        self._compiler = self._new_compiler()
        self._last = ""

    def pdf(self, data: str, moment: datetime) -> bytes:
        """Compile to one PDF/A-3a and PDF/UA-1 file, dated by ``moment``."""
        made = self._compile(data, format="pdf", pdf_standards=STANDARDS, timestamp=moment)
        return made if isinstance(made, bytes) else b"".join(made)

    def png(self, data: str, ppi: float) -> list[bytes]:
        """Compile to one PNG a page, at so many pixels an inch."""
        made = self._compile(data, format="png", ppi=ppi)
        return [made] if isinstance(made, bytes) else made

    def query(self, data: str, label: str) -> list[Any]:
        """Values of the metadata that the template puts under a label."""
        with self._lock:
            # A compiler answers one question about a template given as bytes, then forgets it.
            compiler = self._new_compiler(self._template, {"brief": data})
            try:
                answer = compiler.query(f"<{label}>", field="value")
            except (self._typst.TypstError, RuntimeError) as error:
                raise _sentence(error) from error
            finally:
                self._forget(data)
        return list(json.loads(answer))

    def _compile(self, data: str, **options: Any) -> bytes | list[bytes]:
        with self._lock:
            try:
                made = self._compiler.compile(self._template, sys_inputs={"brief": data}, **options)
            except self._typst.TypstError as error:
                raise _sentence(error) from error
            finally:
                self._forget(data)
        if made is None:
            raise BriefingError("The document came out empty.", "Typst returned nothing.")
        return made

    def _forget(self, data: str) -> None:
        """Let go of layouts that the last few documents did not use.

        Typst forgets what ten compilations have not asked for, which is hundreds of megabytes of
        briefings; compiling nothing counts as one. The same document again adds nothing to forget.
        """
        if data == self._last:
            return
        self._last = data
        for _ in range(_FORGET):
            self._compiler.compile(b"", format="svg", sys_inputs={})

    def _new_compiler(
        self, template: bytes | None = None, inputs: dict[str, str] | None = None
    ) -> typst.Compiler:
        return self._typst.Compiler(
            template,
            root=self._root.name,
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs or {},
            package_path=self._root.name,
            package_cache_path=self._root.name,
        )


@cache
def engine() -> Engine:
    """The engine, made when first needed."""
    return Engine()


def template() -> bytes:
    """The template, its files joined.

    Raises:
        BriefingError: when one is missing.
    """
    try:
        return b"\n".join((resources_folder() / "typst" / name).read_bytes() for name in TEMPLATE)
    except OSError as error:
        raise BriefingError(
            "The template of the documents cannot be read.",
            str(error.strerror),
            "Install the program again.",
        ) from error


def _sentence(error: Exception) -> BriefingError:
    message = str(getattr(error, "message", error))
    no_glyph = _NO_GLYPH.search(message)
    if no_glyph:
        return BriefingError(
            f"The fonts of the program cannot print “{no_glyph.group(1)}”.",
            message,
            "Write it in other letters, or leave that part out.",
        )
    if _NO_PICTURE.search(message):
        return BriefingError(
            "The brand’s logo cannot be drawn: its file is damaged.",
            message,
            "Save it again as PNG or JPEG, and use that.",
        )
    return BriefingError("The document could not be set.", message, "Report this with the brief.")
