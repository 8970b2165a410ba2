"""Dates in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import (
    EditView,
    SnippetViewSet,
)

from events.forms.admin_event import AdminEventForm
from events.models import Event
from events.views.admin_actions import list_admin_buttons
from events.viewsets.registration import REGISTRATION_PANELS, link_registrations

if TYPE_CHECKING:
    from django.forms import ModelForm
    from wagtail.admin.widgets.button import Button

EVENT_PANELS = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("type"), FieldPanel("host")]),
                FieldPanel("series", read_only=True),
                FieldPanel("summary"),
                FieldPanel("description"),
                FieldPanel("image"),
                FieldPanel("tags"),
            ],
            heading=_("What"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
                FieldPanel("all_day"),
                FieldPanel("zone"),
            ],
            heading=_("When"),
        ),
        ObjectList(
            [
                FieldPanel("venue"),
                MultiFieldPanel(
                    [
                        FieldPanel("venue_name"),
                        FieldPanel("venue_street"),
                        FieldRowPanel(
                            [FieldPanel("venue_postcode"), FieldPanel("venue_city")]
                        ),
                        FieldRowPanel(
                            [
                                FieldPanel("venue_latitude"),
                                FieldPanel("venue_longitude"),
                            ]
                        ),
                    ],
                    heading=_("Elsewhere"),
                ),
                FieldPanel("room"),
                FieldPanel("online_url"),
                FieldPanel("online_visibility"),
            ],
            heading=_("Where"),
        ),
        ObjectList(
            [
                FieldPanel("price"),
                FieldPanel("visibility"),
                FieldRowPanel(
                    [
                        FieldPanel("status", read_only=True),
                        FieldPanel("cancel_reason", read_only=True),
                    ]
                ),
                PublishingPanel(),
            ],
            heading=_("Who"),
        ),
        ObjectList(REGISTRATION_PANELS, heading=_("Registration")),
    ],
    base_form_class=AdminEventForm,
)


class ModeratedEditView(EditView):
    """Approves only the text that stands: never one that was changed meanwhile."""

    def is_valid(self, form: ModelForm) -> bool:
        if self.action == "workflow-action" and self.is_out_of_date:
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = gettext(
                "The text changed since you opened it: read it again before you answer."
            )
            return False
        return super().is_valid(form)


class EventEditView(ModeratedEditView):
    """Offers what may happen to the date, too."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        changes = list_admin_buttons(self.object, self.request.user)
        people = link_registrations(self.object)
        return [*super().header_more_buttons, *changes, *people]

    def is_valid(self, form: ModelForm) -> bool:
        if not super().is_valid(form):
            return False
        # It follows a calendar of the space: editors hide it, or file it elsewhere.
        if self.object.is_mirrored and set(form.changed_data) - {"type", "tags"}:
            self.produced_error_code = "kept_elsewhere"
            self.produced_error_message = gettext(
                "This date follows a calendar of its space: only its type and its "
                "keywords can be changed here. To hide it, unpublish it."
            )
            return False
        return True


class EventViewSet(SnippetViewSet):
    model = Event
    icon = "date"
    menu_label = _("Dates")
    menu_name = "events"
    edit_handler = EVENT_PANELS
    edit_view_class = EventEditView
    list_display = [
        "title",
        "start_date",
        "type",
        "host",
        Column("get_status_display", label=_("status"), sort_key="status"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["type", "status", "live", "host", "start_date"]
    list_per_page = 50
    ordering = ["-start_at"]
    copy_view_enabled = False

    def get_queryset(self, request: Any) -> Any:
        return Event.objects.with_row_relations().with_publication()
