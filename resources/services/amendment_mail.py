"""What is mailed about amendments, stored in the transaction of what it tells."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override

from cms.models import User
from cms.tasks.mail import send_mail_later
from network.models import SpaceMember

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from resources.models import Amendment, AmendmentComment


def tell_answer(amendment: Amendment, *, now: datetime.datetime) -> None:
    """Tell who speaks for the space what its amendment was answered."""
    links = SpaceMember.objects.current(timezone.localdate(now))
    links = links.filter(space=amendment.space)
    speakers = User.objects.filter(pk__in=links.values("user"), is_active=True)
    _send(
        "amendment_answered",
        _("Your amendment no. %(number)d: %(state)s"),
        amendment,
        to=[person.email for person in speakers.order_by("pk")],
    )


def tell_comment_refused(comment: AmendmentComment) -> None:
    """Tell who wrote a comment why the others do not read it."""
    if comment.written_by is None:
        return
    _send(
        "comment_refused",
        _("Your comment on amendment no. %(number)d was not shown"),
        comment.amendment,
        to=[comment.written_by.email],
        comment=comment,
    )


def _send(
    name: str,
    subject: StrOrPromise,
    amendment: Amendment,
    *,
    to: list[str],
    **values: Any,
) -> None:
    language = settings.LANGUAGE_CODE
    with override(language):
        words = {"number": amendment.number, "state": amendment.get_state_display()}
        send_mail_later(
            to=to,
            subject=subject % words,
            template=f"resources/mail/{name}.txt",
            context={
                "amendment": amendment,
                "url": f"{settings.SITE_URL}{amendment.get_absolute_url()}",
                **words,
                **values,
            },
            language=language,
        )
