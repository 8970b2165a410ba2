"""The member area's first page, under /espace/."""

from __future__ import annotations

from django.urls import path

from home import views

urlpatterns = [path("", views.show_dashboard, name="member_dashboard")]
