from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from network.models import Space
from search.checks import check_engine, check_kinds
from search.engines import get_engine


@pytest.mark.parametrize(
    ("url", "ids"), [("", []), ("http://localhost:9200", ["search.E001"])]
)
def test_check_engine_refuses_scheme_without_engine(settings, url, ids):
    settings.SEARCH_URL = url

    assert [message.id for message in check_engine()] == ids


def test_get_engine_refuses_scheme_without_engine(settings):
    settings.SEARCH_URL = "https://search.example.org"

    with pytest.raises(ImproperlyConfigured, match="“https”"):
        get_engine()


def test_check_kinds_accepts_every_model():
    assert check_kinds() == []


@pytest.mark.parametrize("kind", ["", "unheard-of"])
def test_check_kinds_refuses_model_without_label(monkeypatch, kind):
    monkeypatch.setattr(Space, "search_kind", kind)

    assert [(message.id, message.obj) for message in check_kinds()] == [
        ("search.E002", Space)
    ]
