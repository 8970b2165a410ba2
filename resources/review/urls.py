"""Addresses of the review of sheets, under the admin."""

from __future__ import annotations

from django.urls import path

from resources.review.views import confirm

app_name = "sheet_review"
urlpatterns = [path("<int:pk>/confirm/", confirm, name="confirm")]
