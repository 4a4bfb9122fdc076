"""What a command refuses, said in the form that asked for it."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from suivi.values.errors import InputRefused, RuleBroken
from suivi.web.sentences import sentence

# What a form shows and lets the reader mend; anything else is an error page.
Mendable = (RuleBroken, InputRefused, ValidationError)


def add_errors(form: forms.BaseForm, error: Exception) -> None:
    """Put a named error above the form, and errors of validation at their fields where the form has them."""
    if not isinstance(error, ValidationError):
        if not isinstance(error, RuleBroken | InputRefused):
            raise error
        form.add_error(None, sentence(error.message))
        if str(error.hint):
            form.add_error(None, sentence(error.hint))
        return
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for field, messages in by_field.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
