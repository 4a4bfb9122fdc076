"""A reading as the lines in which the expectations of the invented plans are written."""

from collections.abc import Iterator

from suivi.documents.model import Action, Deliverable, Link, Reading


def outline_of(reading: Reading) -> list[str]:
    """One line per pillar, action and deliverable; "i" behind a number says that it is ours.

    Deliverables numbered by the document carry a "d" where the number would be ours as well.
    """
    return list(_lines(reading))


def _lines(reading: Reading) -> Iterator[str]:
    for pillar in reading.plan.pillars:
        yield f"{pillar.number}{'i' if pillar.number_is_internal else ''} {pillar.title}".rstrip()
        for action in pillar.actions:
            yield f"  {_action(action)}"
            for deliverable in action.deliverables:
                yield f"    {_deliverable(deliverable)}"


def _action(action: Action) -> str:
    number = f"{action.number}{'i' if action.number_is_internal else ''}"
    return f"{number} {action.text}".rstrip() + _serves(action.links)


def _serves(links: list[Link]) -> str:
    return f" -> {' '.join(link.key for link in links)}" if links else ""


def _deliverable(deliverable: Deliverable) -> str:
    target = deliverable.target
    facts = [
        _days(deliverable),
        f"target {target.value:f} {target.unit}".rstrip() if target else "",
        f"lead {deliverable.lead}" if deliverable.lead else "",
        f"indicator {deliverable.indicator}" if deliverable.indicator else "",
    ]
    words = f"{_number(deliverable)} {deliverable.text}"
    return " | ".join([words, *(fact for fact in facts if fact)]) + _serves(deliverable.links)


def _number(deliverable: Deliverable) -> str:
    is_plain = deliverable.number.count(".") >= 2
    return f"{deliverable.number}d" if is_plain and not deliverable.number_is_internal else deliverable.number


def _days(deliverable: Deliverable) -> str:
    if deliverable.window is None:
        return "-"
    return f"{deliverable.window} {deliverable.starts_on or ''}..{deliverable.ends_on or ''}"
