"""How accounts come to be, for django-allauth."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the network; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
