"""Images and documents, with what French law and courtesy ask of each."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.documents import refuse_disguised_file


class SiteImage(AbstractImage):
    """A picture with its author, licence and, where people show, their consent."""

    credit = models.CharField(
        _("author and licence"),
        max_length=200,
        blank=True,
        help_text=_("Shown under the picture. Example: Ti Numerik, CC BY-SA 4.0"),
    )
    has_recognisable_people = models.BooleanField(
        _("people can be recognised"), default=False
    )
    consent_until = models.DateField(
        _("consent of these people until"),
        null=True,
        blank=True,
        help_text=_("Needed where people can be recognised."),
    )

    admin_form_fields = (
        *Image.admin_form_fields,
        "credit",
        "has_recognisable_people",
        "consent_until",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self) -> None:
        super().clean()
        if self.has_recognisable_people and not self.consent_until:
            raise ValidationError(
                {"consent_until": _("Say until when these people agreed to be shown.")}
            )


class SiteRendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(
        SiteImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta(AbstractRendition.Meta):
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class SiteDocument(AbstractDocument):
    """A file that a page or a shared resource offers to take away."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        if not self.file:
            # Refused by the form already, which said why: Wagtail would add that a
            # file without a name has the wrong extension.
            return
        super().clean()
        if self._has_new_file:
            try:
                refuse_disguised_file(self.file, self.file.name)
            except ValidationError as error:
                raise ValidationError({"file": error}) from None

    def save(self, *args: object, **kwargs: object) -> None:
        if self._has_new_file:
            # Lists show the weight: nobody should have to open the file for it.
            self._set_document_file_metadata()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def _has_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed
