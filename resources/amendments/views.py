"""Where members read a draft, amend it, support and discuss amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.amendments.forms import (
    CommentForm,
    ProposeForm,
    list_targets,
    read_target,
)
from resources.domain.charter_changes import compare_words
from resources.enums import CommentState
from resources.models import Amendment, AmendmentRound, Article, CharterVersion
from resources.services.amendment_refusals import (
    ArticleChanged,
    ArticleGone,
    NothingProposed,
    NotSpeaker,
    Refusal,
)
from resources.services.amendments import (
    comment_amendment,
    find_standing_text,
    propose_amendment,
    support_amendment,
    withdraw_amendment,
)
from resources.signatures.views import CharterSpeakerView, make_trail

if TYPE_CHECKING:
    import datetime

    from django.http import HttpRequest

    from network.models import Space


class AmendmentBaseView(CharterSpeakerView):
    """What the pages of a round share; a round that has not begun does not exist."""

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    def get_round(self, pk: int) -> AmendmentRound:
        """Return the round with its version and charter."""
        rounds = AmendmentRound.objects.begun(self.today)
        return get_object_or_404(rounds.select_related("version__charter"), pk=pk)

    def get_amendment(self, pk: int) -> Amendment:
        """Return one amendment of a round that has begun, with who supports it."""
        rounds = AmendmentRound.objects.begun(self.today)
        found = Amendment.objects.filter(round__in=rounds).with_relations()
        return get_object_or_404(found, pk=pk)

    def make_trail(self, round_: AmendmentRound, *steps: tuple[Any, str]) -> Any:
        title = round_.version.charter.title
        return make_trail(
            (_("Amend: %(charter)s") % {"charter": title}, round_.get_absolute_url()),
            *steps,
        )


class RoundView(AmendmentBaseView):
    """The draft, article by article, with what is proposed on each."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        round_ = self.get_round(pk)
        version = CharterVersion.objects.with_text().get(pk=round_.version_id)
        amendments = list(round_.amendments.all().with_relations().order_by("number"))
        by_article: dict[int | None, list[Amendment]] = {}
        for amendment in amendments:
            by_article.setdefault(amendment.article_id, []).append(amendment)
        context = {
            "round": round_,
            "version": version,
            "is_open": round_.is_open(self.today),
            "articles": [
                (article, by_article.get(article.pk, []))
                for article in version.ordered_articles
            ],
            "orphans": by_article.get(None, []),
            "total": len(amendments),
            "trail": self.make_trail(round_),
        }
        return render(request, "resources/member/round.html", context)


