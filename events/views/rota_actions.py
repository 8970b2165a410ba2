"""Joining and leaving a rota; taking, passing, swapping, giving one of its dates.

Each asks first: the page says what will happen, its button does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from events.forms.rota import (
    ChosenSpaceForm,
    HandOverForm,
    SeenHostForm,
    SwapForm,
    TakeForm,
)
from events.rota_page import RotaPage, SlotRow
from events.services.refusals import NotSpeaker, Refusal
from events.services.rota import (
    find_slot,
    hand_over,
    join_rota,
    leave_rota,
    skip_turn,
    swap_hosts,
    take_date,
)
from events.services.rota.refusals import HostChanged, NotInRota, NotKeeper, TurnOver
from events.views.rota import RotaBaseView
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

    from events.services.rota import Slot


class AskView(RotaBaseView):
    """Ask, then act; a refusal shows the rota of now with its reason."""

    question: ClassVar[StrOrPromise]
    consequence: ClassVar[StrOrPromise]
    action_label: ClassVar[StrOrPromise]
    done: ClassVar[StrOrPromise]

    def get(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            return self.ask(self.get_page(pk), **kwargs)
        except Refusal as refusal:
            return self.show_rota(pk, refusal=refusal)

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            return self.answer(self.get_page(pk), **kwargs)
        except Refusal as refusal:
            return self.show_rota(pk, refusal=refusal)

    def ask(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        raise NotImplementedError

    def answer(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        raise NotImplementedError

    def show(
        self,
        page: RotaPage,
        form: forms.Form,
        row: SlotRow | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "series": page.series,
            "row": row,
            "form": form,
            "question": self.question,
            "consequence": self.consequence,
            "action_label": self.action_label,
            "trail": [*self.make_trail(page.series), (self.question, "")],
        }
        template = "events/member/rota_confirm.html"
        return render(self.request, template, context, status=status)

    def finish(self, page: RotaPage, said: str = "") -> HttpResponse:
        messages.success(self.request, said or self.done)
        return redirect("member_rota:rota", pk=page.series.pk)


class RotaJoinView(AskView):
    """Ask to host in turn."""

    question = gettext_lazy("Host in turn?")
    consequence = gettext_lazy(
        "Your turns come after those of the spaces that are there already. Those who "
        "keep the series say yes first; you hear of it by mail."
    )
    action_label = gettext_lazy("Join the rota")
    done = gettext_lazy("It is asked: you hear by mail when your turns are planned.")

    def make_form(self, page: RotaPage) -> ChosenSpaceForm:
        spaces = Space.objects.filter(pk__in=page.my_spaces_outside)
        return ChosenSpaceForm(spaces=spaces)

    def ask(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        return self.show(page, self.make_form(page))

    def answer(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        # All of mine: a space that joined meanwhile is told so by the service.
        mine = Space.objects.filter(pk__in=page.spaces)
        form = ChosenSpaceForm(self.request.POST, spaces=mine)
        if not form.is_valid():
            return self.show(page, form, status=422)
        space = form.cleaned_data["space"]
        join_rota(page.series, space=space, by=self.member, now=self.now)
        if page.is_keeper:
            return self.finish(page, _("%(space)s is in the rota.") % {"space": space})
        return self.finish(page)


class RotaLeaveView(AskView):
    """Host no longer."""

    question = gettext_lazy("Leave the rota?")
    consequence = gettext_lazy(
        "From tomorrow on your dates go to the next hosts, who are told by mail. "
        "You may join again, at the end of the order."
    )
    action_label = gettext_lazy("Leave the rota")
    done = gettext_lazy("Your space is no longer in the rota; the others are told.")

    def ask(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        mine = [place.space_id for place in page.my_hosts]
        if not mine:
            raise NotInRota
        spaces = Space.objects.filter(pk__in=mine)
        return self.show(page, ChosenSpaceForm(spaces=spaces))

    def answer(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        spaces = Space.objects.filter(pk__in=page.spaces)
        form = ChosenSpaceForm(self.request.POST, spaces=spaces)
        if not form.is_valid():
            return self.show(page, form, status=422)
        space = form.cleaned_data["space"]
        leave_rota(page.series, space=space, by=self.member, now=self.now)
        return self.finish(page)


class SlotView(AskView):
    """About one slot, named by its key."""

    permission: ClassVar[str]

    def get_slot(self, page: RotaPage, key: int) -> Slot:
        """Return the slot of ``key`` in the series of ``page``.

        Raises:
            Http404: there is none.
        """
        slot = find_slot(page.series, str(key))
        if slot is None:
            raise Http404
        return slot

    def get_row(self, page: RotaPage, key: int) -> SlotRow:
        """Return the row to ask about.

        Raises:
            Refusal: I may not do this to it, or nobody may any longer.
        """
        self.get_slot(page, key)
        row = page.find_row(str(key))
        if row is None:
            raise TurnOver
        if not getattr(row, self.permission):
            raise self.explain(page, row)
        return row

    def explain(self, page: RotaPage, row: SlotRow) -> Refusal:
        if self.permission == "may_hand_over" and not page.is_keeper:
            return NotKeeper()
        if self.permission == "may_take":
            return (
                NotInRota()
                if row.host is None or not row.is_mine
                else HostChanged(row.host)
            )
        return NotSpeaker() if not (row.is_mine or page.is_keeper) else TurnOver()

    def ask(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        row = self.get_row(page, kwargs["key"])
        return self.show(page, self.make_form(page, row), row)

    def answer(self, page: RotaPage, **kwargs: Any) -> HttpResponse:
        slot = self.get_slot(page, kwargs["key"])
        row = page.find_row(str(kwargs["key"]))
        if row is None:
            raise TurnOver
        form = self.make_form(page, row, self.request.POST)
        if not form.is_valid():
            return self.show(page, form, row, status=422)
        self.act(page, slot, form)
        return self.finish(page)

    def make_form(
        self, page: RotaPage, row: SlotRow, answers: QueryDict | None = None
    ) -> forms.Form:
        return SeenHostForm(answers, initial=self.see(row))

    def see(self, row: SlotRow) -> dict[str, Any]:
        return {"seen_host": row.slot.host_id}

    def act(self, page: RotaPage, slot: Slot, form: forms.Form) -> None:
        raise NotImplementedError


class SlotTakeView(SlotView):
    """Hold a date in another's stead."""

    permission = "may_take"
    question = gettext_lazy("Take this date?")
    consequence = gettext_lazy(
        "Your space hosts it; where it was held in the other space, it is now held in "
        "yours. The space that had it is told by mail. Nobody else’s date changes."
    )
    action_label = gettext_lazy("I take this date")
    done = gettext_lazy("It is yours. The space that had it is told by mail.")

    def make_form(
        self, page: RotaPage, row: SlotRow, answers: QueryDict | None = None
    ) -> forms.Form:
        if answers is not None:
            # All of mine: who left the rota meanwhile is told so by the service.
            spaces = Space.objects.filter(pk__in=page.spaces)
        else:
            mine = {host.space_id for host in page.hosts} & page.spaces
            spaces = Space.objects.filter(pk__in=mine - {row.slot.host_id})
        return TakeForm(answers, initial=self.see(row), spaces=spaces)

    def act(self, page: RotaPage, slot: Slot, form: forms.Form) -> None:
        take_date(
            slot,
            space=form.cleaned_data["space"],
            seen_host=form.cleaned_data["seen_host"],
            by=self.member,
            now=self.now,
        )


