"""Why an address was not fetched, one name and one plain sentence for each reason.

The sentences are for the person who gave the address; ``str(refusal)`` adds the
detail that a log wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class FetchRefused(Exception):
    """Base of every refusal of ``cms.outbound``.

    Attributes:
        sentence: what is wrong, for a person, in the language of the moment.
        code: stable name of the reason, to store; `find_sentence` reads it back.
    """

    sentence: ClassVar[_StrPromise]
    code: ClassVar[str]

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.code}: {detail}" if detail else self.code)


class MalformedAddress(FetchRefused):
    """The text is no address, or one longer than 2,048 characters."""

    code = "malformed-address"
    sentence = _("This is not a complete web address.")


class UnsupportedScheme(FetchRefused):
    """Neither http, https nor webcal."""

    code = "unsupported-scheme"
    sentence = _("The address must begin with https://, http:// or webcal://.")


class CredentialsInAddress(FetchRefused):
    """A name or a password stands before the host."""

    code = "credentials-in-address"
    sentence = _("The address contains a name or a password. Please give a public one.")


class UnsupportedPort(FetchRefused):
    """Another port than those of the web."""

    code = "unsupported-port"
    sentence = _("The address names an unusual port. Only 80 and 443 are accepted.")


class UnknownHost(FetchRefused):
    """The name of the host has no address."""

    code = "unknown-host"
    sentence = _("No site answers to this name. Please check the address.")


class ForbiddenHost(FetchRefused):
    """One of the host's addresses is not on the public Internet."""

    code = "forbidden-host"
    sentence = _("This address is not on the public Internet.")


class Unreachable(FetchRefused):
    """No connection could be made, or it broke before an answer began."""

    code = "unreachable"
    sentence = _("The site could not be reached.")


class UntrustedCertificate(FetchRefused):
    """The certificate does not vouch for the host."""

    code = "untrusted-certificate"
    sentence = _("The site’s security certificate is not valid.")


class InsecureRedirect(FetchRefused):
    """A redirect leads from https to http."""

    code = "insecure-redirect"
    sentence = _("The site sends from a secure address to one that is not.")


class TooManyRedirects(FetchRefused):
    """More redirects than `fetching.MOST_REDIRECTS`."""

    code = "too-many-redirects"
    sentence = _("The site sends from one address to another without end.")


class TooSlow(FetchRefused):
    """The whole answer, or the next byte of it, did not come in time."""

    code = "too-slow"
    sentence = _("The site took too long to answer.")


class TooLarge(FetchRefused):
    """The content is larger than accepted, once decompressed."""

    code = "too-large"
    sentence = _("The file is too large.")


class BrokenAnswer(FetchRefused):
    """The answer is not HTTP, stops too early or is compressed in an unknown way."""

    code = "broken-answer"
    sentence = _("The site’s answer is incomplete or unreadable.")


class AccessDenied(FetchRefused):
    """401, 403 or 407."""

    code = "access-denied"
    sentence = _("The site keeps this address for itself. Is the calendar public?")


class NotFound(FetchRefused):
    """404, or 410 when it is gone for good."""

    code = "not-found"
    sentence = _("The site says there is nothing at this address.")


class TemporarilyUnavailable(FetchRefused):
    """429 or 5xx: the site asks to come back later.

    ``retry_after`` is in seconds, None where the site named no delay in seconds.
    """

    code = "temporarily-unavailable"
    sentence = _("The site is unavailable for the moment.")

    def __init__(self, detail: str = "", retry_after: int | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(detail)


class UnexpectedAnswer(FetchRefused):
    """Any other status than 200."""

    code = "unexpected-answer"
    sentence = _("The site gave an answer that is not a file.")


REFUSALS: dict[str, type[FetchRefused]] = {
    refusal.code: refusal for refusal in FetchRefused.__subclasses__()
}


def find_sentence(code: str) -> str:
    """Return the sentence of a stored code, in the language of the moment.

    Raises:
        KeyError: no refusal has that code.
    """
    return str(REFUSALS[code].sentence)
