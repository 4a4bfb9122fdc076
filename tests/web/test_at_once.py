"""What two people do through the pages at the same moment."""

from pathlib import Path

from tests.cast import build_cast
from tests.processes import address_of_database, said_by, start_python

_ASSIGN = """
from django.conf import settings
from django.test import Client
from suivi.core.models import Account
settings.SUIVI_NOW = NOW
client = Client(SERVER_NAME="localhost")
client.force_login(Account.objects.get(email="mara@example.org"))
page = "/plans/harbour-plan/deliverables/1.2.1/responsibilities"
assert client.get(page).status_code == 200
Path({ready!r}).touch()
while not Path({go!r}).exists():
    time.sleep(0.01)
sent = {{"do": {do!r}, "unit": {unit!r}, "role": "accountable", "starts_on": "2023-02-15", "based_on": ""}}
answer = client.post(page, sent, follow=True)
html = answer.content.decode()
assert answer.status_code == 200, html
print("assigned" if answer.redirect_chain else "refused" if "notice bad" in html else html)
"""
_HELD = """
from suivi.core.models import AuditEntry
from suivi.plan.models import Responsibility
held = Responsibility.objects.current().filter(deliverable__key="1.2.1", role="accountable")
print(held.count(), AuditEntry.objects.filter(object_key__contains="1.2.1", at=NOW).count())
"""


def test_of_two_who_set_an_accountable_unit_at_once_one_is_told_so(
    transactional_db: None, tmp_path: Path
) -> None:
    build_cast()
    address = address_of_database(tmp_path)
    go, units = tmp_path / "go", ("region", "island")
    ready = [tmp_path / unit for unit in units]
    processes = [
        start_python(_ASSIGN.format(ready=str(flag), go=str(go), unit=unit, do="accountable"), address)
        for flag, unit in zip(ready, units, strict=True)
    ]
    while not all(flag.exists() for flag in ready):
        assert all(process.poll() is None for process in processes), processes[0].communicate()
    go.touch()
    assert sorted(said_by(process) for process in processes) == ["assigned", "refused"]
    assert said_by(start_python(_HELD, address)) == "1 1"
