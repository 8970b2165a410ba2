"""A member's resources: the list, one of them, its form, how the public will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, ngettext

from cms.publication import Publication, Stage
from cms.uploads import say_limit, skip_heavy_files
from events.forms.differences import Difference
from events.views.record_form import PUBLISH, WITHDRAW, RecordFormView
from events.views.speaker import SpeakerView
from resources.contributing.forms import ResourceForm, read_initial
from resources.contributing.sent_files import receive_files
from resources.models import SharedResource
from resources.services.contribution import create_resource, revise_resource
from resources.services.contribution_refusals import NotTrusted
from resources.services.contribution_steps import (
    publish_resource,
    submit_resource,
    withdraw_resource,
)
from resources.services.member_files import list_takeable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, QueryDict
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise


class ResourceSpeakerView(SpeakerView):
    """A page for who speaks for a space; another space's resource does not exist."""

    def get_resource(self, pk: int) -> SharedResource:
        """Return the resource with its publication.

        Raises:
            Http404: it does not exist, or none of my spaces shares it.
        """
        resources = (
            SharedResource.objects.filter(space__in=self.spaces)
            .with_publication()
            .select_related("space", "latest_revision__user")
        )
        return get_object_or_404(resources, pk=pk)


class ResourceListView(ResourceSpeakerView):
    """Every resource of my spaces: what waits for me first, then by title."""

    def get(self, request: HttpRequest) -> HttpResponse:
        resources = (
            SharedResource.objects.filter(space__in=self.spaces)
            .with_publication()
            .select_related("space", "latest_revision")
        )
        rows = [(one, Publication.of(one), say_title(one)) for one in resources]
        rows.sort(key=lambda row: (row[1].stage != Stage.TO_REVISE, row[2].lower()))
        context = {
            "parts": [
                (name, label, found)
                for name, label, is_live in (
                    ("drafts", _("Not in the list yet"), False),
                    ("shared", _("In the public list"), True),
                )
                if (found := [row for row in rows if row[1].is_live is is_live])
            ],
            "has_several_spaces": len(self.spaces) > 1,
            "trail": make_trail(),
        }
        return render(request, "resources/contributing/list.html", context)


class ResourceView(ResourceSpeakerView):
    """One resource: its text, where it stands, what can be done."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        resource = self.get_resource(pk)
        draft = resource.get_latest_revision_as_object()
        context = {
            "resource": resource,
            "draft": draft,
            "publication": Publication.of(resource),
            "moderation_days": settings.MODERATION_DAYS,
            "trail": make_trail((draft.title, "")),
        }
        return render(request, "resources/contributing/resource.html", context)


class ResourcePreviewView(ResourceSpeakerView):
    """The latest text as the public will see it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.get_resource(pk).get_latest_revision_as_object()
        response: HttpResponse = draft.serve_preview(
            request, draft.default_preview_mode
        )
        response["X-Robots-Tag"] = "noindex"
        return response


