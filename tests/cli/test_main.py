import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from suivi.cli import main as command_line
from suivi.cli.registry import Subparsers
from suivi.values.errors import NotFound, SuiviError

Outcome = SuiviError | OSError | KeyboardInterrupt


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """A command line whose only command fails as the test says."""
    failure: list[BaseException] = []

    def run(arguments: Namespace) -> int:
        raise failure[0]

    def add_commands(subparsers: Subparsers, modules: tuple[str, ...]) -> None:
        subparsers.add_parser("fail").set_defaults(run=run)

    monkeypatch.setattr(command_line, "add_commands", add_commands)
    return failure


def test_a_named_error_is_one_line_and_its_exit_code(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(NotFound("No plan %(slug)s.", {"slug": "x"}, "Load it first."))
    assert command_line.main(["fail"]) == NotFound.exit_code
    assert capsys.readouterr().err == "suivi: No plan x. Load it first.\n"


def test_a_missing_file_is_one_line_with_its_name(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(FileNotFoundError(2, "No such file or directory", "plan.txt"))
    assert command_line.main(["fail"]) == 1
    assert capsys.readouterr().err == "suivi: No such file or directory: plan.txt\n"


def test_ctrl_c_ends_without_a_traceback(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(KeyboardInterrupt())
    assert command_line.main(["fail"]) == command_line.STOPPED_BY_USER
    assert capsys.readouterr().err == "suivi: stopped\n"


def test_a_mistake_of_ours_keeps_its_traceback(failing: list[BaseException]) -> None:
    failing.append(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        command_line.main(["fail"])


def test_a_reader_that_leaves_early_brings_no_traceback() -> None:
    program = "import sys; from suivi.cli.main import main; sys.exit(main(['doctor', '--json']))"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_the_command_line_starts_without_the_framework_and_the_readers() -> None:
    program = (
        "import sys; from suivi.cli.main import command_parser; command_parser();"
        "print(sorted({'django', 'lxml', 'openpyxl', 'docx', 'pypdfium2', 'typst'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_command_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        command_line.main([])
    assert stop.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_the_entry_point_is_installed_beside_the_interpreter() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("suivi"), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("suivi ")
