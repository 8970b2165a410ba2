"""Check that French is complete: nothing missing, nothing fuzzy, nothing stale."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Fail when a text of the code has no finished French (needs gettext)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if shutil.which("xgettext") is None:
            raise CommandError("gettext is missing. On Debian: apt install gettext")
        committed = Path(settings.LOCALE_PATHS[0]) / "fr/LC_MESSAGES/django.po"
        french = polib.pofile(str(committed))
        problems = [f"fuzzy: {entry.msgid}" for entry in french.fuzzy_entries()]
        problems += [f"missing: {e.msgid}" for e in french.untranslated_entries()]
        known = {entry.msgid for entry in french if not entry.obsolete}
        wanted = _extract_messages(committed)
        problems += [f"not in the file: {msgid}" for msgid in sorted(wanted - known)]
        problems += [f"no longer used: {msgid}" for msgid in sorted(known - wanted)]
        if problems:
            shown = "\n  ".join(problems[:30])
            raise CommandError(
                f"{len(problems)} texts to mend (make messages):\n  {shown}"
            )
        self.stdout.write(f"French is complete: {len(known)} texts.")


def _extract_messages(committed: Path) -> set[str]:
    """Return every msgid of the code; the committed file is left as it was."""
    before = committed.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        backup = Path(folder) / "django.po"
        backup.write_bytes(before)
        try:
            call_command(
                "makemessages",
                locale=["fr"],
                no_location=True,
                no_obsolete=True,
                ignore_patterns=[".venv/*", "var/*"],
                verbosity=0,
            )
            return {entry.msgid for entry in polib.pofile(str(committed))}
        finally:
            committed.write_bytes(backup.read_bytes())
