"""Changes to guidance, lessons and "already reported in". Every door calls these."""

from suivi.learning.commands.elsewhere import link_reported_elsewhere, unlink_reported_elsewhere
from suivi.learning.commands.guidance import (
    GuidanceGiven,
    answer_guidance,
    record_guidance,
    rewrite_guidance,
    withdraw_guidance,
)
from suivi.learning.commands.lessons import (
    LessonGiven,
    record_lesson,
    rewrite_lesson,
    withdraw_lesson,
)

__all__ = [
    "GuidanceGiven",
    "LessonGiven",
    "answer_guidance",
    "link_reported_elsewhere",
    "record_guidance",
    "record_lesson",
    "rewrite_guidance",
    "rewrite_lesson",
    "unlink_reported_elsewhere",
    "withdraw_guidance",
    "withdraw_lesson",
]
