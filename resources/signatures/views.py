"""Where members sign a charter for their space, follow and withdraw the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from resources.charters.standing import list_standings
from resources.models import (
    AmendmentRound,
    Charter,
    CharterVersion,
    Signature,
    SignatureReview,
)
from resources.receipts import make_receipt, name_receipt
from resources.refusing import RefusingView
from resources.services.signature_refusals import (
    AlreadySigned,
    AnswersIncomplete,
    NotSpeaker,
    Refusal,
    SigningClosed,
    TextChanged,
)
from resources.services.signature_review import reply_to_review
from resources.services.signatures import sign_charter, withdraw_signature
from resources.signatures.forms import ReplyForm, SignForm, WithdrawForm

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise


class CharterSpeakerView(RefusingView):
    """A page of a member's charters."""

    refused_title = gettext_lazy("Nothing was signed")
    way_out = (gettext_lazy("Your charters"), "member_charters:list")

    def get_signature(self, pk: int) -> Signature:
        """Return a signature of one of my spaces.

        Raises:
            Http404: it does not exist, or is another space's.
        """
        signatures = Signature.objects.filter(space__in=self.spaces).with_relations()
        return get_object_or_404(signatures, pk=pk)


class CharterListView(CharterSpeakerView):
    """The charters that can be signed, and the signatures of my spaces."""

    def get(self, request: HttpRequest) -> HttpResponse:
        signatures = Signature.objects.filter(space__in=self.spaces).with_relations()
        context = {
            "charters": list_standings(list(self.spaces)),
            "signatures": signatures,
            "rounds": AmendmentRound.objects.begun(
                timezone.localdate(self.now)
            ).select_related("version__charter"),
            "trail": make_trail(),
        }
        return render(request, "resources/member/charter_list.html", context)


class CharterReadView(CharterSpeakerView):
    """First step: the whole text, then for which space."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        charter = get_object_or_404(Charter, slug=slug)
        version = find_open_version(charter)
        if version is None:
            return self.refuse(SigningClosed(), status=409)
        standings = [
            standing
            for one in list_standings(list(self.spaces))
            if one.version == version
            for standing in one.standings
        ]
        context = {
            "version": version,
            "standings": standings,
            "trail": make_trail((charter.title, "")),
        }
        return render(request, "resources/member/charter_read.html", context)


class SignView(CharterSpeakerView):
    """Second step: answer, say who signs. Third: read again, and sign.

    Nothing is stored before the signature: the answers travel in the page.
    """

    def get(self, request: HttpRequest, slug: str, space: str) -> HttpResponse:
        self.target = self.get_space(space)
        version = find_open_version(get_object_or_404(Charter, slug=slug))
        if version is None:
            return self.refuse(SigningClosed(), status=409)
        standing = (
            Signature.objects.in_force()
            .filter(space=self.target, version=version)
            .first()
        )
        if standing is not None:
            messages.info(request, AlreadySigned.sentence)
            return redirect("member_charters:signature", standing.pk)
        initial = {"signer_name": self.member.get_full_name()}
        return self.ask(SignForm(version=version, initial=initial))

    def post(self, request: HttpRequest, slug: str, space: str) -> HttpResponse:
        self.target = self.get_space(space)
        version = find_open_version(get_object_or_404(Charter, slug=slug))
        if version is None:
            return self.refuse(SigningClosed(), status=409)
        if request.POST.get("digest") != version.digest:
            return self.ask_again(version, TextChanged())
        form = SignForm(request.POST, version=version)
        if not form.is_valid():
            return self.ask(form, status=422)
        match request.POST.get("step"):
            case "sign" if request.POST.get("is_confirmed"):
                return self.sign(form)
            case "sign":
                return self.read_again(form, is_unconfirmed=True)
            case "change":
                return self.ask(self.keep_answers(version))
        return self.read_again(form)

    def sign(self, form: SignForm) -> HttpResponse:
        try:
            signature = sign_charter(
                form.version,
                space=self.target,
                by=self.member,
                signer=form.signer,
                answers=form.answers,
                digest=form.cleaned_data["digest"],
                now=self.now,
            )
        except AlreadySigned as refusal:
            messages.error(self.request, refusal.sentence)
            if refusal.signature is None:
                return redirect("member_charters:list")
            return redirect("member_charters:signature", refusal.signature.pk)
        except (SigningClosed, TextChanged, AnswersIncomplete) as refusal:
            version = find_open_version(form.version.charter)
            if version is None:
                return self.refuse(refusal, status=409)
            return self.ask_again(version, refusal)
        except NotSpeaker:
            raise
        except Refusal as refusal:
            return self.refuse(refusal, status=409)
        messages.success(
            self.request,
            _("Signed. The receipt is on its way to you by mail, and here as a PDF."),
        )
        return redirect("member_charters:signature", signature.pk)

    def keep_answers(self, version: CharterVersion) -> SignForm:
        """Return the form with what was answered so far, where it still applies."""
        answered: dict[str, Any] = self.request.POST.dict()
        answered.pop("digest", None)
        # The page that is read again says “False” where the box was left empty.
        answered["is_shown"] = answered.get("is_shown") in ("on", "True")
        return SignForm(version=version, initial=answered)

    def ask_again(self, version: CharterVersion, refusal: Refusal) -> HttpResponse:
        return self.ask(self.keep_answers(version), refusal=refusal, status=409)

    def ask(
        self, form: SignForm, *, refusal: Refusal | None = None, status: int = 200
    ) -> HttpResponse:
        return self.show("resources/member/sign.html", form, status, refusal=refusal)

    def read_again(
        self, form: SignForm, *, is_unconfirmed: bool = False
    ) -> HttpResponse:
        return self.show(
            "resources/member/sign_review.html",
            form,
            422 if is_unconfirmed else 200,
            is_unconfirmed=is_unconfirmed,
        )

    def show(
        self, template: str, form: SignForm, status: int, **values: Any
    ) -> HttpResponse:
        charter = form.version.charter
        read_url = reverse("member_charters:charter", args=[charter.slug])
        context = {
            "form": form,
            "version": form.version,
            "space": self.target,
            "read_url": read_url,
            "trail": make_trail((charter.title, read_url), (_("Sign"), "")),
            **values,
        }
        return render(self.request, template, context, status=status)


class SignatureView(CharterSpeakerView):
    """One signature: what was answered, what the network found, what can be done."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return show_signature(request, self.get_signature(pk))


