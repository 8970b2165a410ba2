"""The menu of the resources room in Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from resources.amendments.admin import (
    AmendmentCommentViewSet,
    AmendmentRoundViewSet,
    AmendmentViewSet,
)
from resources.charters.viewsets import CharterVersionViewSet, CharterViewSet
from resources.glossary.viewset import GlossaryTermViewSet
from resources.lending.admin import LoanViewSet
from resources.shared.viewset import SharedResourceViewSet
from resources.signatures.admin import SignatureViewSet, SigningEventViewSet


class ResourcesViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Resources")
    menu_icon = "folder-open-inverse"
    menu_order = 300
    items = (
        SharedResourceViewSet,
        LoanViewSet,
        CharterViewSet,
        CharterVersionViewSet,
        GlossaryTermViewSet,
        SignatureViewSet,
        SigningEventViewSet,
        AmendmentRoundViewSet,
        AmendmentViewSet,
        AmendmentCommentViewSet,
    )
