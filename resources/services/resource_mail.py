"""What is told by mail while a resource of a space is reviewed, or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override

from cms.models import User
from cms.roles import MODERATORS
from network.moderation_mail import ModerationMail, get_admin_url

if TYPE_CHECKING:
    from network.models import Space
    from resources.models import SharedResource


class ResourceMail(ModerationMail):
    """The mails of shared resources."""

    templates: ClassVar = "resources/mail/resource_%s.txt"

    def get_space(self, record: SharedResource) -> Space | None:
        return record.space

    def get_member_url(self, record: SharedResource) -> str:
        with override(settings.LANGUAGE_CODE):
            return reverse("member_resources:resource", args=[record.pk])

    def describe(self, record: SharedResource) -> dict[str, Any]:
        return {"page": record.get_absolute_url() if record.live else ""}

    def tell_taken_out(
        self, resource: SharedResource, *, by: User, reason: str
    ) -> None:
        """Tell the moderators that a space took its resource out of the list."""
        groups = Group.objects.filter(name=MODERATORS)
        self.send(
            "taken_out",
            _("Taken out of the list: %(title)s"),
            resource,
            to=User.objects.filter(groups__in=groups, is_active=True).distinct(),
            url=get_admin_url(resource),
            person=by.name,
            reason=reason,
        )


resource_mail = ResourceMail()
