from __future__ import annotations

import logging

import pytest
from django.conf import settings

from cms.log_redaction import HideSecrets

SECRET = "0123abc.SIGNATURE-_x"


@pytest.fixture
def hide():
    return HideSecrets(settings.LOGGING["filters"]["secrets"]["patterns"])


@pytest.mark.parametrize(
    ("message", "args", "expected"),
    [
        ("Not Found: %s", (f"/agenda/inscription/{SECRET}/",),
         "Not Found: /agenda/inscription/…/"),
        ('"%s" %s %s', (f"GET /en/agenda/inscription/{SECRET}/?a=1 HTTP/1.1", "200", 5),
         '"GET /en/agenda/inscription/…/?a=1 HTTP/1.1" 200 5'),
        ("%(path)s", ({"path": f"/agenda/inscription/{SECRET}"},),
         "/agenda/inscription/…"),
        (f"At /agenda/inscription/{SECRET}/", (), "At /agenda/inscription/…/"),
        ("Not Found: %s", (f"/agenda/perso/{SECRET}.ics",), "Not Found: /agenda/perso/…"),
        ("%s", (f"/agenda/abonnement/courriel/{SECRET}/",),
         "/agenda/abonnement/courriel/…/"),
        ("%s", ("/agenda/abonnement/courriel/envoye/",),
         "/agenda/abonnement/courriel/envoye/"),
        ("/agenda/soupe-2026-11-26/inscription/", (),
         "/agenda/soupe-2026-11-26/inscription/"),
    ],
)  # fmt: skip
def test_secret_address_is_cut(hide, message, args, expected):
    record = logging.LogRecord("django", logging.WARNING, "", 0, message, args, None)
    assert hide.filter(record)
    assert record.getMessage() == expected


def test_every_line_of_the_console_is_read_first():
    handlers = settings.LOGGING["handlers"]
    assert {name: one["filters"] for name, one in handlers.items()} == {
        "console": ["secrets"]
    }
