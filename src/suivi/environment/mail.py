"""Reads the address of the mail server into what Django wants to know of it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from suivi.values.errors import InputRefused

_HINT = "Write smtp://USER:PASSWORD@HOST:PORT, smtps://... for TLS from the first byte, or file:///FOLDER."
_STANDARD_PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's mail settings for SUIVI_MAIL_URL; without it, mails are written and wait.

    `smtp` speaks STARTTLS unless `?starttls=0` says otherwise. Raises InputRefused, never with a password.
    """
    address = environment.get("SUIVI_MAIL_URL", "").strip()
    sender = environment.get("SUIVI_MAIL_FROM", "").strip() or "suivi@localhost"
    settings: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "SENDS_MAIL": bool(address)}
    if not address:
        return settings
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise InputRefused("SUIVI_MAIL_URL cannot be read as an address.", hint=_HINT) from error
    if parts.scheme == "file" and parts.path:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {**settings, "EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in _STANDARD_PORTS or not parts.hostname:
        raise InputRefused("SUIVI_MAIL_URL names no mail server.", hint=_HINT)
    return {
        **settings,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or _STANDARD_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.query != "starttls=0",
        "EMAIL_TIMEOUT": 30,
    }
