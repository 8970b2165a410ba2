"""One page on which a member writes a record: what dates and series share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext

from events.forms.differences import list_differences
from events.publication import Publication
from events.services.publish import publish_record
from events.services.refusals import (
    ChangedByService,
    InModeration,
    NotTrusted,
    OutdatedVersion,
    Refusal,
    SentAlready,
)
from events.services.submit import submit_record
from events.views.speaker import SpeakerView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Revision

SAVE = "save"
PUBLISH = "publish"
WITHDRAW = "withdraw"


class RecordFormView(SpeakerView):
    """“Save” keeps a draft; “publish” publishes it, or sends it for review.

    ``record`` is the row that is changed and ``draft`` its latest text; both are None
    while it is new.
    """

    template_name: ClassVar[str]
    # The name of the address of the record's own page.
    page_name: ClassVar[str]
    title: StrOrPromise = ""
    record: Any = None
    draft: Any = None

    def make_form(self, answers: QueryDict | None = None) -> Any:
        raise NotImplementedError

    def read_initial(self, draft: Any) -> dict[str, Any]:
        """Return the form's answers for a text."""
        raise NotImplementedError

    def make_trail(self) -> list[tuple[StrOrPromise, str]]:
        raise NotImplementedError

    def store(self, form: Any) -> Any:
        """Store the answers as a draft, and return it."""
        raise NotImplementedError

    def describe_publication(self, published: Any) -> str:
        raise NotImplementedError

    @property
    def answers(self) -> QueryDict:
        """What was sent."""
        return self.request.POST

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        trusts = {space.is_trusted for space in self.spaces}
        return render(
            self.request,
            self.template_name,
            {
                "form": form,
                "record": self.record,
                "publication": Publication.of(self.record) if self.record else None,
                "reviews_all": trusts == {False},
                "reviews_some": len(trusts) > 1,
                "moderation_days": settings.MODERATION_DAYS,
                "trail": self.make_trail(),
                "title": self.title,
                **context,
            },
            status=status,
        )

    def receive(self, request: HttpRequest) -> HttpResponse:
        """Store what was sent, or show it again with what to correct."""
        form = self.make_form(self.answers)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return self.keep(form)
        except OutdatedVersion as refusal:
            return self.show_both(request, refusal.latest, refusal)
        except SentAlready as refusal:
            self.record = refusal.record
            if not refusal.says_the_same:
                return self.show_both(request, self.record.latest_revision, refusal)
            messages.info(request, _("You sent this form twice: it is saved once."))
            return redirect(self.page_name, pk=self.record.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            is_locked = isinstance(refusal, InModeration)
            return self.show(form, status=409, is_locked=is_locked)

    def keep(self, form: Any) -> HttpResponse:
        """Store the answers, send them on when that was asked, and say so."""
        is_sent = self.request.POST.get("action") == PUBLISH
        with transaction.atomic():
            record = self.store(form)
            published = self.send(record) if is_sent else None
        messages.success(self.request, self.describe(is_sent, published))
        return redirect(self.page_name, pk=record.pk)

    def send(self, record: Any) -> Any:
        """Publish for a trusted space and return the row; else send for review."""
        try:
            with transaction.atomic():
                return publish_record(record, by=self.member, now=self.now)
        except NotTrusted:
            submit_record(record, by=self.member, now=self.now)
            return None

    def describe(self, is_sent: bool, published: Any) -> str:
        if published:
            return self.describe_publication(published)
        if is_sent:
            days = settings.MODERATION_DAYS
            return ngettext(
                "It is being reviewed: an answer comes within %(days)d working day.",
                "It is being reviewed: an answer comes within %(days)d working days.",
                days,
            ) % {"days": days}
        return _("The draft is saved. Only the members of your space see it.")

    def show_both(
        self, request: HttpRequest, latest: Revision | None, refusal: Refusal
    ) -> HttpResponse:
        """Show my answers, and beside them those of ``latest`` as it stands now."""
        saved = self.read_initial(latest.as_object()) if latest else {}
        answers = self.answers.copy()
        answers["version"] = str(latest.pk) if latest else ""
        answers["service_edit"] = str(saved.get("service_edit", ""))
        form = self.make_form(answers)
        form.add_error(None, refusal.sentence)
        # A move has no author in the revision that it changed.
        writer = None if isinstance(refusal, ChangedByService) else latest
        person = writer.user if writer else None
        return self.show(
            form,
            status=409,
            differences=list_differences(form, saved),
            other_person=person.get_full_name() if person else "",
            other_revision=writer,
        )
