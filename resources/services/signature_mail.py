"""What is mailed about a signature; all is stored in the transaction of what it tells."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override

from cms.models import User
from cms.roles import MODERATORS
from cms.tasks.mail import send_mail_later
from network.models import Space, SpaceMember
from resources.receipts import make_receipt, name_receipt

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from cms.tasks.mail import Attachment
    from resources.models import Signature, SignatureReview


def send_receipt(signature: Signature, *, now: datetime.datetime) -> None:
    """Mail the receipt, a PDF, to everybody who speaks for the space."""
    with override(settings.LANGUAGE_CODE):
        receipt = make_receipt(signature).write_pdf()
    _send(
        "signature_receipt",
        _("Signed: %(charter)s, version %(number)d"),
        signature,
        to=_list_speakers(signature.space, now),
        url=_member_url(signature),
        attachments=[(name_receipt(signature), receipt, "application/pdf")],
    )


def tell_withdrawal(signature: Signature, *, now: datetime.datetime) -> None:
    """Tell who speaks for the space, and the network, that the signature ended."""
    _send(
        "signature_withdrawn",
        _("Withdrawn: %(charter)s, version %(number)d"),
        signature,
        to=_list_speakers(signature.space, now),
        url=_member_url(signature),
    )
    _send(
        "signature_withdrawn",
        _("Withdrawn: %(charter)s, version %(number)d"),
        signature,
        to=_list_reviewers(),
        url=_admin_url(signature),
    )


def tell_review(signature: Signature, *, now: datetime.datetime) -> None:
    """Tell who speaks for the space that the network looked at its answers."""
    _send(
        "signature_reviewed",
        _("The network read your answers: %(charter)s"),
        signature,
        to=_list_speakers(signature.space, now),
        url=_member_url(signature),
    )


def tell_reply(review: SignatureReview) -> None:
    """Tell the network that the space replied."""
    signature = review.answer.signature
    _send(
        "signature_reply",
        _("%(space)s replied: %(charter)s"),
        signature,
        to=_list_reviewers(),
        url=_admin_url(signature),
        review=review,
    )


def _list_speakers(space: Space, now: datetime.datetime) -> list[User]:
    links = SpaceMember.objects.current(timezone.localdate(now)).filter(space=space)
    return list(
        User.objects.filter(pk__in=links.values("user"), is_active=True).order_by("pk")
    )


def _list_reviewers() -> list[User]:
    return list(
        User.objects.filter(groups__name=MODERATORS, is_active=True)
        .distinct()
        .order_by("pk")
    )


def _member_url(signature: Signature) -> str:
    with override(settings.LANGUAGE_CODE):
        return reverse("member_charters:signature", args=[signature.pk])


def _admin_url(signature: Signature) -> str:
    return reverse("wagtailsnippets_resources_signature:review", args=[signature.pk])


def _send(
    name: str,
    subject: StrOrPromise,
    signature: Signature,
    *,
    to: Iterable[User],
    url: str,
    attachments: Iterable[Attachment] = (),
    **values: Any,
) -> None:
    language = settings.LANGUAGE_CODE
    addresses = dict.fromkeys(person.email for person in to)
    version = signature.version
    with override(language):
        words = {
            "charter": " ".join(version.charter.title.split()),
            "number": version.number,
            "space": " ".join(signature.space_name.split()),
        }
        send_mail_later(
            to=addresses,
            subject=subject % words,
            template=f"resources/mail/{name}.txt",
            context={
                "signature": signature,
                "version": version,
                "url": f"{settings.SITE_URL}{url}",
                **words,
                **values,
            },
            language=language,
            attachments=attachments,
        )
