"""The files that members send: who reads them before everybody may."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.models import SiteDocument
from resources.models.shared_resource import SharedResource


class MemberFile(models.Model):
    """A document that came through the member area.

    Everybody may read it while a published resource names it, nobody but the people of
    its resource otherwise. Until a resource takes it, it is its sender's alone.
    """

    document = models.OneToOneField(
        SiteDocument, on_delete=models.CASCADE, related_name="member_file"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    resource = models.ForeignKey(
        SharedResource,
        on_delete=models.SET_NULL,
        null=True,
        related_name="member_files",
    )
    # Since when no text names it; None while one does. The clock erases it later.
    unused_since = models.DateTimeField(null=True)

    # Being sent is no use of a document.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of a member")
        verbose_name_plural = _("files of members")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.document.title

    @property
    def is_public(self) -> bool:
        """True while a published resource gives it to everybody; one query."""
        naming = Q(document=self.document_id) | Q(editable_document=self.document_id)
        return SharedResource.objects.published().filter(naming).exists()
