"""Where members say which tools their spaces use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from network.enums import SpaceStatus
from resources.enums import ResourceKind
from resources.models import SharedResource, ToolUse
from resources.refusing import RefusingView
from resources.services.tool_use_refusals import (
    NoPurpose,
    NotATool,
    NotUsed,
    ToolIsGone,
    UnknownPurpose,
    WrongYear,
)
from resources.services.tool_uses import declare_tool_use, withdraw_tool_use
from resources.tools.forms import ToolUseForm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from network.models import Space


class ToolSpeakerView(RefusingView):
    """A page of the tools that a member's spaces use."""

    refused_title = gettext_lazy("Nothing was saved")
    way_out = (gettext_lazy("Your tools"), "member_tools:list")


class ToolListView(ToolSpeakerView):
    """Every tool of the network, with what one of my spaces uses it for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        spaces = list(self.spaces)
        asked = request.GET.get("lieu", "")
        space = self.get_space(asked) if asked else spaces[0]
        used = {
            use.resource_id: use
            for use in ToolUse.objects.filter(space=space).select_related("resource")
        }
        tools = list(
            SharedResource.objects.tools()
            .annotate(spaces=_count_spaces())
            .order_by("title", "pk")
        )
        shown = {tool.pk for tool in tools}
        context = {
            "space": space,
            "spaces": spaces,
            "used": [(tool, used[tool.pk]) for tool in tools if tool.pk in used],
            "others": [tool for tool in tools if tool.pk not in used],
            # What is no longer listed can still be taken back.
            "gone": [use for key, use in used.items() if key not in shown],
            "trail": make_trail(),
        }
        return render(request, "resources/member/tool_list.html", context)


class ToolUseView(ToolSpeakerView):
    """What one of my spaces uses one tool for."""

    def get(self, request: HttpRequest, slug: str, space: str) -> HttpResponse:
        self.space = self.get_space(space)
        self.tool = get_object_or_404(SharedResource.objects.published(), slug=slug)
        if self.tool.kind != ResourceKind.TOOL:
            messages.warning(request, NotATool.sentence)
            return redirect(make_list_url(self.space))
        return self.show(ToolUseForm(use=self.find_use()))

    def post(self, request: HttpRequest, slug: str, space: str) -> HttpResponse:
        self.space = self.get_space(space)
        self.tool = get_object_or_404(SharedResource, slug=slug)
        form = ToolUseForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            declare_tool_use(
                self.tool,
                space=self.space,
                purposes=form.cleaned_data["purposes"],
                since=form.cleaned_data["since"],
                by=self.member,
                now=self.now,
            )
        except (NoPurpose, UnknownPurpose, WrongYear) as refusal:
            form.show_refusal(refusal)
            return self.show(form, status=422)
        except (NotATool, ToolIsGone) as refusal:
            return self.refuse(refusal, status=409)
        messages.success(
            request,
            _("Saved: %(space)s uses “%(tool)s”.")
            % {"space": self.space.name, "tool": self.tool.title},
        )
        return redirect(make_list_url(self.space))

    def find_use(self) -> ToolUse | None:
        return ToolUse.objects.filter(resource=self.tool, space=self.space).first()

    def show(self, form: ToolUseForm, *, status: int = 200) -> HttpResponse:
        context = {
            "space": self.space,
            "tool": self.tool,
            "use": self.find_use(),
            "form": form,
            "list_url": make_list_url(self.space),
            "trail": make_trail((self.tool.title, "")),
        }
        template = "resources/member/tool_use.html"
        return render(self.request, template, context, status=status)


class WithdrawToolUseView(ToolSpeakerView):
    """Take a tool off the list of one of my spaces."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, space: str) -> HttpResponse:
        owner = self.get_space(space)
        tool = get_object_or_404(SharedResource, slug=slug)
        try:
            withdraw_tool_use(tool, space=owner, by=self.member, now=self.now)
        except NotUsed as refusal:
            messages.warning(request, refusal.sentence)
        else:
            messages.success(
                request,
                _("%(space)s no longer uses “%(tool)s”.")
                % {"space": owner.name, "tool": tool.title},
            )
        return redirect(make_list_url(owner))


def make_list_url(space: Space) -> str:
    return f"{reverse('member_tools:list')}?lieu={space.slug}"


def make_trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the breadcrumb of a page below the tools of my spaces."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your tools"), reverse("member_tools:list") if steps else ""),
        *steps,
    ]


def _count_spaces() -> Count:
    public = Q(tool_uses__space__live=True) & ~Q(
        tool_uses__space__status=SpaceStatus.CLOSED
    )
    return Count("tool_uses", filter=public)
