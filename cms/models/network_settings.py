"""What an installation says of its network, and the site's menu."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page

from cms.navigation import list_site_rooms


class ContentLicence(models.TextChoices):
    """The licence of what the site publishes, unless a page says otherwise."""

    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    CC_BY = "cc-by", "CC BY 4.0"
    ETALAB = "etalab-2", _("Open Licence 2.0")
    RESERVED = "all-rights-reserved", _("All rights reserved")


@register_setting(icon="home", order=0)
class NetworkSettings(ClusterableModel, BaseSiteSetting):
    """The network's name, contact and legal notice, for one site."""

    network_name = models.CharField(_("name"), max_length=80, default="Hub")
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    footer_statement = models.CharField(
        _("statement in the footer"), max_length=80, blank=True
    )
    footer_text = models.TextField(_("text in the footer"), max_length=300, blank=True)
    content_licence = models.CharField(
        _("licence of the contents"),
        max_length=24,
        choices=ContentLicence,
        default=ContentLicence.CC_BY_SA,
    )

    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    postal_address = models.TextField(_("postal address"), max_length=300, blank=True)
    mastodon_url = models.URLField(_("Mastodon"), blank=True)
    linkedin_url = models.URLField(_("LinkedIn"), blank=True)

    legal_name = models.CharField(
        _("legal name"),
        max_length=120,
        blank=True,
        help_text=_("The association or company that publishes the site."),
    )
    legal_registration = models.CharField(
        _("registration (RNA or SIRET)"), max_length=40, blank=True
    )
    publication_director = models.CharField(
        _("director of publication"), max_length=120, blank=True
    )
    host_name = models.CharField(_("hosting company"), max_length=120, blank=True)
    host_address = models.TextField(
        _("address and telephone of the hosting company"), max_length=300, blank=True
    )

    identity_panels = [
        MultiFieldPanel(
            [
                FieldPanel("network_name"),
                FieldPanel("tagline"),
                FieldPanel("footer_statement"),
                FieldPanel("footer_text"),
                FieldPanel("content_licence"),
            ],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("contact_email"), FieldPanel("contact_phone")]
                ),
                FieldPanel("postal_address"),
                FieldRowPanel([FieldPanel("mastodon_url"), FieldPanel("linkedin_url")]),
            ],
            heading=_("Contact"),
        ),
    ]
    legal_panels = [
        FieldPanel("legal_name"),
        FieldPanel("legal_registration"),
        FieldPanel("publication_director"),
        FieldPanel("host_name"),
        FieldPanel("host_address"),
    ]
    menu_panels = [
        InlinePanel(
            "menu_links",
            heading=_("Main menu"),
            label=_("link"),
            help_text=_("Empty: the menu shows every room of the site."),
        )
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(identity_panels, heading=_("Network")),
            ObjectList(legal_panels, heading=_("Legal notice")),
            ObjectList(menu_panels, heading=_("Menu")),
        ]
    )

    class Meta:
        verbose_name = _("network")


def _room_choices() -> list[tuple[str, Any]]:
    return [(room.name, room.label) for room in list_site_rooms()]


class MenuLink(Orderable):
    """One word of the main menu: a page, or a room of the site such as the agenda."""

    settings = ParentalKey(
        NetworkSettings, on_delete=models.CASCADE, related_name="menu_links"
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
    )
    room = models.CharField(_("room"), max_length=40, blank=True, choices=_room_choices)
    label = models.CharField(
        _("word"),
        max_length=30,
        blank=True,
        help_text=_("Empty: the title of the page or the name of the room."),
    )

    panels = [FieldPanel("page"), FieldPanel("room"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("menu link")
        verbose_name_plural = _("menu links")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, room="")
                | (models.Q(page__isnull=True) & ~models.Q(room="")),
                name="menu_link_page_or_room",
            )
        ]

    def __str__(self) -> str:
        return self.label or self.room or str(self.page)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.room):
            raise ValidationError(_("Choose either a page or a room of the site."))
