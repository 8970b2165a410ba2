"""Addresses of the site as a whole, outside the language prefix: robots, site map."""

from __future__ import annotations

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from home.robots import show_robots
from home.sitemaps import SITEMAPS

urlpatterns = [
    path("robots.txt", show_robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
]
