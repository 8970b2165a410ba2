"""A file that a person sends: how much of it is read, and what it may be."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cms.documents import refuse_disguised_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class HeavyFileSkipper(FileUploadHandler):
    """Stops storing a file as soon as it is too heavy; the other answers are read.

    Names the fields of such files in ``heavy_fields``, a set on the request.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.heavy_fields: set[str] = set()
        request.heavy_fields = self.heavy_fields  # type: ignore[attr-defined]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
            self.heavy_fields.add(self.field_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""


def skip_heavy_files(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let ``view`` be sent files, none of them stored beyond the weight of documents.

    The middleware against forged requests would read the body before any view: the
    check is made here, once the handler stands.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers.insert(0, HeavyFileSkipper(request))
        return checked(request, *args, **kwargs)

    return receive


def refuse_bad_file(sent: UploadedFile[Any]) -> None:
    """Refuse a file that the site would not keep; what is kept is what its name says.

    Raises:
        ValidationError: with a sentence that says what to do.
    """
    extension = PurePath(sent.name or "").suffix.lower().removeprefix(".")
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        message = gettext("Send a file of one of these sorts: %(sorts)s.")
        sorts = ", ".join(one.upper() for one in settings.WAGTAILDOCS_EXTENSIONS)
        raise ValidationError(message % {"sorts": sorts})
    if not sent.size:
        raise ValidationError(
            gettext("This file is empty. Save it again, look into it, then choose it.")
        )
    if sent.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise ValidationError(say_too_heavy())
    refuse_disguised_file(sent, sent.name or "")


def say_too_heavy() -> str:
    """Return what a person reads whose file weighs too much."""
    return gettext(
        "This file is too heavy: %(limit)s at most. Export it with lighter pictures, "
        "or put it elsewhere and give the link."
    ) % {"limit": say_limit()}


def say_limit() -> str:
    """Return the heaviest weight that surely passes, such as “20 MB”."""
    number = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // 1024**2
    return gettext("%(number)s MB") % {"number": number}
