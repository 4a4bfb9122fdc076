"""Documents held against the record on a page: by everybody, for the reports that everybody may read."""

from django.http import HttpResponse
from django.shortcuts import render

from suivi.core import clock
from suivi.render import MEDIA_TYPES
from suivi.render.reading import read_file
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS
from suivi.reporting.made_from import asked_from, not_of_this_record
from suivi.reporting.models import Paper
from suivi.reporting.outcome_words import place_of, sentences_of
from suivi.reporting.verification import Verification, verify
from suivi.reporting.verification_sheet import make_sheet
from suivi.values.errors import InputRefused, NotAllowed
from suivi.web.access import can_read, require_management
from suivi.web.forms.documents import MadeDocumentForm
from suivi.web.requests import Request
from suivi.web.sentences import sentence

_MOST_SHOWN = 200
_WIDTH = 300  # letters of each side


def check_document(request: Request) -> HttpResponse:
    """Give a document, read whether it says what the record says; its verification sheet where it does."""
    form = MadeDocumentForm(request.POST, request.FILES) if request.method == "POST" else MadeDocumentForm()
    context: dict[str, object] = {"section": "plans", "form": form}
    if form.is_valid():
        name = form.cleaned_data["file"].name
        try:
            outcome = _checked(request, form.cleaned_data["file"].read())
        except (InputRefused, NotAllowed) as error:
            form.add_error("file", f"{sentence(error.message)} {sentence(error.hint)}".strip())
        else:
            if "sheet" in request.POST and outcome.is_equal:
                return _sheet(outcome, name)
            context |= {"name": name, **_shown(outcome)}
    return render(request, "suivi/check_document.html", context)


def _checked(request: Request, data: bytes) -> Verification:
    file = read_file(data)
    asked = asked_from(file.provenance)
    _require_access(request, asked)
    return verify(data, file, asked, clock.today())


def _require_access(request: Request, asked: Asked) -> None:
    """A plan that may not be read is said not to exist here, as everywhere.

    What differs is shown in the words of the record: so an internal report is checked for people inside
    alone, and a paper for everybody only once it is released, on the days it was frozen on.
    """
    if not can_read(request, asked.plan):
        raise not_of_this_record(asked.plan.slug, asked.kind)
    if asked.paper and _is_released(asked.paper, asked):
        return
    if asked.paper or KINDS[asked.kind].is_internal:
        require_management(request)


def _is_released(paper: Paper, asked: Asked) -> bool:
    is_frozen_so = (paper.kind, paper.up_to, paper.as_of) == (asked.kind, asked.up_to, asked.as_of)
    return is_frozen_so and paper.release_at is not None and paper.release_at <= clock.now()


def _shown(outcome: Verification) -> dict[str, object]:
    return {
        "outcome": outcome,
        "sentences": [sentence(message) for message in sentences_of(outcome)],
        "differences": [
            {
                "place": sentence(place_of(found)),
                "made": found.difference.around(" ".join(found.difference.made), _WIDTH),
                "found": found.difference.around(" ".join(found.difference.found), _WIDTH),
            }
            for found in outcome.found[:_MOST_SHOWN]
        ],
        "more": max(0, len(outcome.found) - _MOST_SHOWN),
    }


def _sheet(outcome: Verification, name: str) -> HttpResponse:
    response = HttpResponse(make_sheet(outcome, name, clock.today(), "pdf"), content_type=MEDIA_TYPES["pdf"])
    response.headers["Content-Disposition"] = 'attachment; filename="verification-sheet.pdf"'
    return response
