"""Which signal is better than which."""

from suivi.monitoring.rules.signal import Standing

# The best first. "Not started" stands with "off track": no proof that is taken away leads to it.
ORDER = (
    Standing.ACHIEVED,
    Standing.ACHIEVED_LATE,
    Standing.PARTIALLY_ACHIEVED,
    Standing.ON_TRACK,
    Standing.IN_PROGRESS,
    Standing.NO_RECENT_UPDATE,
    Standing.AT_RISK,
    Standing.OFF_TRACK,
    Standing.NOT_STARTED,
    Standing.NOT_ACHIEVED,
)
