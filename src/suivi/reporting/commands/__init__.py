"""What changes papers."""

from suivi.reporting.commands.life import freeze_paper, issue_paper, thaw_paper
from suivi.reporting.commands.papers import change_paper, revise_paper, start_paper
from suivi.reporting.commands.sections import (
    assign_section,
    choose_example,
    clear_section,
    drop_example,
    write_section,
)

__all__ = [
    "assign_section",
    "change_paper",
    "choose_example",
    "clear_section",
    "drop_example",
    "freeze_paper",
    "issue_paper",
    "revise_paper",
    "start_paper",
    "thaw_paper",
    "write_section",
]
