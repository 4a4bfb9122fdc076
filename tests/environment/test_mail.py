import pytest

from suivi.environment.mail import mail_settings
from suivi.values.errors import InputRefused


def test_without_an_address_nothing_is_sent() -> None:
    assert mail_settings({}) == {"DEFAULT_FROM_EMAIL": "suivi@localhost", "SENDS_MAIL": False}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://ana:p%40ss@mail.example.org", ("mail.example.org", 587, "ana", "p@ss", True, False)),
        ("smtps://mail.example.org:4650", ("mail.example.org", 4650, "", "", False, True)),
        ("smtp://127.0.0.1:2525?starttls=0", ("127.0.0.1", 2525, "", "", False, False)),
    ],
)
def test_an_address_of_a_server_is_taken_apart(address: str, expected: tuple[object, ...]) -> None:
    settings = mail_settings({"SUIVI_MAIL_URL": address})
    names = (
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_USE_TLS",
        "EMAIL_USE_SSL",
    )
    assert tuple(settings[name] for name in names) == expected


def test_a_folder_keeps_each_mail_as_a_file() -> None:
    settings = mail_settings({"SUIVI_MAIL_URL": "file:///srv/mails", "SUIVI_MAIL_FROM": "plan@example.org"})
    assert (settings["EMAIL_FILE_PATH"], settings["DEFAULT_FROM_EMAIL"]) == ("/srv/mails", "plan@example.org")


@pytest.mark.parametrize(
    "address", ["mail.example.org", "http://mail", "smtp://", "smtp://u:secret@h:99999", "file://"]
)
def test_what_is_no_address_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(InputRefused) as refused:
        mail_settings({"SUIVI_MAIL_URL": address})
    assert "SUIVI_MAIL_URL" in str(refused.value)
    assert "secret" not in str(refused.value)
