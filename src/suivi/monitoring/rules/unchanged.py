"""Whether an update says nothing new, so that it may be approved together with others."""

from suivi.monitoring.rules.content import UpdateContent


def says_nothing_new(last: UpdateContent, update: UpdateContent) -> bool:
    """Whether an update only repeats the last approved one: no new item, no step, no value, no "achieved"."""
    return (
        update.is_no_change
        and not (update.items or update.steps or update.values or update.evidence)
        and update.is_commitment_kept == last.is_commitment_kept
        and update.assessment == last.assessment
        and update.assessment != "achieved"
    )
