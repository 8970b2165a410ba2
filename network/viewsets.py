"""The “Spaces” menu of the admin: spaces, and who speaks for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network.account_chooser import account_chooser
from network.forms.space import HOURS_FIELDS, SpaceForm
from network.models import Space, SpaceMember

_IDENTITY = [
    TitleFieldPanel("name", placeholder=_("Name of the space")),
    FieldPanel("slug", widget=SlugInput),
    FieldRowPanel([FieldPanel("status"), FieldPanel("legal_form")]),
    FieldPanel("kind_choices"),
    FieldPanel("summary"),
    FieldPanel("description"),
    FieldPanel("image"),
    FieldRowPanel([FieldPanel("opened_on"), FieldPanel("opening_planned")]),
]
_PLACE = [
    FieldPanel("street"),
    FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
    MultiFieldPanel(
        [
            HelpPanel(
                _(
                    "In degrees, as a map gives them: 48.2358 and -3.3171. "
                    "Without them the space is in the list, not on the map."
                )
            ),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        ],
        heading=_("Position"),
    ),
    FieldPanel("zone"),
    FieldPanel("access"),
    FieldPanel("accessibility"),
]
_HOURS_AND_PRICES = [
    MultiFieldPanel(
        [
            HelpPanel(
                _(
                    "One day a line: 09:00-12:30, 14:00-18:00. An empty day is closed; "
                    "seven empty days say that the hours are not known."
                )
            ),
            *[FieldPanel(name) for name in HOURS_FIELDS],
        ],
        heading=_("Opening hours"),
    ),
    InlinePanel(
        "prices",
        heading=_("Prices"),
        label=_("price"),
        panels=[
            FieldPanel("label"),
            FieldRowPanel([FieldPanel("amount_euros"), FieldPanel("unit")]),
            FieldPanel("included"),
        ],
    ),
]
_CAPACITY = [
    FieldRowPanel([FieldPanel("permanent_desks"), FieldPanel("day_desks")]),
    FieldRowPanel([FieldPanel("training_seats"), FieldPanel("meeting_rooms")]),
    FieldPanel("surface_m2"),
    FieldPanel("service_lines"),
]
_CONTACT = [
    HelpPanel(
        _("Everything here is public: an address of the space, never of a person.")
    ),
    FieldPanel("email"),
    FieldPanel("phone"),
    FieldPanel("website"),
]
_NETWORK = [
    HelpPanel(
        _("The network's own decision. It takes effect at once, without publication.")
    ),
    FieldPanel("is_trusted"),
    PublishingPanel(),
]


class SpaceViewSet(SnippetViewSet):
    """Spaces, with drafts, history and preview."""

    model = Space
    icon = "home"
    menu_label = _("Spaces")
    list_display = [
        "name",
        "city",
        "department",
        "status",
        BooleanColumn("is_trusted", label=_("Publishes alone")),
    ]
    list_filter = ["status", "department"]
    edit_handler = TabbedInterface(
        [
            ObjectList(_IDENTITY, heading=_("Space")),
            ObjectList(_PLACE, heading=_("Place")),
            ObjectList(_HOURS_AND_PRICES, heading=_("Hours and prices")),
            ObjectList(_CAPACITY, heading=_("Room and services")),
            ObjectList(_CONTACT, heading=_("Contact")),
            ObjectList(_NETWORK, heading=_("In the network")),
        ],
        base_form_class=SpaceForm,
    )


class SpaceMemberViewSet(SnippetViewSet):
    """Who speaks for which space, from when to when."""

    model = SpaceMember
    icon = "group"
    menu_label = _("Members")
    list_display = ["user", "space", "role", "since", "until"]
    list_filter = ["space", "role"]
    search_fields = ["user__email", "user__last_name", "space__name"]
    panels = [
        HelpPanel(
            _(
                "A member publishes for the space from the first to the last day, both "
                "included. When somebody leaves, set the last day: the history stays."
            )
        ),
        FieldPanel("user", widget=account_chooser.widget_class),
        FieldPanel("space"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]


class NetworkViewSetGroup(SnippetViewSetGroup):
    """One entry of the admin's menu for the whole room."""

    items = (SpaceViewSet, SpaceMemberViewSet)
    menu_label = _("Spaces")
    menu_icon = "home"
    menu_order = 220
