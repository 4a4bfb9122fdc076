"""`suivi demo`: the demonstration plan and its people, ready to be looked at."""

import argparse
import os
import sys

from suivi.cli.registry import Subparsers
from suivi.cli.serve import FIRST_PORT, add_server_options, is_free, require_free_port, serve_pages
from suivi.values.errors import InputRefused

PORTS_TO_TRY = 20


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "demo",
        help="load the demonstration and serve it",
        description="Make a database of its own (unless SUIVI_DATABASE_URL names one), load the "
        "demonstration plan with invented people, and serve it as of 15 February 2023. A second "
        "call goes on with what is there.",
    )
    parser.add_argument("--no-serve", action="store_true", help="load and print, but do not serve")
    add_server_options(parser, port=None, port_in_words=f"{FIRST_PORT}, or the next one that is free")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    os.environ["SUIVI_DEMONSTRATION"] = "1"
    from suivi.cli.database import start_django

    start_django()
    _load()
    if arguments.no_serve:
        print("The demonstration is loaded; “suivi demo” serves it.")
        _introduce()
        return 0
    port = arguments.port or _free_port(arguments.host)
    require_free_port(arguments.host, port)
    print(f"The demonstration answers on http://{arguments.host}:{port}/ until Ctrl+C.")
    _introduce()
    serve_pages(arguments.host, port, arguments.workers)
    return 0


def _load() -> None:
    """Write the demonstration where nothing else is; all of it or nothing, and only once."""
    from suivi.cli.init import prepare_installation
    from suivi.core.models import Account
    from suivi.demonstration.accounts import demonstration_accounts
    from suivi.demonstration.load import load_demonstration

    prepare_installation()
    emails = [account.email for account in demonstration_accounts()]
    if Account.objects.exists() and not Account.objects.filter(email__in=emails).exists():
        raise InputRefused(
            "This database holds accounts of its own; the demonstration was not loaded.",
            hint="Unset SUIVI_DATABASE_URL, or name an empty database.",
        )
    load_demonstration(_tell)
    _tell(0, 0)


def _tell(done: int, events: int) -> None:
    """How far it is, on one line of a terminal; silent elsewhere."""
    if sys.stderr.isatty():
        words = f"Loading two years of invented reporting: {100 * done // events} %" if events else ""
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)


def _introduce() -> None:
    """Print whom to sign in as, and what to look at first."""
    from suivi.core.clock import today
    from suivi.demonstration.accounts import PASSWORD, demonstration_accounts
    from suivi.organisation.rules import ROLES

    accounts = demonstration_accounts()
    print(f"It opens as of {today().day} {today():%B %Y}; the bar at the top of each page changes the day.\n")
    print(f"Sign in with one of these addresses; the password is always: {PASSWORD}\n")
    for account in accounts:
        print(f"  {account.email}  ({account.name}, {ROLES[account.role].name})")
        print(f"      {account.look_at.shown('en')}")
    print(f"\nLook first: sign in as {accounts[0].email}, and follow the three sentences on the page.")


def _free_port(host: str) -> int:
    """8000 or the next one: a demonstration does not fail because something else is running."""
    ports = range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY)
    return next((port for port in ports if is_free(host, port)), FIRST_PORT)
