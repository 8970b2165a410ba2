"""The receipt of a signature on paper."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, gettext_lazy as _
from wagtail.models import Site

from cms.models import NetworkSettings
from cms.typesetting import Sheet
from resources.models import Signature

if TYPE_CHECKING:
    import datetime

SOURCES: Final = Path(__file__).with_name("typst")


def make_receipt(signature: Signature) -> Sheet:
    """Return the receipt, in the language of the thread; three queries.

    It says what was signed, so that it stays true when the site is gone: the answers,
    the evidence and the fingerprint of the text.
    """
    version = signature.version
    answers = signature.answers.select_related("criterion").order_by("pk")
    values = {
        "language": get_language() or "fr",
        "network": _name_network(),
        "title": gettext("Receipt of a signature"),
        "charter": f"{version.charter.title}",
        "version": gettext("Version %(number)d, adopted on %(day)s")
        % {"number": version.number, "day": _say_day(version.adopted_on)},
        "facts": _list_facts(signature),
        "answers": [
            {
                "number": answer.criterion.number,
                "criterion": answer.criterion.text,
                "answer": answer.get_state_display(),
                "evidence": answer.evidence,
            }
            for answer in answers
        ],
        "digest": " ".join(wrap(signature.digest, 16)),
        "withdrawn": _say_withdrawal(signature),
        "link": settings.SITE_URL.split("://", 1)[-1],
        "words": {
            "answers": gettext("What the space answered to each criterion"),
            "digest": gettext("Fingerprint of the text that was signed (SHA-256)"),
            "digest_help": gettext(
                "It is that of the file of the version on the site. Whoever has the "
                "file can compute it again, and see that the text did not change."
            ),
            "page": gettext("page"),
        },
    }
    return Sheet("receipt.typ", values, SOURCES)


def name_receipt(signature: Signature) -> str:
    """Return the name of the file."""
    return f"recu-{signature.number}.pdf"


def _list_facts(signature: Signature) -> list[dict[str, Any]]:
    moment = localtime(signature.signed_at)
    right = signature.get_right_display()
    if signature.right_details:
        right = f"{right} ({signature.right_details})"
    facts = [
        (_("Number"), signature.number),
        (_("Space"), signature.space_name),
        (_("Signed"), date_format(moment, "DATETIME_FORMAT")),
        (_("By"), signature.signer_name),
        (_("By what right"), right),
    ]
    return [{"name": str(name), "value": str(value)} for name, value in facts]


def _name_network() -> str:
    site = Site.objects.get(is_default_site=True)
    return str(NetworkSettings.for_site(site).network_name)


def _say_withdrawal(signature: Signature) -> str:
    if signature.withdrawn_at is None:
        return ""
    day = _say_day(localtime(signature.withdrawn_at).date())
    return gettext("This signature was withdrawn on %(day)s.") % {"day": day}


def _say_day(day: datetime.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day is not None else ""
