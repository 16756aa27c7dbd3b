"""Files that lie beside advisories: signatures and hashes (CSAF 2.0, requirements 18 and 19)."""

from __future__ import annotations

import hashlib
import hmac
import re

from briefing.feeds.payload import Payload

_ENDINGS = (".asc", ".sha256", ".sha512", ".sig")
_SHA512 = re.compile(r"\s*\\?([0-9a-fA-F]{128})(?:\s|\Z)")


def is_companion(name: str) -> bool:
    """Whether a file is a signature or a hash of the file it is named after."""
    return name.lower().endswith(_ENDINGS)


def companion_fault(payload: Payload, sha512_text: str) -> str:
    """What is wrong with a file by the hash beside it, in a sentence; "" where it agrees.

    A hash proves that a file arrived as it was hashed, not who hashed it.

    Args:
        payload: The file.
        sha512_text: Content of the ``.sha512`` file beside it, as ``sha512sum`` writes it.
    """
    stated = _SHA512.match(sha512_text)
    if stated is None:
        return f"The .sha512 file beside {payload.name} holds no SHA-512 hash."
    real = hashlib.sha512(payload.data).hexdigest()
    if hmac.compare_digest(real, stated[1].lower()):
        return ""
    return (
        f"{payload.name} is not the file that was hashed: the SHA-512 beside it is another."
        " One of the two was changed or damaged on its way, or they are of different releases."
    )
