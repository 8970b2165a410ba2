from __future__ import annotations

import os

import pytest
from django.core.cache import caches
from django.test import override_settings

from hub import env


@pytest.mark.redis
def test_cache_lives_in_redis(monkeypatch):
    monkeypatch.setenv("CACHE_URL", os.environ["HUB_TEST_REDIS_URL"])
    with override_settings(CACHES={"default": env.read_cache(default="locmem://")}):
        cache = caches.create_connection("default")
        assert type(cache).__module__ == "django.core.cache.backends.redis"
        cache.set("hub:test", {"place": "Rostrenen"}, timeout=30)
        assert cache.get("hub:test") == {"place": "Rostrenen"}
        cache.delete("hub:test")
        assert cache.get("hub:test") is None
