"""How many people get the mail of the month, for who keeps the agenda: no addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events.models import DigestSubscription
from events.renamed_selection import follow_renames
from events.selection import read_selection

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from cms.models import User


@dataclass(frozen=True, slots=True)
class Readership:
    """How many follow one set of filters, by how far they went."""

    what: str
    reading: int
    asked: int
    ended: int


def may_see_digests(user: User | AnonymousUser) -> bool:
    """True for who publishes dates."""
    return user.has_perm("events.publish_event")


def count_readers() -> list[Readership]:
    """Return the counts, what is read most first.

    One query, and those that the filters of each row cost to be read.
    """
    has_ended = Q(ended_at__isnull=False)
    is_confirmed = Q(confirmed_at__isnull=False)
    rows = (
        DigestSubscription.objects.order_by()
        .values("query")
        .annotate(
            reading=Count("pk", filter=is_confirmed & ~has_ended),
            asked=Count("pk", filter=~is_confirmed),
            ended=Count("pk", filter=has_ended),
        )
        .order_by("-reading", "query")
    )
    return [
        Readership(_name(row["query"]), row["reading"], row["asked"], row["ended"])
        for row in rows
    ]


def _name(query: str) -> str:
    if not query:
        return _("The whole agenda")
    selection = follow_renames(read_selection(QueryDict(query)))
    return selection.label if selection else _("no longer in the agenda: %s") % query


class DigestReadersView(WagtailAdminTemplateMixin, TemplateView):
    """The report; it changes nothing."""

    template_name = "events/admin/digest_readers.html"
    header_icon = "mail"
    page_title = gettext_lazy("The mail of the month")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those in who publish dates.

        Raises:
            PermissionDenied: to anybody else.
        """
        if not may_see_digests(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(readerships=count_readers(), **kwargs)
