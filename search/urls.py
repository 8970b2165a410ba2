"""Address of the results page, under the language prefix."""

from __future__ import annotations

from django.urls import path

from search.views import show_results

app_name = "search"
urlpatterns = [path("", show_results, name="results")]
