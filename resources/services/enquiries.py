"""Writing to whoever shares a resource, whose address nobody is shown.

Nothing of it is kept: the mails are stored as tasks until they have left, and what was
sent is erased with them (``cms.tasks.jobs.prune_tasks``).
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override
from wagtail.models import Site

from cms.models import NetworkSettings, User
from cms.refusals import Refusal
from cms.roles import MODERATORS
from cms.tasks.mail import send_mail_later
from network.models import SpaceMember
from resources.models import SharedResource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

# The same words sent again sooner (a second press, a page reloaded) write no more mail.
MAIL_AGAIN_AFTER: Final = datetime.timedelta(minutes=10)


class NobodyToAsk(Refusal):
    """Neither the space nor the network has an address."""

    sentence = _(
        "Nobody can be written to from here for now: nothing was sent. "
        "Keep your message and try again in a few days."
    )


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who answers for a resource: ``name`` is shown, ``emails`` never are."""

    name: str
    emails: Sequence[str]
    is_network: bool


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What somebody asks; ``days`` are those they wish, in their own words."""

    name: str
    email: str
    message: str
    days: str = ""


def find_addressee(resource: SharedResource, *, now: datetime.datetime) -> Addressee:
    """Return the people who speak for its space today, or the network.

    The network's contact answers where no public space shares it, or where nobody
    speaks for that space any more; without a contact, the moderators. Three queries.
    """
    space = resource.author_space
    if space is not None:
        links = SpaceMember.objects.current(timezone.localdate(now)).filter(space=space)
        emails = _list_emails(User.objects.filter(pk__in=links.values("user")))
        if emails:
            return Addressee(space.name, emails, is_network=False)
    network = NetworkSettings.for_site(Site.objects.get(is_default_site=True))
    if network.contact_email:
        return Addressee(network.network_name, [network.contact_email], is_network=True)
    moderators = User.objects.filter(groups__name=MODERATORS).distinct()
    return Addressee(network.network_name, _list_emails(moderators), is_network=True)


@transaction.atomic
def send_enquiry(
    resource: SharedResource, enquiry: Enquiry, *, language: str, now: datetime.datetime
) -> Addressee:
    """Mail it to whoever answers for the resource, and a copy to who asks.

    The answer goes straight to the person (``Reply-To``). Neither mail shows the
    addresses of those who answer. Sent twice, the same words leave once.

    Raises:
        NobodyToAsk: nobody has an address; nothing was sent.
    """
    addressee = find_addressee(resource, now=now)
    if not addressee.emails:
        raise NobodyToAsk
    if cache.add(_make_key(resource, enquiry), True, MAIL_AGAIN_AFTER.total_seconds()):
        _mail_addressee(resource, enquiry, addressee)
        _mail_copy(resource, enquiry, addressee, language=language)
    return addressee


def _mail_addressee(
    resource: SharedResource, enquiry: Enquiry, addressee: Addressee
) -> None:
    language = settings.LANGUAGE_CODE
    with override(language):
        send_mail_later(
            to=addressee.emails,
            subject=_("Request: %(title)s")
            % {"title": _read_title(resource, language)},
            template="resources/mail/enquiry.txt",
            context=_make_context(resource, enquiry, addressee, language),
            language=language,
            headers={"Reply-To": enquiry.email},
        )


def _mail_copy(
    resource: SharedResource, enquiry: Enquiry, addressee: Addressee, *, language: str
) -> None:
    with override(language):
        send_mail_later(
            to=enquiry.email,
            subject=_("Your request: %(title)s")
            % {"title": _read_title(resource, language)},
            template="resources/mail/enquiry_copy.txt",
            context=_make_context(resource, enquiry, addressee, language),
            language=language,
        )


def _make_context(
    resource: SharedResource, enquiry: Enquiry, addressee: Addressee, language: str
) -> dict[str, object]:
    return {
        "title": _read_title(resource, language),
        "enquiry": enquiry,
        "addressee": addressee,
        "url": f"{settings.SITE_URL}{resource.get_absolute_url()}",
    }


def _read_title(resource: SharedResource, language: str) -> str:
    return " ".join(resource.text_in(language).title.split())


def _list_emails(people: QuerySet[User]) -> list[str]:
    active = people.filter(is_active=True).order_by("pk")
    return list(dict.fromkeys(active.values_list("email", flat=True)))


def _make_key(resource: SharedResource, enquiry: Enquiry) -> str:
    said = "\n".join([enquiry.email.lower(), enquiry.days, enquiry.message])
    digest = hashlib.sha256(said.encode()).hexdigest()
    return f"resources.enquiry:{resource.pk}:{digest}"
