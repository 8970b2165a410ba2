"""The files of the form: checked and kept as they arrive, before the other answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from cms.uploads import refuse_bad_file, say_too_heavy
from resources.models import SharedResource
from resources.services.contribution_refusals import StoreClosed
from resources.services.member_files import keep_file

if TYPE_CHECKING:
    import datetime

    from django.http import HttpRequest, QueryDict
    from django_stubs_ext import StrOrPromise

    from cms.models import User


def receive_files(
    request: HttpRequest, *, by: User, now: datetime.datetime
) -> tuple[QueryDict, dict[str, StrOrPromise]]:
    """Keep the files of a request; return its answers and what is wrong with files.

    In the answers, ``document_kept`` is then the file that was kept, so that nobody
    has to send it again; mistakes go by the name of the question, ``document_sent``.
    """
    answers = request.POST.copy()
    mistakes: dict[str, StrOrPromise] = {}
    heavy: set[str] = getattr(request, "heavy_fields", set())
    for column in SharedResource.FILES:
        name = f"{column}_sent"
        sent: Any = request.FILES.get(name)
        if name in heavy:
            mistakes[name] = say_too_heavy()
        elif sent is not None:
            try:
                refuse_bad_file(sent)
                kept = keep_file(sent, by=by, now=now)
            except ValidationError as error:
                mistakes[name] = error.messages[0]
            except StoreClosed as refusal:
                mistakes[name] = refusal.sentence
            else:
                answers[f"{column}_kept"] = str(kept.document_id)
                answers.pop(f"{column}_dropped", None)
    return answers, mistakes
