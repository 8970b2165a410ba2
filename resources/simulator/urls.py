"""The address of the simulator: /simulateur/."""

from __future__ import annotations

from django.urls import path

from resources.simulator.views import simulate

urlpatterns = [path("", simulate, name="simulator")]