class ReceiptView(CharterSpeakerView):
    """The receipt as a PDF."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        signature = self.get_signature(pk)
        name = name_receipt(signature)
        return HttpResponse(
            make_receipt(signature).write_pdf(),
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


class WithdrawView(CharterSpeakerView):
    """Ask, then withdraw: one page, one button."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.ask(self.get_signature(pk), WithdrawForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        signature = self.get_signature(pk)
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.ask(signature, form, status=422)
        try:
            withdraw_signature(
                signature,
                by=self.member,
                now=self.now,
                reason=form.cleaned_data["reason"],
            )
        except NotSpeaker:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(
                request,
                _("Withdrawn: your space no longer appears among the signatories."),
            )
        return redirect("member_charters:signature", pk)

    def ask(
        self, signature: Signature, form: WithdrawForm, *, status: int = 200
    ) -> HttpResponse:
        url = reverse("member_charters:signature", args=[signature.pk])
        context = {
            "signature": signature,
            "form": form,
            "trail": make_trail((str(signature), url), (_("Withdraw"), "")),
        }
        template = "resources/member/withdraw.html"
        return render(self.request, template, context, status=status)


class ReplyView(CharterSpeakerView):
    """Store the space's reply to one finding; its form is on the signature's page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, review: int) -> HttpResponse:
        signature = self.get_signature(pk)
        reviews = SignatureReview.objects.filter(answer__signature=signature)
        found = get_object_or_404(reviews, pk=review)
        form = ReplyForm(request.POST, prefix=f"review-{found.pk}")
        if not form.is_valid():
            return show_signature(request, signature, refused=(found, form), status=422)
        text = form.cleaned_data["reply"]
        try:
            reply_to_review(found, text=text, by=self.member, now=self.now)
        except NotSpeaker:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Your reply stands beside the review."))
        return redirect("member_charters:signature", pk)


def show_signature(
    request: HttpRequest,
    signature: Signature,
    *,
    refused: tuple[SignatureReview, ReplyForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a signature; ``refused`` is a reply that could not be stored."""
    answers = signature.answers.select_related("criterion").prefetch_related("reviews")
    rows = []
    for answer in answers:
        last = answer.latest_review
        form = None
        if last is not None and last.replied_at is None and signature.is_in_force:
            form = ReplyForm(prefix=f"review-{last.pk}")
            if refused is not None and refused[0].pk == last.pk:
                form = refused[1]
        rows.append((answer, last, form))
    context = {
        "signature": signature,
        "version": signature.version,
        "rows": rows,
        "form": refused[1] if refused else None,
        "trail": make_trail((str(signature), "")),
    }
    template = "resources/member/signature.html"
    return render(request, template, context, status=status)


def find_open_version(charter: Charter) -> CharterVersion | None:
    """Return the version of ``charter`` that can be signed, with its text."""
    versions = CharterVersion.objects.open_to_signatures().with_text()
    return versions.filter(charter=charter).first()


def make_trail(*steps: tuple[StrOrPromise, str]) -> list[tuple[StrOrPromise, str]]:
    """Return the breadcrumb of a page below the member's charters."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your charters"), reverse("member_charters:list")),
        *steps,
    ]
