"""The directory as open data, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from network.views.open_data import serve_csv, serve_geojson

app_name = "network_data"
urlpatterns = [
    path("lieux.geojson", serve_geojson, name="geojson"),
    path("lieux.csv", serve_csv, name="csv"),
]
