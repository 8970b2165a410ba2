"""The address of the glossary: /glossaire/."""

from __future__ import annotations

from django.urls import path

from resources.glossary.views import show_glossary

urlpatterns = [path("", show_glossary, name="glossary")]
