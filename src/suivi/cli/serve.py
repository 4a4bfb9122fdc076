"""`suivi serve`: the pages, from a real server (gunicorn, with WhiteNoise for the static files)."""

import argparse
import os
import socket
import sys

from suivi.cli.database import open_database
from suivi.cli.registry import Subparsers
from suivi.values.errors import InputRefused

FIRST_PORT = 8000
THREADS = 4  # of each worker: a page waits for the database more than it computes
SECONDS_PER_REQUEST = 120  # after that a worker is taken for stuck
MOST_WORKERS = 8


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "serve",
        help="serve the pages",
        description="Serve the pages until Ctrl+C. Put a proxy with HTTPS in front where others reach it.",
    )
    add_server_options(parser, port=FIRST_PORT, port_in_words=str(FIRST_PORT))
    parser.set_defaults(run=run)


def add_server_options(parser: argparse.ArgumentParser, *, port: int | None, port_in_words: str) -> None:
    """Where to listen and with how many processes, the same for `serve` and `demo`."""
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on")
    parser.add_argument(
        "--port",
        type=int,
        default=port,
        metavar="NUMBER",
        help=f"port to listen on (default: {port_in_words})",
    )
    parser.add_argument(
        "--workers", type=int, metavar="NUMBER", help="processes that answer (default: one for each core)"
    )


def run(arguments: argparse.Namespace) -> int:
    open_database()
    require_free_port(arguments.host, arguments.port)
    print(f"suivi answers on http://{arguments.host}:{arguments.port}/ until Ctrl+C.")
    serve_pages(arguments.host, arguments.port, arguments.workers)
    return 0


def serve_pages(host: str, port: int, workers: int | None) -> None:
    """Collect the static files, then become the server: this does not return."""
    collect_static_files()
    server = [
        *(sys.executable, "-m", "gunicorn", "suivi.web.wsgi:application"),
        *("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"),
        *("--workers", str(workers or min(os.cpu_count() or 1, MOST_WORKERS))),
        *("--worker-class", "gthread", "--threads", str(THREADS)),
        *("--timeout", str(SECONDS_PER_REQUEST)),
        *("--log-level", "error", "--preload", "--no-control-socket"),
    ]
    sys.stdout.flush()
    os.execv(sys.executable, server)  # noqa: S606  our own interpreter, no shell


def collect_static_files() -> None:
    """Copy style sheets and scripts to the data folder, with a digest in their names, compressed."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def require_free_port(host: str, port: int) -> None:
    """Refuse early what the server would try again and again."""
    if not is_free(host, port):
        raise InputRefused(
            "Nothing can listen on %(host)s, port %(port)s: it is taken or not ours.",
            {"host": host, "port": port},
            "Choose another one with --port.",
        )


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Connections of a server just stopped do not keep the next one from starting.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True
