"""PDF files are taken apart in a child process that may fail alone."""

import subprocess
import zlib

import pytest

from suivi.documents import pdf
from suivi.documents.pdf import isolation
from suivi.documents.pdf.pages import read_pages
from suivi.values.errors import InputRefused
from tests.documents.formats.files import lines, pdf_of


def one_page(content: bytes) -> bytes:
    """A PDF of one page with this packed content."""
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources " + font + b" >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(content), content),
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def packed(unit: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    parts = [packer.compress(unit * 10_000) for _ in range(times // 10_000)]
    return b"".join([*parts, packer.flush()])


def test_pages_come_back_from_the_child_as_they_were() -> None:
    data = pdf_of("#table(columns: 2, [a#super[1]], [b])\n== Words\n#rotate(90deg)[turned] é œ 2021–2025")
    here = [isolation.page_of_data(isolation.page_as_data(page)) for page in read_pages(data)]

    assert isolation.pages_of(data) == here
    assert "Words" in lines(pdf.read(data))


def test_reasons_of_the_child_are_those_of_the_reader() -> None:
    with pytest.raises(InputRefused, match="damaged"):
        isolation.pages_of(b"%PDF-1.7\nno more")


def test_a_page_that_unpacks_without_end_is_refused() -> None:
    bomb = one_page(packed(b"0 0 9 9 re f\n", 9_000_000))

    assert len(bomb) < 500_000
    with pytest.raises(InputRefused, match="more memory or time"):
        pdf.read(bomb)


def test_a_child_that_crashes_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    crashed = subprocess.CompletedProcess([], -11, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: crashed)
    with pytest.raises(InputRefused, match="damaged") as refusal:
        isolation.pages_of(b"%PDF-1.7")
    assert "\n" not in str(refusal.value)


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 0.01)
    with pytest.raises(InputRefused, match="more memory or time"):
        isolation.pages_of(pdf_of("Words"))


def test_the_child_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}

    def run(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[bytes]:
        given.update(env)
        return subprocess.CompletedProcess([], 0, b'{"pages": []}', b"")

    monkeypatch.setenv("SUIVI_SECRET_KEY", "not for the child")
    monkeypatch.setattr(subprocess, "run", run)
    assert isolation.pages_of(b"%PDF-1.7") == []
    assert "SUIVI_SECRET_KEY" not in given
