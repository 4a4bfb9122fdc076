"""Reading in a child process, so that a hostile or broken file takes nobody down but its reader.

`read_in_child` starts `python -m suivi.documents.child NAME MEMORY SECONDS`, gives it the bytes of the file
and gets JSON back. The child limits its own memory and time before it looks at the first byte.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from suivi.documents.model import Action, Deliverable, Header, Pillar, PlanDocument, Reading
from suivi.findings import Finding, Place, Severity
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop

MEMORY = 1_500 * 2**20  # bytes of address space
PATIENCE = 60  # seconds; 2,000 deliverables in a PDF need about ten
_PLAN_FILE = re.compile(rb"^(suivi:\s*\d|pillars:\s*$)", re.MULTILINE)
_HINT = gettext_noop("Keep only the part that holds the plan, or save it in another format, and try again.")


@dataclass(frozen=True)
class ReadFile:
    """What came out of a file, as plain data that can be kept.

    `plan_file` is the plan as plan.yaml; `lines` say what became of every line; `sources` name, for a row
    such as "deliverable 1.1.1" and a field, the place, the words, the certainty and the reason.
    """

    plan_file: str
    findings: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)


class ReadingRefused(InputRefused):
    """The file cannot be read. `findings` name the lines where it is a plan file that is broken."""

    def __init__(self, template: str, params: dict[str, object], hint: str, findings: list[Finding]) -> None:
        super().__init__(template, params, hint)
        self.findings = findings


def read_in_child(data: bytes, name: str, *, memory: int = MEMORY, patience: float = PATIENCE) -> ReadFile:
    """Read the bytes of a file called `name`. Raises ReadingRefused with one sentence."""
    ending = _writable(name)[-80:]  # the name serves to tell the format; the operating system takes no NUL
    command = [sys.executable, "-m", "suivi.documents.child", ending, str(memory), str(int(patience))]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=patience + 5, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(patience) from error
    if done.returncode != 0:
        raise _failed(done, memory, patience)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        findings = [finding_from(one) for one in answer["findings"]]
        refused = answer["refused"]
        if findings:  # the sentence names the first of them, which can be translated only as a whole
            refused["params"] |= {"place": findings[0].place, "first": findings[0].message}
        raise ReadingRefused(**refused, findings=findings)
    return ReadFile(**answer)


def _environment() -> dict[str, str]:
    """What the child needs to find Python and this package, and nothing of the settings or their secrets."""
    kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "HOME")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C.UTF-8"}


def _failed(done: "subprocess.CompletedProcess[bytes]", memory: int, patience: float) -> ReadingRefused:
    said = done.stderr.decode(errors="replace")
    if done.returncode in {-24, -9}:  # SIGXCPU, SIGKILL
        return _too_slow(patience)
    if "MemoryError" in said or "memory" in said.lower():
        return ReadingRefused(
            gettext_noop("This file cannot be read: it needs more than %(megabytes)s MB of memory."),
            {"megabytes": memory // 2**20},
            _HINT,
            [],
        )
    return ReadingRefused(gettext_noop("This file cannot be read: the reader gave up on it."), {}, _HINT, [])


def _too_slow(patience: float) -> ReadingRefused:
    return ReadingRefused(
        gettext_noop("This file cannot be read: it took longer than %(seconds)s seconds."),
        {"seconds": int(patience)},
        _HINT,
        [],
    )


def is_plan_file(data: bytes, name: str) -> bool:
    """Whether the file is a plan.yaml, by its name or by how it begins."""
    return name.lower().endswith((".yaml", ".yml")) or bool(_PLAN_FILE.search(data[:4000]))


def finding_from(data: dict[str, Any]) -> Finding:
    """A finding from plain data."""
    return Finding(
        data["code"],
        Severity(data["severity"]),
        Message(data["template"], data["params"]),
        Place(**data["place"]),
        Message(data["hint"], data["hint_params"]),
    )


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as plain data that keeps its template, so that it can still be translated."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "template": finding.message.template,
        "params": {name: str(value) for name, value in finding.message.params.items()},
        "hint": finding.hint.template,
        "hint_params": {name: str(value) for name, value in finding.hint.params.items()},
        "place": place_data(finding.place),
    }


def place_data(place: Place) -> dict[str, Any]:
    """A place as plain data, empty members left out."""
    return {name: value for name, value in asdict(place).items() if value}


def _read(data: bytes, name: str) -> dict[str, Any]:
    if is_plan_file(data, name):
        return _read_plan_file(data)
    from suivi.documents.outputs import as_yaml
    from suivi.documents.reader import read_bytes

    reading = read_bytes(data, name)
    return {
        "plan_file": as_yaml(reading),
        "findings": [finding_data(one) for one in reading.findings],
        "lines": _lines(reading),
        "sources": {row: _sources(part) for row, part in _parts(reading.plan)},
    }


def _read_plan_file(data: bytes) -> dict[str, Any]:
    from suivi.documents import planfile

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(
            gettext_noop("The plan file is not written in UTF-8."), hint=gettext_noop("Save it as UTF-8.")
        ) from error
    return {"plan_file": planfile.dump(planfile.load(text)[0])}


def _lines(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "place": place_data(line.place),
            "text": line.text,
            "use": line.use.value,
            "reason": line.reason,
            "serves": list(line.serves),
        }
        for line in reading.lines
    ]


def _parts(plan: PlanDocument) -> Iterator[tuple[str, Header | Pillar | Action | Deliverable]]:
    yield "plan", plan.header
    for pillar in plan.pillars:
        yield f"pillar {pillar.number}", pillar
        for action in pillar.actions:
            yield f"action {action.number}", action
            for deliverable in action.deliverables:
                yield f"deliverable {deliverable.number}", deliverable


def _sources(part: Header | Pillar | Action | Deliverable) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "place": place_data(source.place),
            "words": source.words,
            "certainty": source.certainty.value,
            "why": source.why,
        }
        for name, source in part.sources.items()
    }


def _main() -> int:
    """The child: limits first, then one file."""
    import resource

    name, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = _read(sys.stdin.buffer.read(), name)
    except InputRefused as refused:
        answer = {
            "refused": {
                "template": refused.message.template,
                "params": {key: str(value) for key, value in refused.message.params.items()},
                "hint": refused.hint.template,
            },
            "findings": [finding_data(one) for one in getattr(refused, "findings", [])],
        }
    json.dump(_writable(answer), sys.stdout)
    return 0


def _writable(value: Any) -> Any:
    """The same without what no database keeps as text: NUL and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_writable(one) for one in value]
    if isinstance(value, dict):
        return {name: _writable(one) for name, one in value.items()}
    return value


if __name__ == "__main__":
    sys.exit(_main())
