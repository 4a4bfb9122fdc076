from suivi.findings import Finding, Place, Severity, worst
from suivi.values.messages import Message


def _finding(severity: Severity) -> Finding:
    return Finding("code", severity, Message("Words."))


def test_a_finding_reads_as_one_line() -> None:
    finding = Finding(
        "no-window",
        Severity.WARNING,
        Message("%(key)s has no time frame.", {"key": "1.1.1"}),
        Place(line=12),
        Message("Write one."),
    )
    assert str(finding) == "line 12: warning no-window: 1.1.1 has no time frame. (Write one.)"


def test_a_finding_without_place_and_hint_leaves_them_out() -> None:
    assert str(_finding(Severity.NOTE)) == "note code: Words."


def test_places_are_said_for_people() -> None:
    assert str(Place(line=12, page=3)) == "page 3, line 12"
    assert str(Place(sheet="Plan", cell="B7")) == "Plan!B7"
    assert str(Place(cell="B7")) == "B7"
    assert str(Place()) == ""


def test_places_are_translated() -> None:
    assert Place(page=3).in_words({"page %(page)s": "seite %(page)s"}.__getitem__) == "seite 3"


def test_the_worst_of_several_findings_decides() -> None:
    found = [_finding(Severity.NOTE), _finding(Severity.ERROR), _finding(Severity.WARNING)]
    assert worst(found) is Severity.ERROR
    assert worst(found[:1]) is Severity.NOTE
    assert worst([]) is None
