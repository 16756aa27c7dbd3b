"""The sample briefing, rendered once for all who only look at it."""

from __future__ import annotations

import io

import pypdf
import pytest
from sample_brief import gamaredon, unbranded

from briefing.core.brief import Brief
from briefing.exports import pdf


@pytest.fixture(scope="session")
def sample() -> Brief:
    return gamaredon()


@pytest.fixture(scope="session")
def plain() -> Brief:
    """The sample without a brand and a cover."""
    return unbranded()


@pytest.fixture(scope="session")
def sample_pdf(sample: Brief) -> bytes:
    return pdf.render(sample)


@pytest.fixture(scope="session")
def reader(sample_pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(sample_pdf))


@pytest.fixture(scope="session")
def page_texts(reader: pypdf.PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]
