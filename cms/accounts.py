"""How accounts come to be and hear from us, for django-allauth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from wagtail.models import Site

from cms.tasks.mail import send_message_later

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class MailSite:
    """What allauth's mails say of the site: the network's name, not its host."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the network; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Store allauth's mail for after the commit: a dead mail server is no error."""
        values = {
            "request": self.request,
            "email": email,
            "current_site": self._find_mail_site(),
            **context,
        }
        send_message_later(self.render_mail(template_prefix, email, values))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return a link to the site's own host, whatever host the request named."""
        uidb36, _, secret = key.partition("-")
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": secret}
        )
        return f"{settings.SITE_URL}{path}"

    def format_email_subject(self, subject: str) -> str:
        return f"[{self._find_mail_site().name}] {subject}"

    def _find_mail_site(self) -> MailSite:
        from cms.models import NetworkSettings

        site = Site.find_for_request(self.request)
        network = NetworkSettings.for_site(site) if site else NetworkSettings()
        domain = urlsplit(settings.SITE_URL).netloc
        return MailSite(name=network.network_name, domain=domain)
