"""PDFium in a process of its own, bounded in memory and time; only plain data comes back."""

import json
import os
import subprocess
import sys
from typing import Any

from suivi.documents.pdf.pages import Page, Rule, Word
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

MEMORY_BYTES = 1_200 * 2**20  # of address space, Python and its libraries included
PROCESSOR_SECONDS = 60
SECONDS = 150  # on the clock, for a machine that is busy
# What the child gets of the environment: nothing that is secret.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "LANG")


def pages_of(data: bytes) -> list[Page]:
    """The pages of a PDF, taken apart in a child process.

    Raises InputRefused with the reason of the child, or because it crashed or passed its bounds.
    """
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-P", "-m", "suivi.documents.pdf"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise _beyond_bounds() from error
    if done.returncode != 0:
        raise _beyond_bounds()
    answer = json.loads(done.stdout)
    if "refused" in answer:
        template, params, hint = answer["refused"]
        raise InputRefused(template, params, hint)
    return [page_of_data(page) for page in answer["pages"]]


def limit_this_process() -> None:
    """Bound the memory and time of the process that calls; where the system knows no bounds, it has none."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def page_as_data(page: Page) -> list[Any]:
    """A page as lists of plain values, positions to a hundredth of a point."""
    return [
        page.number,
        page.width,
        page.height,
        page.has_picture,
        page.strange_letters,
        [_word_as_data(word) for word in page.words],
        [_rule_as_data(rule) for rule in page.across],
        [_rule_as_data(rule) for rule in page.down],
    ]


def page_of_data(data: list[Any]) -> Page:
    number, width, height, has_picture, strange, words, across, down = data
    return Page(
        number,
        width,
        height,
        [Word(*word) for word in words],
        [Rule(*rule) for rule in across],
        [Rule(*rule) for rule in down],
        has_picture,
        strange,
    )


def _word_as_data(word: Word) -> list[Any]:
    return [
        word.text,
        round(word.x0, 2),
        round(word.x1, 2),
        round(word.y, 2),
        round(word.size, 2),
        word.is_bold,
        word.is_glued,
        word.is_raised,
        word.ends_in_hyphen,
        word.turn,
        word.run,
    ]


def _rule_as_data(rule: Rule) -> list[float]:
    return [round(rule.at, 2), round(rule.start, 2), round(rule.end, 2)]


def _beyond_bounds() -> InputRefused:
    return InputRefused(
        gettext_noop("The PDF is damaged, or asks for more memory or time than a plan ever needs."),
        hint=gettext_noop("Open it in a PDF reader, print it to a new PDF and try again."),
    )
