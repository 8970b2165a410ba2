"""The demonstration network, loaded once for a whole module and then forgotten."""

from __future__ import annotations

import datetime
import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def loaded_network(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load everything; return what the command printed.

    Each test then works in a savepoint of this transaction. Documents are real files:
    the view that serves them asks the storage for a path.
    """
    printed = io.StringIO()
    location = str(tmp_path_factory.mktemp("media"))
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": location},
    }
    with (
        override_settings(STORAGES={**settings.STORAGES, "default": storage}),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        call_command("load_demo", force=True, stdout=printed)
        yield printed.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def network(loaded_network, db):
    return loaded_network


@pytest.fixture
def in_three_months():
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=92)
