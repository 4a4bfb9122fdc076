import re
from pathlib import Path

from suivi.cli.examination import VARIABLES_OF_TESTS
from suivi.environment.variables import BY_NAME
from tools.iati_checks import iati_checks_page
from tools.iati_reference import iati_standard_page
from tools.reference import commands_page, monitoring_page, reports_page, roles_page, settings_page


def test_the_page_of_the_settings_is_up_to_date(root: Path) -> None:
    assert (root / "docs/reference/settings.md").read_text() == settings_page(), "run: make docs"


def test_the_page_of_the_commands_is_up_to_date(root: Path) -> None:
    assert (root / "docs/reference/commands.md").read_text() == commands_page(), "run: make docs"


def test_the_page_of_monitoring_is_up_to_date(root: Path) -> None:
    assert (root / "docs/reference/monitoring.md").read_text() == monitoring_page(), "run: make docs"


def test_the_page_of_the_roles_is_up_to_date(root: Path) -> None:
    assert (root / "docs/reference/roles.md").read_text() == roles_page(), "run: make docs"


def test_the_page_of_the_reports_is_up_to_date(root: Path) -> None:
    assert (root / "docs/reference/reports.md").read_text() == reports_page(), "run: make docs"


def test_the_page_of_the_iati_standard_is_up_to_date(root: Path) -> None:
    assert (root / "docs/reference/iati-standard.md").read_text() == iati_standard_page(), "run: make docs"


def test_the_page_of_the_iati_checks_is_up_to_date(root: Path) -> None:
    assert (root / "docs/reference/iati-checks.md").read_text() == iati_checks_page(), "run: make docs"


def test_every_variable_that_the_code_names_is_explained(root: Path) -> None:
    named = {
        name
        for path in (root / "src").rglob("*.py")
        for name in re.findall(r"\bSUIVI_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    assert named - set(BY_NAME) == VARIABLES_OF_TESTS
