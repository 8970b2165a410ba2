"""Probes for whoever runs the site: is the process alive, can it serve."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def show_liveness(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process answers at all; no query."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def show_readiness(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and is migrated, else 503."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "unreachable"}, status=503)
    if pending:
        return JsonResponse({"ready": False, "database": "not migrated"}, status=503)
    return JsonResponse({"ready": True})


urlpatterns = [
    path("live", show_liveness, name="health_live"),
    path("ready", show_readiness, name="health_ready"),
]
