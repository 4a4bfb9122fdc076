"""The errors that stop a piece of work. Each says what to do next; each door shows them in its own way."""

from collections.abc import Mapping

from suivi.values.messages import Message


class SuiviError(Exception):
    """The root of all named errors.

    `template` and `params` make the sentence, `hint` says what to do next.
    `exit_code` is for the command line.
    """

    exit_code = 1

    def __init__(self, template: str, params: Mapping[str, object] | None = None, hint: str = "") -> None:
        self.message = Message(template, params or {})
        self.hint = Message(hint, params or {})
        super().__init__(template)

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.message), str(self.hint)) if part)


class InputRefused(SuiviError):  # noqa: N818  the name is what happened
    """A file or a value from outside cannot be taken. Nothing was changed."""

    exit_code = 2


class NotAllowed(SuiviError):  # noqa: N818
    """The account has no role that lets it do this here."""

    exit_code = 3


class RuleBroken(SuiviError):  # noqa: N818
    """What was asked goes against a rule of the plan. Nothing was changed."""

    exit_code = 4


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed this after it was shown. Nothing was written; look at what stands there now."""


class NotFound(SuiviError):  # noqa: N818
    """What was named does not exist, or not on that day."""

    exit_code = 5
