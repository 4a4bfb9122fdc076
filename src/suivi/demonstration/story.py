"""The demonstration as a row of dated events, so that every earlier day can be looked at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

Act = Callable[[datetime], object]
Progress = Callable[[int, int], None]


@dataclass
class Story:
    """What happened on which day of the record. Within one day the order of telling counts."""

    events: list[tuple[date, int, Act]] = field(default_factory=list)

    def tell(self, day: date, act: Act) -> None:
        self.events.append((day, len(self.events), act))

    def play(self, progress: Progress) -> None:
        """Let each event happen at noon of its day; `progress` hears how many of how many have."""
        for done, (day, _order, act) in enumerate(sorted(self.events, key=lambda event: event[:2]), 1):
            progress(done, len(self.events))
            act(datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone()))
