"""What OASIS' validator and the stix2 package find wrong in a bundle of ours."""

from __future__ import annotations

import stix2
from stix2validator import ValidationOptions, validate_string

STRICT = ValidationOptions(
    version="2.1",
    strict=True,
    disabled=[
        # STIX allows ids that follow from content (section 2.9), and ours do.
        "103",
        # A hash of what stands at an address: nobody fetched it.
        "302",
    ],
)


def stix_faults(content: bytes) -> list[str]:
    """The faults of a bundle, in the validator's words.

    Raises:
        STIXError: when the stix2 package does not accept it.
    """
    found = validate_string(content.decode(), STRICT)
    stix2.parse(content.decode(), allow_custom=False)
    return [] if found.is_valid else [error.message for error in found.errors]
