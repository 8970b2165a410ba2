"""Fixtures of members' resources: the day, and a folder for files of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests import personas
from tests.resources.contributing.member_site import NOW


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Callable[[], list[str]]:
    """Return what lists the files that are on the disk."""
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": backend}

    def list_stored() -> list[str]:
        return sorted(
            str(one.relative_to(tmp_path))
            for one in tmp_path.rglob("*")
            if one.is_file()
        )

    return list_stored


@pytest.fixture
def member(db: None) -> Any:
    return personas.member()


@pytest.fixture
def browser(client: Any, member: Any) -> Any:
    client.force_login(member)
    return client
