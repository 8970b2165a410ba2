"""Check that no published charter was altered since."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.domain.charters import TextWasAltered
from resources.models import CharterVersion
from resources.services.charters import verify_versions


class Command(BaseCommand):
    help = "Compare each published version of a charter with its fingerprint."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verify_versions()
        except TextWasAltered as error:
            raise CommandError(f"Altered since publication: {error}") from error
        for version in CharterVersion.objects.published().select_related("charter"):
            self.stdout.write(f"{version.digest}  {version}")
