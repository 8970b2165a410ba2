"""Files of members are served to whom may read the text that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from resources.models import MemberFile
from resources.services.member_files import may_read

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cms.models import SiteDocument


def serve_member_file(
    document: SiteDocument, request: HttpRequest
) -> HttpResponse | None:
    """Serve a file that is not public to its people, uncounted and never cached.

    None leaves it to Wagtail's own view: it is public, or no member sent it.

    Raises:
        Http404: it is neither public nor theirs to read.
    """
    sent = MemberFile.objects.filter(document=document).select_related(
        "resource__space"
    )
    member_file = sent.first()
    if member_file is None or member_file.is_public:
        return None
    if not may_read(member_file, request.user, now=timezone.now()):
        raise Http404
    # Wagtail takes no streaming answer from a hook; the weight of a file is limited.
    with document.open_file() as stream:
        response = HttpResponse(stream.read(), content_type=document.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=document.filename
    )
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response
