"""`suivi init`: makes or updates the database and the folders of an installation."""

import argparse
import os
import sys
from getpass import getpass

from suivi.cli.database import reachable_database, start_django
from suivi.cli.registry import Subparsers
from suivi.values.errors import InputRefused


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "init",
        help="make or update the database and the folders",
        description="Make the database, its tables and the folders, or bring them up to date; and the "
        "first account, as plan manager of the whole installation: with --email, or as asked at a terminal.",
    )
    parser.add_argument("--email", metavar="ADDRESS", help="e-mail address of the first account")
    parser.add_argument("--name", help="name of its owner (default: the e-mail address)")
    parser.add_argument("--language", default="en", metavar="CODE", help="language of its pages")
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="take the password from the first line of the standard input",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("SUIVI_DEMONSTRATION", "0")
    start_django()
    _require_known_language(arguments.language)
    prepare_installation()
    arguments.email = arguments.email or _ask_for_first_address()
    if arguments.email:
        _create_first_account(arguments)
    _print_next_steps()
    return 0


def _require_known_language(language: str) -> None:
    from django.conf import settings

    codes = [code for code, _name in settings.LANGUAGES]
    if language not in codes:
        raise InputRefused(
            "The pages do not speak “%(language)s”.",
            {"language": language, "codes": ", ".join(codes)},
            "Choose one of: %(codes)s.",
        )


def prepare_installation() -> None:
    """Bring the tables up to date and make the folders; harmless when all is there."""
    from django.conf import settings
    from django.core.management import call_command

    from suivi.environment.folders import make_folder

    make_folder(settings.SUIVI_FILES_DIR)
    with reachable_database():
        call_command("migrate", interactive=False, verbosity=0)


def _ask_for_first_address() -> str:
    """Ask somebody at a terminal, as long as there is no account."""
    from suivi.core.models import Account

    if not sys.stdin.isatty() or Account.objects.exists():
        return ""
    return input("E-mail address of the first account, the plan manager's (empty: none yet): ").strip()


def _create_first_account(arguments: argparse.Namespace) -> None:
    from django.db import transaction

    from suivi.core.clock import now
    from suivi.core.commands import create_account
    from suivi.organisation.commands import grant_role

    password = _password(from_stdin=arguments.password_stdin)
    with transaction.atomic():
        account = create_account(
            by=None,
            now=now(),
            email=arguments.email,
            name=arguments.name or arguments.email,
            language=arguments.language,
            password=password,
        )
        grant_role(by=None, now=now(), account=account, role="plan_manager")
    print(f"Account {account.email}: plan manager.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InputRefused(
            "Nobody is there to type a password.",
            hint="Add --password-stdin and send it as the first line.",
        )
    password = getpass("Password for the first account: ")
    if getpass("The same once more: ") != password:
        raise InputRefused("The two passwords differ.", hint="Start again.")
    return password


def _print_next_steps() -> None:
    from django.conf import settings

    from suivi.core.models import Account

    print(f"Ready. Data folder: {settings.SUIVI_DATA_DIR}")
    print("Next:")
    if not Account.objects.exists():
        print("  suivi init --email you@example.org --name 'Your Name'   your account, as plan manager")
    print("  suivi plan read FILE -o plan.yaml                       read the adopted document")
    print("  suivi plan load plan.yaml                               load what you checked")
    print("  suivi serve                                             the pages")
