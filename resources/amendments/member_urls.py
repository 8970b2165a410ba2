"""Addresses where members draft a charter together, under /espace/."""

from __future__ import annotations

from django.urls import path

from resources.amendments.views import (
    AmendmentView,
    ProposeView,
    RoundView,
    SupportView,
    WithdrawAmendmentView,
)

app_name = "member_amendments"
urlpatterns = [
    path("projets-de-charte/<int:pk>/", RoundView.as_view(), name="round"),
    path(
        "projets-de-charte/<int:pk>/<slug:slug>/",
        ProposeView.as_view(),
        name="propose",
    ),
    path("amendements/<int:pk>/", AmendmentView.as_view(), name="amendment"),
    path("amendements/<int:pk>/soutenir/", SupportView.as_view(), name="support"),
    path(
        "amendements/<int:pk>/retirer/",
        WithdrawAmendmentView.as_view(),
        name="withdraw",
    ),
]
