"""`suivi demo`: the demonstration plan and its people, ready to be looked at."""

import argparse
import os

from suivi.cli.registry import Subparsers
from suivi.cli.serve import add_server_options, is_free, require_free_port, serve_pages

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
    add_server_options(parser)
    parser.set_defaults(run=run, port=None)


def run(arguments: argparse.Namespace) -> int:
    os.environ["SUIVI_DEMONSTRATION"] = "1"
    from suivi.cli.database import start_django
    from suivi.cli.init import prepare_installation

    start_django()
    prepare_installation()
    from suivi.demonstration.load import load_demonstration

    load_demonstration()
    if arguments.no_serve:
        print("The demonstration is loaded. “suivi demo” serves it.")
        return 0
    port = arguments.port or _free_port(arguments.host)
    require_free_port(arguments.host, port)
    print(f"The demonstration answers on http://{arguments.host}:{port}/ until Ctrl+C.")
    serve_pages(arguments.host, port, arguments.workers)
    return 0


def _free_port(host: str) -> int:
    """8000 or the next one: a demonstration does not fail because something else is running."""
    return next((port for port in range(8000, 8000 + PORTS_TO_TRY) if is_free(host, port)), 8000)
