"""Addresses where members borrow and lend, under /espace/prets/."""

from __future__ import annotations

from django.urls import path

from resources.lending.block_views import BlockView, FreeView
from resources.lending.views import (
    AnswerView,
    AskView,
    CancelView,
    LoanFileView,
    LoanListView,
    LoanView,
    ReturnView,
)

app_name = "member_loans"
urlpatterns = [
    path("prets/", LoanListView.as_view(), name="list"),
    path("prets/<int:pk>/", LoanView.as_view(), name="loan"),
    path("prets/<int:pk>/repondre/", AnswerView.as_view(), name="answer"),
    path("prets/<int:pk>/annuler/", CancelView.as_view(), name="cancel"),
    path("prets/<int:pk>/rendu/", ReturnView.as_view(), name="return"),
    path("prets/<int:pk>/pret.ics", LoanFileView.as_view(), name="file"),
    path("prets/<slug:slug>/demander/", AskView.as_view(), name="ask"),
    path("prets/<slug:slug>/bloquer/", BlockView.as_view(), name="block"),
    path("prets/<slug:slug>/bloquer/<int:pk>/", FreeView.as_view(), name="free"),
]