class ResourceFormView(ResourceSpeakerView, RecordFormView):
    """The form of one resource. Its files are kept first, whatever becomes of the rest."""

    template_name = "resources/contributing/form.html"
    page_name = "member_resources:resource"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        return skip_heavy_files(super().as_view(**initkwargs))

    @cached_property
    def received(self) -> tuple[QueryDict, dict[str, StrOrPromise]]:
        return receive_files(self.request, by=self.member, now=self.now)

    @property
    def answers(self) -> QueryDict:
        return self.received[0]

    def make_form(self, answers: QueryDict | None = None) -> ResourceForm:
        return ResourceForm(
            answers,
            initial=read_initial(self.draft) if self.draft else None,
            spaces=self.spaces,
            takeable=self.list_takeable(answers),
            draft=self.draft,
            for_publication=answers is not None and answers.get("action") == PUBLISH,
            file_mistakes=self.received[1] if answers is not None else None,
        )

    def list_takeable(self, answers: QueryDict | None) -> list[Any]:
        if answers is None and self.record is None:
            return []
        return list_takeable(self.record, by=self.member)

    def read_initial(self, draft: SharedResource) -> dict[str, Any]:
        # That one may share is said anew each time: it is no part of a text.
        initial = read_initial(draft)
        del initial["has_rights"]
        return initial

    def make_trail(self) -> list[tuple[StrOrPromise, str]]:
        return make_trail((self.title, ""))

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        if "differences" in context:
            context["differences"] += list_file_differences(form, self.record)
        context["file_rows"] = [
            (
                form[f"{column}_sent"],
                form[f"{column}_kept"],
                form[f"{column}_dropped"],
                document,
            )
            for column, document in form.kept_files.items()
        ]
        context["file_limit"] = say_limit()
        context["file_sorts"] = [one.upper() for one in settings.WAGTAILDOCS_EXTENSIONS]
        return super().show(form, status=status, **context)

    def send(self, record: SharedResource) -> SharedResource | None:
        """Publish for a trusted space and return the row; else send for review."""
        try:
            return publish_resource(record, by=self.member, now=self.now)
        except NotTrusted:
            submit_resource(record, by=self.member, now=self.now)
            return None

    def describe_publication(self, published: SharedResource) -> str:
        return _("It is published: everybody finds it in the list of resources.")


class ResourceCreateView(ResourceFormView):
    """A new resource."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.title = _("Share a resource")
        return self.show(self.make_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        self.title = _("Share a resource")
        return self.receive(request)

    def store(self, form: ResourceForm) -> SharedResource:
        return create_resource(
            values=form.values,
            by=self.member,
            now=self.now,
            key=form.cleaned_data["form_key"],
        )


class ResourceEditView(ResourceFormView):
    """A resource that exists; what the public reads stays until this is published."""

    def load(self, pk: int) -> SharedResource:
        self.record = self.get_resource(pk)
        self.draft = self.record.get_latest_revision_as_object()
        self.title = _("Change the resource")
        return self.record

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        resource = self.load(pk)
        if not Publication.of(resource).is_editable:
            return redirect(self.page_name, pk=pk)
        return self.show(self.make_form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        resource = self.load(pk)
        if request.POST.get("action") == WITHDRAW:
            withdraw_resource(resource, by=self.member, now=self.now)
            self.load(pk)
            messages.info(
                request,
                _("Taken back. Your answers are below: save them, or send them."),
            )
            return self.show(self.make_form(self.answers))
        return self.receive(request)

    def store(self, form: ResourceForm) -> SharedResource:
        return revise_resource(
            self.record,
            values=form.values,
            by=self.member,
            now=self.now,
            seen_revision=form.cleaned_data["version"],
        )


def list_file_differences(
    form: ResourceForm, record: SharedResource
) -> list[Difference]:
    """Return the files that the saved text names where mine names others."""
    saved = record.get_latest_revision_as_object()
    found = []
    for column, mine in form.kept_files.items():
        theirs = getattr(saved, column)
        if theirs != mine:
            label = form.fields[f"{column}_sent"].label or column
            found.append(Difference(label, theirs.title if theirs else _("(empty)")))
    return found


def say_title(resource: SharedResource) -> str:
    """Return the title of its latest text, which the row of a draft may not have."""
    revision = resource.latest_revision
    return revision.object_str if revision is not None else resource.title


def make_trail(*steps: tuple[StrOrPromise, str]) -> list[tuple[StrOrPromise, str]]:
    """Return the breadcrumb of a page below the member's resources."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your resources"), reverse("member_resources:list")),
        *steps,
    ]


def say_adaptations(total: int) -> str:
    """Return what becomes of what others made of a resource; "" when there is none."""
    if not total:
        return ""
    return ngettext(
        "%(total)d resource is adapted from it: it stays, and goes on naming yours.",
        "%(total)d resources are adapted from it: they stay, and go on naming yours.",
        total,
    ) % {"total": total}
