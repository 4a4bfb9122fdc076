"""What pages keep from one request to the next: what was read, and the content drawn from it."""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, NamedTuple, TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from suivi.core.kept import KEPT, About, trail_now
from suivi.web.context import site
from suivi.web.requests import Request

Made = TypeVar("Made")


class Content(NamedTuple):
    """The content of a page, and what its title says."""

    title: str
    utf8: bytes  # half of what a text takes that holds a dash or a curly quote

    @classmethod
    def of(cls, title: str, html: SafeString) -> "Content":
        return cls(title, html.encode())

    @property
    def html(self) -> SafeString:
        # It was drawn by a template, which has escaped what it shows.
        return mark_safe(self.utf8.decode())  # noqa: S308

    def weight(self) -> int:
        return len(self.utf8)


def kept(
    request: Request,
    question: Hashable,
    make: Callable[[], Made],
    weigh: Callable[[Made], int],
    rests_on: Collection[str] | None = None,
    mend: Callable[[Made, frozenset[About]], Made | None] | None = None,
) -> Made:
    """The answer to a question, from memory unless the record has changed; one trail for each request."""
    if not hasattr(request, "trail"):
        request.trail = trail_now()
    return KEPT.answer(question, request.trail, make, weigh, rests_on, mend)


def kept_content(
    request: Request,
    template: str,
    make: Callable[[], Mapping[str, Any]],
    *rights: bool,
    plan: str | None = None,
) -> Content:
    """The content of the page at this address, for all who may see as much and look at the same days.

    `make` gives what the template needs, and the `title`. The template is drawn without the request: all that
    it can know of the reader is what `site` says, which is part of the question. What else `make` asks of the
    reader belongs into `rights`. With `plan` (a slug) the page shows this plan alone, with units and roles.
    """
    seen = {name: value for name, value in site(request).items() if name != "address_query"}
    question = (template, request.get_full_path(), get_language(), *rights, *seen.items())

    def drawn() -> Content:
        context = make()
        html = render_to_string(template, {**site(request), **context})
        return Content.of(str(context.get("title", "")), html)

    return kept(request, question, drawn, Content.weight, None if plan is None else ("", plan))
