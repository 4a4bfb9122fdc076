import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.web.markdown import as_html

# What the reader writes by itself, and nothing else.
_OURS = re.compile(
    r"</?(?:p|ul|ol|li|em|strong|blockquote)>|<br>|<ol start=\"\d+\">|<a href=\"[^\"<>]*\">|</a>"
)


def test_the_syntax_that_units_use() -> None:
    html = as_html("**Two** of *three*\n- one\n- two\n\n[the text](https://example.org/a?b=1&c=2)")
    assert "<strong>Two</strong> of <em>three</em>" in html
    assert html.count("<li>") == 2
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        '[x](https://a" onmouseover="alert(1))',
        "![x](https://example.org/pixel.png)",
        '<https://example.org/"onclick=alert(1)>',
    ],
)
def test_nothing_runs_and_nothing_is_fetched(hostile: str) -> None:
    html = as_html(hostile)
    assert not re.search(r"<(?!/?(?:p|a|br)\b)", html), html
    assert not re.search(r'href="(?!https:)', html), html
    assert 'onmouseover="' not in html


@given(st.text(alphabet=st.sampled_from("<>\"'&[]()!*_-\n `:/ajsx\\"), max_size=60))
def test_whatever_is_written_only_our_elements_come_out(written: str) -> None:
    assert "<" not in _OURS.sub("", as_html(written))
