"""A page whose address is the secret that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


# The address itself is what a forged form would lack. A token of Django's would never
# arrive: under “no-referrer” browsers send “Origin: null”, and the button of a mail
# program (RFC 8058 section 3.2) comes without cookie or token.
@method_decorator(csrf_exempt, name="dispatch")
class SecretAddressView(View):
    """Keeps the address, which its owner got by mail, from sites, caches and robots.

    Looking at such a page changes nothing, since mail programs look first; its buttons
    do.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, private=True, no_store=True)
        return response
