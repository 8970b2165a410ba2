"""Addresses of shared resources, under /ressources/."""

from __future__ import annotations

from django.urls import path

from resources.shared import enquiry_views, files, views

app_name = "resources"
urlpatterns = [
    path("", views.resource_list, name="resource_list"),
    path("<slug:slug>/", views.resource, name="resource"),
    path("<slug:slug>/fichier/", files.send_file, name="file"),
    path(
        "<slug:slug>/fichier-a-modifier/",
        files.send_editable_file,
        name="editable_file",
    ),
    path("<slug:slug>/demander/", enquiry_views.EnquiryView.as_view(), name="enquiry"),
    path(
        "<slug:slug>/demander/envoyee/",
        enquiry_views.show_sent,
        name="enquiry_sent",
    ),
]
