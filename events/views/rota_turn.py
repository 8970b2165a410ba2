"""Fixing a month of the rota: its day, its hours, its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.forms.rota import TurnForm, read_turn
from events.models import Turn
from events.rota_wording import say_slot_day
from events.services.refusals import NotSpeaker, Refusal
from events.services.rota import fix_turn
from events.services.rota.refusals import FixedAlready, NobodyYet
from events.views.rota import FORBIDDEN, RotaBaseView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from events.rota_page import RotaPage


class TurnFixView(RotaBaseView):
    """The form of a month's date; what is sent is published, or sent for review."""

    def get_turn(self, page: RotaPage, key: int) -> Turn:
        """Return the month of ``key``, fixed or not.

        Raises:
            Http404: the series has no such month.
            FixedAlready: it has its date.
            NobodyYet: nobody hosts it.
            NotSpeaker: it is another space's.
        """
        turns = page.series.turns.select_related("host", "event", "series__type")
        turn: Turn | None = next(
            (turn for turn in turns if f"{turn.month:%Y%m}" == str(key)), None
        )
        if turn is None:
            raise Http404
        if turn.event is not None:
            raise FixedAlready(turn.event)
        if turn.host is None:
            raise NobodyYet
        if turn.host_id not in page.spaces and not page.is_keeper:
            raise NotSpeaker
        return turn

    def get(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        page = self.get_page(pk)
        try:
            turn = self.get_turn(page, key)
        except Refusal as refusal:
            return self.show_rota(pk, refusal=refusal)
        form = TurnForm(initial=read_turn(turn), turn=turn, now=self.now)
        return self.show(turn, form)

    def post(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        page = self.get_page(pk)
        try:
            turn = self.get_turn(page, key)
        except Refusal as refusal:
            return self.show_rota(pk, refusal=refusal)
        form = TurnForm(request.POST, turn=turn, now=self.now)
        if not form.is_valid():
            return self.show(turn, form, status=422)
        try:
            event = fix_turn(
                turn, when=form.when, where=form.where, by=self.member, now=self.now
            )
        except FixedAlready as refusal:
            return self.show_rota(pk, refusal=refusal)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = 403 if isinstance(refusal, FORBIDDEN) else 409
            return self.show(turn, form, status=status)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.show(turn, form, status=422)
        messages.success(
            request,
            _("The date is fixed: everybody can see it in the agenda.")
            if event.live
            else _("The date is fixed; a moderator reads it before it appears."),
        )
        return redirect("member_rota:rota", pk=pk)

    def show(self, turn: Turn, form: TurnForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "turn": turn,
            "series": turn.series,
            "month": capfirst(say_slot_day(turn)),
            "moderation_days": settings.MODERATION_DAYS,
            "trail": [*self.make_trail(turn.series), (_("Fix the date"), "")],
        }
        template = "events/member/turn_form.html"
        return render(self.request, template, context, status=status)
