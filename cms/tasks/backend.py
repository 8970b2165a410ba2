"""Stored tasks."""

from __future__ import annotations

from django_tasks_db.backend import DatabaseBackend


class StoredTaskBackend(DatabaseBackend):
    """Tasks stored in the transaction that asks for them."""
