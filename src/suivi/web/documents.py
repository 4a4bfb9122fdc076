"""A document that was made here, as the answer to a request."""

from django.http import HttpResponse

from suivi.render import MEDIA_TYPES


def document_response(data: bytes, name: str, suffix: str) -> HttpResponse:
    """The file under its name: HTML to be read in the browser, the others to be saved."""
    response = HttpResponse(data, content_type=MEDIA_TYPES[suffix])
    disposition = "inline" if suffix == "html" else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    # HTML is shown in the browser; its own policy lets it carry its style and nothing else.
    if suffix == "html":
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
        )
    return response
