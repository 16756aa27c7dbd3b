"""Products as advisories name them: one code a vendor and product, written like a CPE name."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from briefing.core.changes import Predicate, StatementDraft
from briefing.feeds.plain_text import one_line

_NOT_IN_CODE = re.compile(r"[\W_]+")
_MARKS_OF_TRADE = str.maketrans("™®©", "   ")
_LONGEST = 200


def product_code(vendor: str, product: str) -> str:
    """``vendor:product`` in small letters, figures and underscores; "" where either says nothing.

    Letters of other scripts stay, so that two names in them do not become one.
    """
    parts = (_part(vendor), _part(product))
    return ":".join(parts) if all(parts) else ""


def affects(subject: str, vendor: str, product: str, **fields: Any) -> StatementDraft:
    """The statement that something is about a product.

    Args:
        subject: Native id of the advisory or vulnerability.
        vendor: As written; "" where the source names none.
        product: As written.
        fields: More fields of the statement.
    """
    maker, name = one_line(vendor, _LONGEST), one_line(product, _LONGEST)
    doubled = name.casefold().startswith(maker.casefold())
    return StatementDraft(
        subject,
        Predicate.AFFECTS,
        object=product_code(maker, name),
        value=name if doubled else f"{maker} {name}",
        detail={"vendor": maker, "product": name},
        **fields,
    )


def _part(name: str) -> str:
    if not name.isascii():
        spread = unicodedata.normalize("NFKD", name.translate(_MARKS_OF_TRADE))
        name = "".join(sign for sign in spread if not unicodedata.combining(sign)).casefold()
    return _NOT_IN_CODE.sub("_", name.lower()).strip("_")