class ProposeView(AmendmentBaseView):
    """Choose what to amend in an article, then write it and say why."""

    def get(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        self.round = self.get_round(pk)
        if not self.round.is_open(self.today):
            return redirect(self.round)
        article = self.get_article(slug)
        word = request.GET.get("sur", "")
        if not word:
            return self.choose(article)
        try:
            standing = find_standing_text(article, *read_target(word))
        except ArticleGone as refusal:
            messages.error(request, refusal.sentence)
            return redirect(self.round)
        initial = {"target": word, "original": standing, "proposal": standing}
        form = ProposeForm(article=article, spaces=self.spaces, initial=initial)
        return self.ask(form, word, standing)

    def post(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        self.round = self.get_round(pk)
        article = self.get_article(slug)
        form = ProposeForm(request.POST, article=article, spaces=self.spaces)
        word = request.POST.get("target", "")
        try:
            standing = find_standing_text(article, *read_target(word))
        except ArticleGone as refusal:
            return self.ask(form, word, "", refusal=refusal, status=409)
        if not form.is_valid():
            return self.ask(form, word, standing, status=422)
        try:
            amendment = propose_amendment(
                self.round,
                form.proposed,
                space=form.chosen_space,
                by=self.member,
                now=self.now,
            )
        except NothingProposed as refusal:
            form.add_error("proposal", refusal.sentence)
            return self.ask(form, word, standing, status=422)
        except ArticleChanged as refusal:
            # Sent again, it is written against the words of now.
            answers = request.POST.copy()
            answers["original"] = standing
            again = ProposeForm(answers, article=article, spaces=self.spaces)
            return self.ask(again, word, standing, refusal=refusal, status=409)
        except NotSpeaker:
            raise
        except Refusal as refusal:
            return self.ask(form, word, standing, refusal=refusal, status=409)
        messages.success(
            request,
            _("Proposed: it is number %(number)d. The other spaces read it now.")
            % {"number": amendment.number},
        )
        return redirect(amendment)

    def get_article(self, slug: str) -> Article:
        articles = Article.objects.filter(version=self.round.version_id)
        return get_object_or_404(articles.prefetch_related("criteria"), slug=slug)

    def choose(self, article: Article) -> HttpResponse:
        context = {
            "round": self.round,
            "article": article,
            "targets": list_targets(article),
            "trail": self.make_trail(self.round, (article.title, "")),
        }
        return render(self.request, "resources/member/amend_choose.html", context)

    def ask(
        self,
        form: ProposeForm,
        word: str,
        standing: str,
        *,
        refusal: Refusal | None = None,
        status: int = 200,
    ) -> HttpResponse:
        article = form.article
        labels = dict(list_targets(article))
        context = {
            "round": self.round,
            "article": article,
            "form": form,
            "standing": standing,
            "target_label": labels.get(word, ""),
            "refusal": refusal,
            "trail": self.make_trail(self.round, (article.title, "")),
        }
        template = "resources/member/amend.html"
        return render(self.request, template, context, status=status)


class AmendmentView(AmendmentBaseView):
    """One amendment: the change, the reason, who supports it, what is said of it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(self.get_amendment(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Comment."""
        amendment = self.get_amendment(pk)
        form = CommentForm(request.POST, spaces=self.spaces)
        if not form.is_valid():
            return self.show(amendment, form=form, status=422)
        try:
            comment = comment_amendment(
                amendment,
                text=form.cleaned_data["text"],
                space=form.chosen_space,
                by=self.member,
                now=self.now,
            )
        except NotSpeaker:
            raise
        except Refusal as refusal:
            return self.show(amendment, form=form, refusal=refusal, status=409)
        if comment.state == CommentState.SHOWN:
            messages.success(request, _("Your comment is below."))
        else:
            messages.success(
                request, _("A moderator reads your comment, then the others do.")
            )
        return redirect(amendment)

    def show(
        self,
        amendment: Amendment,
        *,
        form: CommentForm | None = None,
        refusal: Refusal | None = None,
        status: int = 200,
    ) -> HttpResponse:
        mine = [space.pk for space in self.spaces]
        supporters = {one.space_id for one in amendment.supports.all()}
        comments = amendment.comments.filter(
            Q(state=CommentState.SHOWN) | Q(space__in=mine)
        )
        is_open = amendment.round.is_open(self.today)
        context = {
            "amendment": amendment,
            "round": amendment.round,
            "pieces": compare_words(amendment.original, amendment.proposal),
            "supports": amendment.supports.all(),
            "comments": comments.select_related("space"),
            "form": form or CommentForm(spaces=self.spaces),
            "refusal": refusal,
            "is_open": is_open,
            "is_mine": amendment.space_id in mine,
            "voices": [
                (space, space.pk in supporters)
                for space in self.spaces
                if space.pk != amendment.space_id
            ],
            "trail": self.make_trail(amendment.round, (str(amendment), "")),
        }
        template = "resources/member/amendment.html"
        return render(self.request, template, context, status=status)


class AmendmentActionView(AmendmentBaseView):
    """A button of an amendment's page; a refusal sends back there with its reason."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        amendment = self.get_amendment(pk)
        try:
            self.act(amendment)
        except NotSpeaker:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        return redirect(amendment)

    def act(self, amendment: Amendment) -> None:
        raise NotImplementedError


class SupportView(AmendmentActionView):
    """Give the voice of one of my spaces, or take it back."""

    def act(self, amendment: Amendment) -> None:
        space: Space = self.get_space(self.request.POST.get("space", ""))
        support_amendment(
            amendment,
            space=space,
            by=self.member,
            now=self.now,
            is_supported=self.request.POST.get("support") != "no",
        )


class WithdrawAmendmentView(AmendmentActionView):
    """Take my space's amendment back."""

    def act(self, amendment: Amendment) -> None:
        withdraw_amendment(amendment, by=self.member, now=self.now)
        messages.success(self.request, _("Withdrawn."))


def list_open_rounds(today: datetime.date) -> list[tuple[AmendmentRound, str]]:
    """Return the rounds that take amendments today, with the address of each."""
    rounds = AmendmentRound.objects.open_on(today).select_related("version__charter")
    return [(one, reverse("member_amendments:round", args=[one.pk])) for one in rounds]
