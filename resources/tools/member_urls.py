"""Addresses where members say which tools their spaces use, under /espace/."""

from __future__ import annotations

from django.urls import path

from resources.tools.views import ToolListView, ToolUseView, WithdrawToolUseView

app_name = "member_tools"
urlpatterns = [
    path("outils/", ToolListView.as_view(), name="list"),
    path("outils/<slug:slug>/<slug:space>/", ToolUseView.as_view(), name="use"),
    path(
        "outils/<slug:slug>/<slug:space>/retirer/",
        WithdrawToolUseView.as_view(),
        name="withdraw",
    ),
]
