"""Who may write, translate, clear and issue papers: by role for the plan, or named in a section."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from suivi.core.models import Account
from suivi.organisation.queries import Authority, authority_of, represented_by, require
from suivi.organisation.rules import Permission
from suivi.reporting.models import Paper, PaperSection


@dataclass
class PaperRights:
    """What one account may do with the papers of a plan (by its scope) on a day."""

    authority: Authority
    scope: int

    def _may(self, permission: Permission) -> bool:
        return self.authority.allows(permission, [self.scope])

    @property
    def manages(self) -> bool:
        return self._may(Permission.WRITE_PAPER)

    @property
    def issues(self) -> bool:
        return self._may(Permission.ISSUE_PAPER)

    @cached_property
    def people(self) -> frozenset[int]:
        """The account, and those it acts for."""
        account = self.authority.account
        if account is None:
            return frozenset()
        return frozenset({account.pk, *represented_by(account, self.authority.day)})

    def writes(self, section: PaperSection, language: str, original: str) -> bool:
        if self.manages or section.writer_id in self.people:
            return True
        return language != original and self._may(Permission.TRANSLATE_PAPER)

    def clears(self, section: PaperSection) -> bool:
        return self._may(Permission.CLEAR_PAPER) or section.clearer_id in self.people


def rights_of(by: Account | None, paper: Paper, now: datetime) -> PaperRights:
    """The rights of an account now."""
    return PaperRights(authority_of(by, timezone.localdate(now)), paper.plan.scope_id)


def require_writing(by: Account | None, section: PaperSection, language: str, now: datetime) -> None:
    """Stop with NotAllowed unless the account may write this section in this language."""
    paper = section.paper
    if by is None or rights_of(by, paper, now).writes(section, language, paper.original_language):
        return
    is_original = language == paper.original_language
    needed = Permission.WRITE_PAPER if is_original else Permission.TRANSLATE_PAPER
    require(by, needed, [paper.plan.scope_id], now=now)


def require_clearing(by: Account | None, section: PaperSection, now: datetime) -> None:
    """Stop with NotAllowed unless the account may clear this section."""
    if by is None or rights_of(by, section.paper, now).clears(section):
        return
    require(by, Permission.CLEAR_PAPER, [section.paper.plan.scope_id], now=now)
