"""A reading in the shapes people and programs ask for: data, an outline, an explanation."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from suivi.documents.model import (
    Action,
    Deliverable,
    Header,
    LineUse,
    Pillar,
    PlanDocument,
    Reading,
    Source,
    Use,
)
from suivi.findings import Finding, Place


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _place(place: Place) -> dict[str, Any]:
    data: dict[str, Any] = {"line": place.line}
    if place.page is not None:
        data["page"] = place.page
    if place.cell:
        data["cell"] = f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    return data


def as_json(reading: Reading, *, with_sources: bool = False) -> dict[str, Any]:
    """The plan as plain data: header, counts, pillars with actions with deliverables.

    Days are in ISO form, `target` is a number or None, a link is its key. Keys that only some plans need
    (unit, lead, indicator, strands, links of a deliverable) stand at the end of their object.
    `with_sources` adds where each field comes from and what became of each line of the source.
    """
    plan, header = reading.plan, reading.plan.header
    data: dict[str, Any] = {
        "document": header.symbol or None,
        "language": header.language,
        "session": header.session or None,
        "date": header.dated_on.isoformat() if header.dated_on else None,
        "agenda_item": header.item,
        "author_unit": header.author_unit or None,
        "paragraphs": plan.paragraphs,
        "footnotes": len(plan.footnotes),
        "decision_paragraph": plan.decision_paragraph,
        "pillars": [_pillar(pillar) for pillar in plan.pillars],
        "title": str(header.title) if header.title else None,
        "body": header.body or None,
        "original_language": header.original_language or None,
        "labels": {name: str(text) for name, text in plan.labels.items()},
        "cited": plan.cited,
        "notes": [{"mark": note.mark, "text": note.text} for note in plan.footnotes],
        "findings": [_finding(finding) for finding in reading.findings],
    }
    if with_sources:
        data["sources"] = {
            name: {field: _source(source) for field, source in sources.items()}
            for name, sources in _all_sources(plan)
        }
        data["lines"] = [_line(line) for line in reading.lines]
    return data


def _all_sources(plan: PlanDocument) -> Iterator[tuple[str, dict[str, Source]]]:
    """The name of each part of the plan with the sources of its fields."""
    yield "header", plan.header.sources
    for pillar in plan.pillars:
        yield f"pillar {pillar.number}", pillar.sources
        for action in pillar.actions:
            yield f"action {action.number}", action.sources
            for deliverable in action.deliverables:
                yield f"deliverable {deliverable.number}", deliverable.sources


def _source(source: Source) -> dict[str, str]:
    place, certainty = str(source.place), source.certainty.value
    return {"place": place, "words": source.words, "certainty": certainty, "why": source.why}


def _line(line: LineUse) -> dict[str, Any]:
    return {
        "place": str(line.place),
        "text": line.text,
        "use": line.use.value,
        "reason": line.reason,
        "serves": list(line.serves),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": str(finding.message),
        "place": str(finding.place),
        "hint": str(finding.hint),
    }


def _pillar(pillar: Pillar) -> dict[str, Any]:
    return {
        "number": pillar.number,
        "title": str(pillar.title),
        **_place(pillar.place),
        "actions": [_action(action) for action in pillar.actions],
        **({"number_is_internal": True} if pillar.number_is_internal else {}),
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "number": action.number,
        "text": str(action.text),
        **_place(action.place),
        "links": [link.key for link in action.links],
        "deliverables": [_deliverable(deliverable) for deliverable in action.deliverables],
        **({"number_is_internal": True} if action.number_is_internal else {}),
        **({"notes": action.footnotes} if action.footnotes else {}),
    }


def _deliverable(deliverable: Deliverable) -> dict[str, Any]:
    target = deliverable.target
    data: dict[str, Any] = {
        "id": deliverable.number,
        "text": str(deliverable.text),
        "target": _number(target.value) if target else None,
        **_place(deliverable.place),
        "window": deliverable.window,
        "starts": deliverable.starts_on.isoformat() if deliverable.starts_on else None,
        "ends": deliverable.ends_on.isoformat() if deliverable.ends_on else None,
    }
    optional: dict[str, Any] = {
        "id_is_internal": deliverable.number_is_internal,
        "unit": str(target.unit) if target else "",
        "strands": [str(strand) for strand in deliverable.strands],
        "lead": deliverable.lead,
        "indicator": deliverable.indicator,
        "links": [link.key for link in deliverable.links],
        "notes": deliverable.footnotes,
    }
    return data | {name: value for name, value in optional.items() if value}


def _header_lines(header: Header, plan: PlanDocument) -> list[str]:
    facts = {
        "symbol": header.symbol,
        "body": header.body,
        "session": header.session,
        "item": header.item,
        "date": header.dated_on,
        "author unit": header.author_unit,
        "language": header.language,
        "original": header.original_language,
        "paragraphs": plan.paragraphs,
        "decision in paragraph": plan.decision_paragraph,
        "footnotes": len(plan.footnotes),
    }
    return [f"{name}: {value}" for name, value in facts.items() if value]


def as_text(reading: Reading) -> str:
    """An outline for people, one line per part, with time frames, targets and links."""
    plan = reading.plan
    lines = [str(plan.header.title or plan.header.symbol or "(no title)"), *_header_lines(plan.header, plan)]
    for pillar in plan.pillars:
        lines += ["", f"{_numbered(pillar)} {pillar.title}".rstrip()]
        for action in pillar.actions:
            lines += ["", f"  {_numbered(action)} {action.text}".rstrip()]
            if action.links:
                lines.append(f"      serves {', '.join(link.key for link in action.links)}")
            lines += [_deliverable_line(deliverable) for deliverable in action.deliverables]
    return "\n".join(lines) + "\n"


def as_yaml(reading: Reading) -> str:
    """The plan as plan.yaml, for people to look through and correct."""
    from suivi.documents import planfile

    return planfile.dump(reading.plan)


def _numbered(part: Pillar | Action | Deliverable) -> str:
    return f"[{part.number}]" if part.number_is_internal else part.number


def _deliverable_line(deliverable: Deliverable) -> str:
    facts = [deliverable.window or "no time frame"]
    if deliverable.target:
        facts.append(f"target {_number(deliverable.target.value)} {deliverable.target.unit}".rstrip())
    if deliverable.lead:
        facts.append(f"lead {deliverable.lead}")
    if deliverable.links:
        facts.append(f"serves {', '.join(link.key for link in deliverable.links)}")
    return f"    - {_numbered(deliverable)} {deliverable.text} ({'; '.join(facts)})"


def explain(reading: Reading) -> str:
    """Each field with its source and how sure the reading is, then what became of each line of the source."""
    lines = ["# Fields"]
    for name, sources in _all_sources(reading.plan):
        lines += _explained(name, sources)
    lines += ["", "# Lines"]
    for line in reading.lines:
        if line.use is Use.BLANK:
            continue
        serves = f" -> {', '.join(line.serves)}" if line.serves else ""
        reason = f" ({line.reason})" if line.reason else ""
        lines.append(f"{line.place}: {line.use.value}{reason}{serves}: {_clipped(line.text)}")
    return "\n".join(lines) + "\n"


def _explained(name: str, sources: dict[str, Source]) -> list[str]:
    return [
        f"{name} {field}: {source.place}: {source.certainty.value}"
        f"{f', {source.why}' if source.why else ''}: {_clipped(source.words)}"
        for field, source in sources.items()
    ]


def _clipped(words: str, longest: int = 100) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= longest else f"{folded[: longest - 1]}…"