class SlotSkipView(SlotView):
    """Let the next one host."""

    permission = "may_skip"
    question = gettext_lazy("Pass this turn?")
    consequence = gettext_lazy(
        "The next host in the order takes over, and those after come one date earlier; "
        "all are told by mail. To keep everybody else’s date, swap instead."
    )
    action_label = gettext_lazy("Pass the turn")
    done = gettext_lazy("The next host takes over; the spaces concerned are told.")

    def act(self, page: RotaPage, slot: Slot, form: forms.Form) -> None:
        seen = form.cleaned_data["seen_host"]
        skip_turn(slot, seen_host=seen, by=self.member, now=self.now)


class SlotSwapView(SlotView):
    """Exchange with a date of another space."""

    permission = "may_swap"
    question = gettext_lazy("Swap this date?")
    consequence = gettext_lazy(
        "It is done at once and both spaces are told by mail: agree with the other one "
        "first. Nobody else’s date changes."
    )
    action_label = gettext_lazy("Swap the dates")
    done = gettext_lazy("The dates are swapped; both spaces are told by mail.")

    def make_form(
        self, page: RotaPage, row: SlotRow, answers: QueryDict | None = None
    ) -> forms.Form:
        others = [(other.key, other.slot) for other in page.list_exchanges(row)]
        return SwapForm(answers, initial=self.see(row), slots=others)

    def act(self, page: RotaPage, slot: Slot, form: forms.Form) -> None:
        assert isinstance(form, SwapForm)  # noqa: S101 (made above)
        key, host = form.chosen
        other = self.get_slot(page, int(key))
        seen = form.cleaned_data["seen_host"], host
        swap_hosts(slot, other, seen_hosts=seen, by=self.member, now=self.now)


class SlotHandOverView(SlotView):
    """Give a date to a space, in the rota or not."""

    permission = "may_hand_over"
    question = gettext_lazy("Give this date to a space?")
    consequence = gettext_lazy(
        "It hosts this date instead of the present host; both are told by mail. Nobody "
        "else’s date changes."
    )
    action_label = gettext_lazy("Give the date")
    done = gettext_lazy("The date is given; both spaces are told by mail.")

    def make_form(
        self, page: RotaPage, row: SlotRow, answers: QueryDict | None = None
    ) -> forms.Form:
        spaces = Space.objects.listed().exclude(pk=row.slot.host_id)
        return HandOverForm(answers, initial=self.see(row), spaces=spaces)

    def act(self, page: RotaPage, slot: Slot, form: forms.Form) -> None:
        hand_over(
            slot,
            to=form.cleaned_data["space"],
            seen_host=form.cleaned_data["seen_host"],
            by=self.member,
            now=self.now,
        )
