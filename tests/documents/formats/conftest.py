"""What the tests of the format readers share."""

import pytest

from suivi.documents.pdf import document
from suivi.documents.pdf.pages import read_pages


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take PDF files apart in the process of the test: quicker, and open to changed bounds."""
    monkeypatch.setattr(document, "pages_of", lambda data: list(read_pages(data)))
