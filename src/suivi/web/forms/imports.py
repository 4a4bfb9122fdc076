"""The forms of an import: give a document, say how to load what was read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from suivi.documents.model import PlanDocument
from suivi.plan.commands import DecisionGiven
from suivi.plan.queries.loading import LoadOutcome, Prospect
from suivi.values.text import Text
from suivi.web.forms.fields import LimitedFileField, day_field

LENGTHS = {"body": 200, "session": 80, "symbol": 80}  # as the record keeps them
SUFFIXES = ".txt,.md,.docx,.xlsx,.pdf,.yaml,.yml"


class DocumentForm(forms.Form):
    """A file, or text that was pasted; one of the two."""

    file = LimitedFileField(
        megabytes=25,
        label=_("Document or spreadsheet"),
        required=False,
        help_text=_("Text, Markdown, Word (DOCX), Excel (XLSX), PDF or a plan file (YAML), up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": SUFFIXES, "class": "drop"}),
        error_messages={
            "too_large": _(
                "This file has %(size)s MB; at most %(limit)s MB are taken. Leave out the pictures."
            )
        },
    )
    text = forms.CharField(
        label=_("Or paste its text"), required=False, widget=forms.Textarea(attrs={"rows": 5}), strip=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise ValidationError(_("Choose a file or paste a text."))
        return cleaned

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name they come under."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return self.cleaned_data["text"].encode(), str(_("pasted text"))
        return file.read(), file.name or ""


class LoadForm(forms.Form):
    """The decision that a new edition rests on, and who may read it; empty where no decision is needed."""

    decided_on = day_field(_("Decided on"), _("The edition is in force from this day."))
    body = forms.CharField(label=_("Governing body"), max_length=LENGTHS["body"], required=False)
    session = forms.CharField(label=_("Session"), max_length=LENGTHS["session"], required=False)
    symbol = forms.CharField(
        label=_("Symbol of the document with the decision"), max_length=LENGTHS["symbol"], required=False
    )
    paragraph = forms.CharField(label=_("Paragraph of the decision"), max_length=40, required=False)
    words = forms.CharField(
        label=_("What was decided"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_public = forms.BooleanField(
        label=_("Everybody may read the editions of this plan without signing in"),
        required=False,
        help_text=_("Never the internal management plan."),
    )

    def __init__(self, *args: Any, plan: PlanDocument, prospect: Prospect, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _initial(plan, prospect)
        self.language = plan.header.language
        self.needs_decision = prospect.outcome in {LoadOutcome.CREATED, LoadOutcome.AMENDED}
        if not self.needs_decision:
            for name in ("decided_on", "body", "session", "symbol", "paragraph", "words", "is_public"):
                del self.fields[name]

    def decision(self) -> DecisionGiven | None:
        """The decision as stated; None where nothing adopted changes."""
        if not self.needs_decision:
            return None
        said = self.cleaned_data
        return DecisionGiven(
            decided_on=said["decided_on"],
            body=said["body"],
            session=said["session"],
            symbol=said["symbol"],
            paragraph=said["paragraph"],
            text=Text.of(said["words"].strip(), self.language),
        )


def _initial(plan: PlanDocument, prospect: Prospect) -> dict[str, Any]:
    """A first edition rests on its own document until somebody says otherwise; a later one does not."""
    head, last = plan.header, prospect.last
    if last is not None:
        return {"body": last.decision.body, "is_public": last.plan.is_public}
    stated = {"body": head.body, "session": head.session, "symbol": head.symbol}
    return {
        "decided_on": head.dated_on,
        "paragraph": plan.decision_paragraph or "",
        **{name: words[: LENGTHS[name]] for name, words in stated.items()},
    }
