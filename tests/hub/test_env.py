from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from hub import env


def test_read_text_refuses_a_missing_variable_with_an_example(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.read_text("SECRET_KEY", example="fifty-characters")
    assert (
        str(refusal.value)
        == "SECRET_KEY: not set. Example: SECRET_KEY=fifty-characters"
    )


def test_read_text_refuses_an_empty_variable(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "")
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY: it is empty"):
        env.read_text("SECRET_KEY")


@pytest.mark.parametrize(
    ("reader", "name", "value", "message"),
    [
        (lambda: env.read_choice("TASKS", ("immediate", "database"), default="immediate"),
         "TASKS", "celery", "“celery” is none of: immediate, database."),
        (lambda: env.read_zone("TIME_ZONE", default="Europe/Paris"),
         "TIME_ZONE", "Paris", "“Paris” is not an IANA time zone."),
        (lambda: env.read_positive_int("MODERATION_DAYS", default=3),
         "MODERATION_DAYS", "0", "0 is not above zero."),
        (lambda: env.read_positive_int("MODERATION_DAYS", default=3),
         "MODERATION_DAYS", "three", "invalid: Not a valid integer."),
        (lambda: env.read_positive_ints("HOST_REMINDER_DAYS", default=[21, 7]),
         "HOST_REMINDER_DAYS", "21,0", "“0” is no whole number above zero."),
        (lambda: env.read_positive_ints("HOST_REMINDER_DAYS", default=[21, 7]),
         "HOST_REMINDER_DAYS", ",", "it is empty. Example: HOST_REMINDER_DAYS=21,7"),
        (lambda: env.read_site_url(default=None),
         "SITE_URL", "hub.example.org", "does not begin with one of http:, https:."),
        (lambda: env.read_site_url(default=None),
         "SITE_URL", "https://hub.example.org/site/", "it has a path"),
        (lambda: env.read_site_url(default=None), "SITE_URL", "https://", "names no host"),
        (lambda: env.read_database(default="sqlite:///:memory:"),
         "DATABASE_URL", "mysql://hub@localhost/hub", "neither sqlite nor postgres"),
        (lambda: env.read_database(default="sqlite:///:memory:"),
         "DATABASE_URL", "postgres://hub@localhost", "it names no database"),
        (lambda: env.read_cache(default="locmem://"),
         "CACHE_URL", "memcache-ng://localhost", ""),
        (lambda: env.read_email(default="console://"), "EMAIL_URL", "pigeon://x", ""),
        (lambda: env.read_storage(default="file:///srv/media"),
         "STORAGE_URL", "ftp://host/folder", "does not begin with one of file:, s3:"),
        (lambda: env.read_storage(default="file:///srv/media"),
         "STORAGE_URL", "s3://key:secret@host", "it needs a host and one bucket"),
    ],
)  # fmt: skip
def test_wrong_values_name_the_variable_the_problem_and_an_example(
    monkeypatch, reader, name, value, message
):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        reader()
    text = str(refusal.value)
    assert text.startswith(f"{name}: ")
    assert message in text
    assert f" Example: {name}=" in text


def test_read_database_runs_sqlite_with_wal_and_immediate_transactions(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/hub.sqlite3")
    database = env.read_database(default="")
    assert database["NAME"] == "/srv/hub.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_read_database_bounds_what_postgresql_may_wait(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://hub:s%40fe@db:5433/hub")
    database = env.read_database(default="")
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == (
        "db",
        5433,
        "s@fe",
    )
    assert "statement_timeout=15000" in database["OPTIONS"]["options"]
    assert "lock_timeout=5000" in database["OPTIONS"]["options"]


def test_read_storage_describes_an_object_store(monkeypatch):
    monkeypatch.setenv("STORAGE_URL", "s3://key:s%2Fcret@s3.example.org/bucket")
    storage = env.read_storage(default="file:///srv")
    assert storage["OPTIONS"]["endpoint_url"] == "https://s3.example.org"
    assert storage["OPTIONS"]["bucket_name"] == "bucket"
    assert storage["OPTIONS"]["secret_key"] == "s/cret"
    assert storage["OPTIONS"]["file_overwrite"] is False


def test_read_site_url_drops_the_closing_slash(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://hub.example.org/")
    assert env.read_site_url(default=None) == "https://hub.example.org"
