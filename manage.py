#!/usr/bin/env python
"""Run Hub's administrative commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is missing here: run `make demo`, or activate .venv first.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
