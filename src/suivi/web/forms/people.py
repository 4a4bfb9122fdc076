"""Forms about people: an account with its first role, a further role, passwords."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from suivi.core.commands import change_password
from suivi.core.models import Account
from suivi.core.passwords import readable_password
from suivi.organisation.commands import add_person, grant_role
from suivi.organisation.models import Scope
from suivi.organisation.queries import Authority, UnitTree
from suivi.organisation.rules import ROLES, Permission
from suivi.plan.models import Plan
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import day_field, unit_choices
from suivi.web.roles_held import ScopeNames

EVERYTHING = "everything"


class RoleForm(CommandForm):
    """A role, what it counts for, and its days."""

    role = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(
        label=_("For"), help_text=_("A role for a unit also counts for the units below it.")
    )
    starts_on = day_field(_("First day"), _("Left empty, the role counts from now on."), required=False)
    ends_on = day_field(_("Last day"), _("Left empty, the role has no end."), required=False)

    def __init__(
        self, *args: Any, authority: Authority, tree: UnitTree, scopes: ScopeNames, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.authority, self.tree, self.scopes = authority, tree, scopes
        self._choose("role", [(role.key, f"{role.name} – {role.purpose}") for role in ROLES.values()])
        self._choose("scope", self._scopes())

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *choices]

    def _scopes(self) -> list[Any]:
        """What the one who gives the role may give it for."""
        everything = self.authority.allows(Permission.MANAGE_ACCOUNTS)
        plans = [
            (str(plan.scope_id), self.scopes.of(plan.scope_id)[0])
            for plan in Plan.objects.all()
            if self.authority.allows(Permission.MANAGE_ACCOUNTS, [plan.scope_id])
        ]
        units = [
            (str(self.tree.by_key[key].scope_id), words)
            for key, words in unit_choices(self.tree)
            if self.authority.allows(
                Permission.MANAGE_ACCOUNTS, self.tree.scopes_of([self.tree.by_key[key].pk])
            )
        ]
        groups: list[Any] = [(EVERYTHING, __("everything"))] if everything else []
        return groups + [
            (words, group) for words, group in ((__("Plans"), plans), (__("Units"), units)) if group
        ]

    def clean_scope(self) -> Scope | None:
        chosen = self.cleaned_data["scope"]
        return None if chosen == EVERYTHING else Scope.objects.get(pk=chosen)

    def given(self) -> dict[str, Any]:
        """Role, scope and days as the commands take them."""
        return {name: self.cleaned_data[name] for name in ("role", "scope", "starts_on", "ends_on")}


class GrantForm(RoleForm):
    """Gives a person a further role."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def carry_out(self, *, by: Account, now: datetime) -> str:
        grant = grant_role(by=by, now=now, account=self.account, **self.given())
        return __("%(person)s now has the role: %(role)s.") % {
            "person": self.account.name,
            "role": ROLES[grant.role].name,
        }


class PersonForm(RoleForm):
    """An account with its first role; without a password typed in, one is made up and shown once."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it."))
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)
    password = forms.CharField(
        label=_("First password"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Left empty, one is made up and shown to you once. The person can change it."),
    )
    field_order = ("name", "email", "language", "role", "scope", "starts_on", "ends_on", "password")

    def carry_out(self, *, by: Account, now: datetime) -> str:
        self.first_password = self.cleaned_data["password"] or readable_password()
        self.person = add_person(
            by=by,
            now=now,
            email=self.cleaned_data["email"],
            name=self.cleaned_data["name"],
            language=self.cleaned_data["language"],
            password=self.first_password,
            **self.given(),
        )
        return __("%(person)s has an account now.") % {"person": self.person.name}


class PasswordForm(CommandForm):
    """One's own password: the present one, and a new one twice."""

    present = forms.CharField(
        label=_("Your password now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The new password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.account.check_password(present):
            raise forms.ValidationError(__("This is not your password. Type it once more."))
        return present

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(__("The two new passwords differ. Type them again."))
        return again

    def carry_out(self, *, by: Account, now: datetime) -> str:
        change_password(by=by, now=now, password=self.cleaned_data["new"])
        return __("Your password is changed.")
