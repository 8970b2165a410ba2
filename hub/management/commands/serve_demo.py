"""Serve the demonstration network: one process, nothing else installed.

Everything happens in this process, because each start of Django costs seconds and a
second `make demo` should be quick.
"""

from __future__ import annotations

import io
import os
import socket
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

HOST = "127.0.0.1"
# How often the clock looks for scheduled work.
CLOCK_SECONDS = 60
# Set in the process that took over from one without French; it does so once.
STARTED_ANEW = "HUB_DEMO_STARTED_ANEW"


class Command(BaseCommand):
    help = "Prepare and serve the demonstration network."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        _refuse_taken_port(port)
        Path(settings.VAR_DIR).mkdir(exist_ok=True)
        if _compile_translations() and STARTED_ANEW not in os.environ:
            # This process has read its catalogues already, without the French.
            environment = os.environ | {STARTED_ANEW: "1"}
            command = [sys.executable, *sys.argv]
            os.execve(sys.executable, command, environment)  # noqa: S606
        self.stdout.write("Preparing the database…")
        call_command("migrate", verbosity=0)
        call_command("load_demo", port=port, stdout=self.stdout)
        # From here on as visitors see it: our own 404 and 500, no traceback.
        settings.DEBUG = False
        self.stdout.write(f"\nHub runs at http://{HOST}:{port}/ (stop it with Ctrl+C).")
        _start_clock()
        call_command(
            "runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True
        )


def _compile_translations() -> bool:
    """Compile the catalogues; return whether any was missing or older than its text."""
    told = io.StringIO()
    call_command("compile_translations", stdout=told)
    return bool(told.getvalue())


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}). "
                f"Choose another: make demo PORT=8001"
            ) from error


def _start_clock() -> None:
    """Run what is due in the background, as cron would on a server.

    A daemon thread ends with the process, however that ends.
    """

    def run() -> None:
        with Path(os.devnull).open("w") as nowhere:
            call_command("run_due", loop=CLOCK_SECONDS, stdout=nowhere)

    threading.Thread(target=run, name="clock", daemon=True).start()
