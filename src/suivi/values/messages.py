"""Sentences that are written here and translated at the doors.

Pure packages know no translation machinery. They keep the English template and its parameters; a door
looks the template up in its catalogue and fills it in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def gettext_noop(template: str) -> str:
    """Mark a template for the translators' catalogue and give it back unchanged."""
    return template


@dataclass(frozen=True)
class Message:
    """One sentence: an English template with named %-parameters, and what fills them."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def in_words(self, translate: Callable[[str], str] = gettext_noop) -> str:
        """The sentence, in the language of `translate`."""
        template = translate(self.template) if self.template else ""
        return template % self.params if self.params else template

    def __str__(self) -> str:
        return self.in_words()
