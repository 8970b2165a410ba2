"""Addresses of the directory, under /lieux/."""

from __future__ import annotations

from django.urls import path

from network.views.directory import list_spaces
from network.views.space_page import show_space

app_name = "network"
urlpatterns = [
    path("", list_spaces, name="space_list"),
    path("<slug:slug>/", show_space, name="space"),
]
