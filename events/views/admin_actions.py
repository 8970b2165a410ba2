"""What moderators do to one published date in the admin; its host is told by mail."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from events.date_actions import ACTIONS, list_offered, say_told
from events.forms.answers import correct_answers
from events.models import Event
from events.services.refusals import Refusal

if TYPE_CHECKING:
    import datetime

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

    from cms.models import User
    from events.date_actions import DateAction


@method_decorator(permission_required("events.publish_event"), name="dispatch")
class AdminDateActionView(WagtailAdminTemplateMixin, View):
    """Ask, then act; a refusal that no answer can help sends back to the date."""

    # as_view() takes only what the class has: each address gives its own.
    action: DateAction = ACTIONS[0]
    template_name = "events/admin/date_action.html"
    header_icon = "date"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.ask(self.action.make_form(self.event))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.action.make_form(self.event, request.POST)
        if form is not None and not form.is_valid():
            return self.ask(form, status=422)
        try:
            self.action.act(self.event, form, by=self.moderator, now=self.now)
        except (Refusal, ValidationError) as error:
            if form is not None and correct_answers(form, error):
                return self.ask(form, status=422)
            if isinstance(error, ValidationError):
                raise
            messages.error(request, error.sentence)
        else:
            messages.success(request, self.action.done)
        return redirect(self.edit_url)

    @property
    def moderator(self) -> User:
        """The person; ``dispatch`` has sent everybody else away."""
        return cast("User", self.request.user)

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()

    @cached_property
    def event(self) -> Event:
        events = Event.objects.with_row_relations()
        return get_object_or_404(events, pk=self.kwargs["pk"])

    @property
    def edit_url(self) -> str:
        return reverse("wagtailsnippets_events_event:edit", args=[self.event.pk])

    @property
    def page_title(self) -> str:
        return str(self.action.question)

    @property
    def page_subtitle(self) -> str:
        return str(self.event)

    @property
    def breadcrumbs_items(self) -> list[dict[str, str]]:
        index = reverse("wagtailsnippets_events_event:list")
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": index, "label": _("Dates")},
            {"url": self.edit_url, "label": str(self.event)},
            {"url": "", "label": str(self.action.label)},
        ]

    def ask(self, form: Form | None, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            event=self.event,
            action=self.action,
            told=say_told(self.event),
            edit_url=self.edit_url,
        )
        return self.render_to_response(context, status=status)


def list_admin_buttons(event: Event, user: Any) -> list[Button]:
    """Return the actions that ``event`` allows, for who may publish dates."""
    if not user.has_perm("events.publish_event"):
        return []
    return [
        Button(
            action.label,
            url=reverse(f"event_actions:{action.name}", args=[event.pk]),
            icon_name=action.icon,
            priority=30 + position,
        )
        for position, action in enumerate(list_offered(event, timezone.now()))
    ]


app_name = "event_actions"
urlpatterns: list[URLPattern] = [
    path(
        f"rendez-vous/<int:pk>/{action.path}",
        AdminDateActionView.as_view(action=action),
        name=action.name,
    )
    for action in ACTIONS
]
