"""Signing in and out, and the language of the pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from suivi.core.models import Account
from suivi.demonstration.accounts import PASSWORD, demonstration_accounts
from suivi.organisation.rules import ROLES
from suivi.web.way_back import way_back


class SignInForm(AuthenticationForm):
    """E-mail address and password; one answer for a wrong address and a wrong password."""

    username = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": _("The e-mail address or the password is not right. Check both and try again."),
        "inactive": _("This account is closed. Ask the plan manager."),
    }


class SignIn(LoginView):
    template_name = "suivi/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.SUIVI_DEMONSTRATION:
            accounts = [(one, ROLES[one.role].name) for one in demonstration_accounts()]
            context |= {"accounts": accounts, "password": PASSWORD}
        return context

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        account = form.get_user()
        login(self.request, account)
        response = HttpResponseRedirect(self.get_success_url())
        if isinstance(account, Account):
            _remember_language(response, account.language)
        return response


sign_in = SignIn.as_view()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(settings.LOGOUT_REDIRECT_URL)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages; an account keeps it."""
    response = HttpResponseRedirect(way_back(request, "home"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        _remember_language(response, language)
        if isinstance(request.user, Account):
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response


def _remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
    )
