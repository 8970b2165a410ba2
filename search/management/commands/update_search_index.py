"""``manage.py update_search_index``: read everything again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search.engines import get_engine
from search.index import read_every_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.models import IndexedText


class Command(BaseCommand):
    help = "Rebuild the public search index from the database."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        count = get_engine().rebuild(self._count(read_every_text()))
        seconds = time.monotonic() - started
        self._write_progress(
            _("%(count)d texts indexed in %(seconds).1f s")
            % {"count": count, "seconds": seconds},
            is_last=True,
        )

    def _count(self, texts: Iterator[IndexedText]) -> Iterator[IndexedText]:
        for number, text in enumerate(texts, start=1):
            if number % 100 == 0:
                self._write_progress(_("%(count)d texts") % {"count": number})
            yield text

    def _write_progress(self, line: str, *, is_last: bool = False) -> None:
        # One line rewritten on a terminal; a log gets the last line only.
        if self.stdout.isatty():
            self.stdout.write(f"\r{line:<60}", ending="\n" if is_last else "")
            self.stdout.flush()
        elif is_last:
            self.stdout.write(line)
