"""The child process that takes a PDF apart: the file on standard input, its pages as JSON on the output.

PDFium is a large library in C++ that meets files from strangers. Here it may run out of memory or time, or
crash, and takes nothing with it.
"""

import json
import sys

from suivi.documents.pdf.isolation import limit_this_process, page_as_data
from suivi.documents.pdf.pages import read_pages
from suivi.values.errors import InputRefused


def main() -> None:
    limit_this_process()
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {"pages": [page_as_data(page) for page in read_pages(data)]}
    except InputRefused as refusal:
        message, hint = refusal.message, refusal.hint
        answer = {"refused": [message.template, dict(message.params), hint.template]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
