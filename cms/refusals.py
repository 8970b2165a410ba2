"""Why a service refuses: each refusal carries the sentence that the person reads.

Here are those of every record that members write and moderators read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db import models
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Revision


class Refusal(Exception):
    """Base of every refusal; ``sentence`` says what happened and what to do."""

    sentence: StrOrPromise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class WrongAnswer(Refusal):
    """Another answer of the same form would do."""


class InModeration(Refusal):
    """A moderator is reading the text: it must not change under their eyes."""

    sentence = _(
        "A moderator is reading it: nothing was saved. "
        "Take it back first, then change it."
    )


class OutdatedVersion(Refusal):
    """Somebody saved another text since this one was opened.

    ``latest`` is the revision that stands now.
    """

    sentence = _(
        "Somebody saved another version while you were writing. Yours is below, "
        "not saved yet; what differs is shown beside it. Save again to keep yours."
    )

    def __init__(self, latest: Revision | None) -> None:
        self.latest = latest
        super().__init__()


class SentAlready(Refusal):
    """The form made a record before; ``says_the_same`` as the form does now."""

    sentence = _(
        "You sent this form before, and it was saved. Your answers of now are below, "
        "not saved yet; what differs is shown beside them. Save again to keep them."
    )

    def __init__(self, record: models.Model, *, says_the_same: bool) -> None:
        self.record = record
        self.says_the_same = says_the_same
        super().__init__()


class NothingNew(Refusal):
    """The text is already the published one."""

    sentence = _("There is nothing new to publish.")
