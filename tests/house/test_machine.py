import pytest

from tools import machine
from tools.machine import Need

ABSENT = Need("fortune-teller", "the tests of tomorrow", lambda: False)


@pytest.fixture(autouse=True)
def machine_without_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NEEDS", (ABSENT,))
    monkeypatch.setattr(machine, "_right_to_install", lambda: None)
    monkeypatch.delenv("CI", raising=False)


def test_what_is_missing_is_named_with_the_way_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert machine.main() == 0
    said = capsys.readouterr().out
    assert "fortune-teller, for the tests of tomorrow" in said
    assert "apt-get install fortune-teller" in said


def test_in_continuous_integration_a_missing_part_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert machine.main() == 1


def test_a_complete_machine_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "NEEDS", ())
    assert machine.main() == 0
    assert capsys.readouterr().out == ""
