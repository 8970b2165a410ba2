from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_liveness_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert response.json() == {"live": True}


def test_readiness_answers_503_while_a_migration_is_missing(client):
    assert client.get("/health/ready").json() == {"ready": True}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'events'")
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (
        503,
        {"ready": False, "database": "not migrated"},
    )
