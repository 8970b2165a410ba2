"""The kinds of results, as a reader tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Kind(TextChoices):
    """The values of ``search_kind``; the label stands beside each result."""

    EVENT = "event", _("Event")
    DECISION = "decision", _("Decision")
    SERIES = "series", _("Series")
    SPACE = "space", _("Space")
    GUIDE = "guide", _("Guide")
    STAGE = "stage", _("Stage")
    SHEET = "sheet", _("Sheet")
    RESOURCE = "resource", _("Resource")
    CHARTER = "charter", _("Charter")
    PROJECT = "project", _("Project")
    TERM = "term", _("Glossary word")
    PAGE = "page", _("Page")

    @property
    def plural(self) -> StrOrPromise:
        return _PLURALS[self]


_PLURALS: dict[Kind, StrOrPromise] = {
    Kind.EVENT: _("Events"),
    Kind.DECISION: _("Decisions"),
    Kind.SERIES: pgettext_lazy("several", "Series"),
    Kind.SPACE: _("Spaces"),
    Kind.GUIDE: _("Guides"),
    Kind.STAGE: _("Stages"),
    Kind.SHEET: _("Sheets"),
    Kind.RESOURCE: _("Resources"),
    Kind.CHARTER: _("Charters"),
    Kind.PROJECT: _("Projects"),
    Kind.TERM: _("Glossary words"),
    Kind.PAGE: _("Pages"),
}
