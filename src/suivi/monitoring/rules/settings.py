"""What a plan may decide about its own follow-up, and what holds where it decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop


@dataclass(frozen=True)
class PlanSettings:
    """Thresholds, steps and words of a plan.

    `recent_days`: an older last update means "no recent update". `on_track_from` and `at_risk_from` are
    shares of the expected value: at or above the first on track, at or above the second at risk, below it
    off track. `late_steps_off_track`: so many late milestones mean off track; one means at risk.
    `closing_days`: in the last days of a time frame "not started" is off track. `needs_clearance`: the
    director of the unit clears before an update is submitted. `returns_before_decision`: after so many
    returns either side may ask the plan manager. `words`: status to language to the plan's own word.
    """

    recent_days: int = 270
    on_track_from: Decimal = Decimal("0.9")
    at_risk_from: Decimal = Decimal("0.6")
    late_steps_off_track: int = 2
    closing_days: int = 180
    needs_clearance: bool = False
    returns_before_decision: int = 2
    looks_ahead: bool = True
    meters_burden: bool = True
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


DEFAULTS = PlanSettings()


def settings_of(data: Mapping[str, Any]) -> PlanSettings:
    """The settings of a plan from what it keeps; what it does not say holds by default.

    Raises InputRefused for a name that is no setting.
    """
    known = {one.name for one in fields(PlanSettings)}
    for name in data:
        if name not in known:
            raise InputRefused(
                gettext_noop("“%(name)s” is no setting of follow-up."),
                {"name": name},
                gettext_noop("The settings are listed in the reference of monitoring."),
            )
    shares = {name: Decimal(str(data[name])) for name in ("on_track_from", "at_risk_from") if name in data}
    return replace(DEFAULTS, **{**data, **shares})
