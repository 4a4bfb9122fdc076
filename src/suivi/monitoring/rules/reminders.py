"""On which days somebody is reminded: seldom, and never twice on one."""

from datetime import date

# So many days before something is due, and on the day itself.
DAYS_BEFORE = (14, 7, 3, 1, 0)
DAYS_BETWEEN_WHEN_LATE = 7
MONDAY = 0


def is_reminded(due_on: date, today: date) -> bool:
    """Whether something that is due on a day is a reason to write today; once late, every week."""
    left = (due_on - today).days
    return left in DAYS_BEFORE if left >= 0 else -left % DAYS_BETWEEN_WHEN_LATE == 0


def is_day_for_waiting_things(today: date) -> bool:
    """Whether today is the day of the week on which those who clear and review hear what waits."""
    return today.weekday() == MONDAY
