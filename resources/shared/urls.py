"""Addresses of shared resources, under /ressources/."""

from __future__ import annotations

from django.urls import path

from resources.shared import views

app_name = "resources"
urlpatterns = [
    path("", views.resource_list, name="resource_list"),
    path("<slug:slug>/", views.resource, name="resource"),
]
