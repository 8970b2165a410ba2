"""The one page on which a member shares something."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.forms.answers import AnswersForm
from network.models import Space
from resources.contributing.stages import list_stage_choices
from resources.enums import ResourceKind, ResourceLicence, ResourceTheme
from resources.models import SharedResource, StagePage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms.boundfield import BoundWidget
    from django_stubs_ext import StrOrPromise

    from cms.models import SiteDocument
    from network.querysets import SpaceQuerySet

MAX_KEYWORDS = 10
MAX_KEYWORD_LENGTH = 40
_ACCEPTED = ",".join(f".{one}" for one in settings.WAGTAILDOCS_EXTENSIONS)


def _file_question(label: StrOrPromise, help_text: StrOrPromise) -> forms.FileField:
    # Checked and kept before the form: here it is only asked.
    return forms.FileField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )


class ResourceForm(AnswersForm):
    """Reads a resource; ``values`` is what ``resources.services.contribution`` stores.

    A draft may lack what is shared and the word on rights; what is published may not.
    """

    # The revision that is changed; what the person calls a version is ``edition``.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Sent twice, a form makes one record: this is how it is known again.
    form_key = forms.UUIDField(
        required=False, initial=uuid.uuid4, widget=forms.HiddenInput
    )
    space = forms.ModelChoiceField(
        label=_("Space"),
        queryset=Space.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "invalid_choice": _("Choose one of the spaces that you speak for.")
        },
    )
    kind = forms.ChoiceField(
        label=_("What you share"),
        choices=ResourceKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what kind of thing it is.")},
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("Its name, as one would ask for it. Example: Statutes, commented"),
        error_messages={"required": _("Give it a title.")},
    )
    summary = forms.CharField(
        label=_("What it is for"),
        max_length=250,
        help_text=_(
            "One sentence, shown in lists. "
            "Example: to know how many desks to sell before you open."
        ),
        error_messages={"required": _("Say in one sentence what it is for.")},
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it holds, who used it, what to change in it."),
    )
    theme = forms.ChoiceField(
        label=_("It helps to"),
        choices=[("", _("Choose")), *ResourceTheme.choices],
        error_messages={"required": _("Say what it helps to do.")},
    )
    stages = forms.TypedMultipleChoiceField(
        label=_("Useful at these stages"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Its page is then named on the page of each stage."),
    )
    document_sent = _file_question(
        _("File"), _("What people read: a PDF, or the file itself.")
    )
    document_kept = forms.IntegerField(required=False, widget=forms.HiddenInput)
    document_dropped = forms.BooleanField(label=_("Take this file out"), required=False)
    editable_document_sent = _file_question(
        _("The same as a file to change"),
        _("Example: the text document of which the file above is the PDF."),
    )
    editable_document_kept = forms.IntegerField(
        required=False, widget=forms.HiddenInput
    )
    editable_document_dropped = forms.BooleanField(
        label=_("Take this file out"), required=False
    )
    url = forms.URLField(
        label=_("Or a link"), max_length=200, required=False, assume_scheme="https"
    )
    licence = forms.ChoiceField(
        label=_("Licence"),
        choices=[("", _("None: it is not a work")), *ResourceLicence.choices],
        initial=ResourceLicence.CC_BY_SA,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("For what was written or drawn. Equipment or a person needs none."),
    )
    has_rights = forms.BooleanField(
        label=_("We wrote it, or may give it to others on these terms"), required=False
    )
    edition = forms.CharField(
        label=_("Version"), max_length=20, required=False, help_text=_("Example: 4")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("fr", "Français"), ("en", "English"), ("br", "Brezhoneg")],
        initial="fr",
    )
    price = forms.CharField(
        label=_("What it costs"),
        max_length=120,
        required=False,
        help_text=_("Example: free for members, 40 € a day for others"),
    )
    is_lent = forms.BooleanField(label=_("It can be booked by the day"), required=False)
    quantity = forms.IntegerField(
        label=_("How many at once"), min_value=1, max_value=32767, required=False
    )
    longest_loan = forms.IntegerField(
        label=_("Longest loan, in days"),
        min_value=1,
        max_value=32767,
        required=False,
        help_text=_("The first and the last day included. Empty: no limit."),
    )
    lending_terms = forms.CharField(
        label=_("Terms of the loan"),
        max_length=250,
        required=False,
        help_text=_("Example: to be fetched at ours, deposit of 100 €."),
    )
    tags = forms.CharField(
        label=_("Keywords"),
        max_length=400,
        required=False,
        help_text=_("With commas between them. Example: statutes, association"),
    )
    adapted_from = forms.ModelChoiceField(
        label=_("Adapted from a resource of this site"),
        queryset=SharedResource.objects.none(),
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("Choose a resource from the list.")},
    )
    adapted_from_elsewhere = forms.CharField(
        label=_("Or from a work found elsewhere"),
        max_length=200,
        required=False,
        help_text=_("Its authors and its title."),
    )

    def __init__(
        self,
        *args: Any,
        spaces: SpaceQuerySet,
        takeable: Iterable[SiteDocument],
        draft: SharedResource | None = None,
        for_publication: bool = False,
        file_mistakes: Mapping[str, StrOrPromise] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make the form for who speaks for ``spaces``.

        ``takeable`` are the documents that the answers may name; ``file_mistakes`` is
        what was found wrong with the files that came with them.
        """
        super().__init__(*args, **kwargs)
        self.for_publication = for_publication
        self.file_mistakes = file_mistakes or {}
        self.documents = {document.pk: document for document in takeable}
        self._offer_spaces(spaces)
        sources = SharedResource.objects.published().order_by("title").only("title")
        self.offer("adapted_from", sources.exclude(pk=draft.pk) if draft else sources)
        field: Any = self.fields["stages"]
        field.choices = list_stage_choices()

    def _offer_spaces(self, spaces: SpaceQuerySet) -> None:
        self.offer("space", spaces)
        if len(choices := list(spaces[:2])) == 1:
            self.fields["space"].widget = forms.HiddenInput()
            self.fields["space"].initial = choices[0].pk

    @property
    def kept_files(self) -> dict[str, SiteDocument | None]:
        """The file that stands for each question now, as the page shows it."""
        return {
            column: self._find_kept(self[f"{column}_kept"].value())
            for column in SharedResource.FILES
        }

    @property
    def licence_choices(self) -> list[tuple[BoundWidget, StrOrPromise]]:
        """Each licence to choose, and what it allows in plain words."""
        return [
            (option, ResourceLicence(value).terms if value else "")
            for option in self["licence"].subwidgets
            for value in [option.data["value"]]
        ]

    @property
    def stage_groups(self) -> list[tuple[str, list[BoundWidget]]]:
        """The stages to tick, by guide."""
        options = {option.data["value"]: option for option in self["stages"].subwidgets}
        field: Any = self.fields["stages"]
        return [
            (guide, [options[pk] for pk, _title in stages])
            for guide, stages in field.choices
        ]

    @property
    def values(self) -> dict[str, Any]:
        """The checked answers by the names of ``MEMBER_FIELDS``, stages and tags."""
        cleaned = self.cleaned_data
        kept = (
            "space", "kind", "title", "summary", "description", "theme", "url", "licence",
            "language", "price", "is_lent", "longest_loan", "lending_terms",
            "adapted_from", "adapted_from_elsewhere", "tags",
        )  # fmt: skip
        return {
            **{name: cleaned[name] for name in kept},
            **{column: cleaned[column] for column in SharedResource.FILES},
            "version": cleaned["edition"],
            "quantity": cleaned["quantity"] or 1,
            "stages": list(StagePage.objects.filter(pk__in=cleaned["stages"])),
        }

    def clean_tags(self) -> list[str]:
        words = (
            " ".join(word.split()) for word in self.cleaned_data["tags"].split(",")
        )
        names = list({word.casefold(): word for word in words if word}.values())
        if len(names) > MAX_KEYWORDS:
            raise ValidationError(
                _("Keep the %(count)d best keywords."), params={"count": MAX_KEYWORDS}
            )
        if any(len(name) > MAX_KEYWORD_LENGTH for name in names):
            raise ValidationError(_("Put commas between the keywords."))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, mistake in self.file_mistakes.items():
            self.add_error(name, mistake)
        for column in SharedResource.FILES:
            cleaned[column] = self._clean_file(column, cleaned)
        self._clean_what_is_shared(cleaned)
        self._clean_loan(cleaned)
        if self.for_publication:
            self._require_what_the_public_needs(cleaned)
        return cleaned

    def _clean_file(self, column: str, cleaned: dict[str, Any]) -> SiteDocument | None:
        kept = cleaned.get(f"{column}_kept")
        if kept is None or cleaned.get(f"{column}_dropped"):
            return None
        document = self._find_kept(kept)
        if document is None:
            self.add_error(
                f"{column}_sent",
                _("The file that you sent was kept for one day only: choose it again."),
            )
        return document

    def _find_kept(self, number: object) -> SiteDocument | None:
        try:
            return self.documents.get(int(str(number)))
        except ValueError:
            return None

    def _clean_what_is_shared(self, cleaned: dict[str, Any]) -> None:
        document, editable = (cleaned[column] for column in SharedResource.FILES)
        if document and cleaned.get("url"):
            self.add_error("url", _("Give either a file or a link, not both."))
        if editable and not document and not self.file_mistakes:
            self.add_error(
                "document_sent",
                _(
                    "Give the file that people read first. "
                    "If there is one file only, that is the one."
                ),
            )
        if cleaned.get("kind") in ResourceKind.works() or document is not None:
            self.require(
                "licence",
                _(
                    "Choose a licence: without one, nobody may copy or change "
                    "what was written."
                ),
            )
        elif cleaned.get("kind"):
            # There is nothing to copy: what the form proposes says nothing.
            cleaned["licence"] = ""

    def _clean_loan(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("is_lent") and cleaned.get("kind") not in ResourceKind.lent():
            self.add_error(
                "is_lent", _("Only equipment and speakers are booked by the day.")
            )

    def _require_what_the_public_needs(self, cleaned: dict[str, Any]) -> None:
        if not (cleaned["document"] or cleaned.get("url")) and not self.file_mistakes:
            self.require(
                "description",
                _("Without a file or a link, describe it: how one gets it, who helps."),
            )
        if cleaned.get("licence"):
            self.require(
                "has_rights",
                _("Say that you may share it. If you do not know, ask its authors."),
            )


def read_initial(resource: SharedResource) -> dict[str, Any]:
    """Return the form's answers for a text of ``resource``."""
    names = (
        "kind", "title", "summary", "description", "theme", "url", "licence",
        "language", "price", "is_lent", "quantity", "longest_loan", "lending_terms",
        "adapted_from_elsewhere",
    )  # fmt: skip
    initial = {name: getattr(resource, name) for name in names}
    # Whoever published it said so then.
    initial["has_rights"] = resource.live
    initial["version"] = resource.latest_revision_id
    initial["space"] = resource.space_id
    initial["edition"] = resource.version
    initial["adapted_from"] = resource.adapted_from_id
    initial["stages"] = [page.pk for page in resource.stages.all()]
    initial["tags"] = ", ".join(tag.name for tag in resource.tags.all())
    initial["document_kept"] = resource.document_id
    initial["editable_document_kept"] = resource.editable_document_id
    return initial
