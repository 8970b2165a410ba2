"""Addresses where members sign charters, under /espace/."""

from __future__ import annotations

from django.urls import path

from resources.signatures.views import (
    CharterListView,
    CharterReadView,
    ReceiptView,
    ReplyView,
    SignatureView,
    SignView,
    WithdrawView,
)

app_name = "member_charters"
urlpatterns = [
    path("chartes/", CharterListView.as_view(), name="list"),
    path("chartes/<slug:slug>/", CharterReadView.as_view(), name="charter"),
    path("chartes/<slug:slug>/signer/<slug:space>/", SignView.as_view(), name="sign"),
    path("signatures/<int:pk>/", SignatureView.as_view(), name="signature"),
    path("signatures/<int:pk>/recu.pdf", ReceiptView.as_view(), name="receipt"),
    path("signatures/<int:pk>/retirer/", WithdrawView.as_view(), name="withdraw"),
    path(
        "signatures/<int:pk>/repondre/<int:review>/",
        ReplyView.as_view(),
        name="reply",
    ),
]
