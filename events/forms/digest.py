"""Asking for the mail of the month."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.public_forms import AddressField, TrappedForm


class DigestForm(TrappedForm):
    """Where the mail of the month goes."""

    email = AddressField(
        label=_("Your e-mail"),
        error_messages={"required": _("Give the e-mail that the dates go to.")},
    )
