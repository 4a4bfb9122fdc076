"""Forms that end in one command, and how a view lets them act."""

from datetime import datetime

from django import forms

from suivi.core import clock
from suivi.core.models import Account
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.web.access import account_of
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.requests import Request


class CommandForm(forms.Form):
    """A form whose valid data goes to one command."""

    def carry_out(self, *, by: Account, now: datetime) -> str:
        """Call the command; give back the sentence that says what happened."""
        raise NotImplementedError


def carry_out(request: Request, form: CommandForm) -> str:
    """Let a form act; what the command refuses becomes an error of the form, and the answer is empty."""
    refuse_another_day(request)
    return carry_out_now(request, form)


def carry_out_now(request: Request, form: CommandForm) -> str:
    """The same from a page that shows what stands now, whatever day is looked at elsewhere."""
    if not form.is_valid():
        return ""
    try:
        return form.carry_out(by=account_of(request), now=clock.now())
    except Mendable as error:
        add_errors(form, error)
        return ""


def refuse_another_day(request: Request) -> None:
    """Nothing is written while another day is looked at: the page would not show what was done."""
    if request.is_past:
        raise RuleBroken(
            gettext_noop("You look at the plan as of another day, so nothing can be written."),
            hint=gettext_noop("Go back to today in the bar at the top, then write."),
        )
