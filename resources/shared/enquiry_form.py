"""Writing to whoever shares a resource: the public form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.public_forms import AddressField, TrappedForm
from resources.domain.links import holds_link
from resources.enums import ResourceKind
from resources.services.enquiries import Enquiry

if TYPE_CHECKING:
    from cms.models import User
    from resources.models import SharedResource

LONGEST_MESSAGE = 2000


class EnquiryForm(TrappedForm):
    """A name, an e-mail, a message; whoever is logged in gives no e-mail.

    A copy goes to the e-mail that was typed, which nobody has proved to be theirs:
    without an account, nothing that advertises may be in it.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give a name: a first name is enough.")},
    )
    email = AddressField(
        label=_("Your e-mail"),
        error_messages={"required": _("Give an e-mail: the answer goes there.")},
    )
    days = forms.CharField(
        label=_("Which days would suit you?"),
        help_text=_("In your own words. Example: the week of 8 March, or any Thursday"),
        max_length=160,
        required=False,
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Who you are, what it is for, what you would like to know."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Write a few words: what would you like to know?")
        },
    )

    def __init__(
        self, *args: Any, resource: SharedResource, user: User | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user is not None:
            del self.fields["email"]
            self.fields["name"].initial = user.get_full_name()
        if resource.kind not in ResourceKind.lent():
            del self.fields["days"]

    def clean_name(self) -> str:
        return self._clean_line("name")

    def clean_days(self) -> str:
        return self._clean_line("days")

    def clean_message(self) -> str:
        text = str(self.cleaned_data["message"])
        self._refuse_links(text)
        return text

    @property
    def enquiry(self) -> Enquiry:
        """What is asked, once the form is valid."""
        cleaned = self.cleaned_data
        return Enquiry(
            name=cleaned["name"],
            email=self.address,
            message=cleaned["message"],
            days=cleaned.get("days", ""),
        )

    @property
    def address(self) -> str:
        email = self.user.email if self.user else self.cleaned_data["email"]
        return str(email)

    def _clean_line(self, name: str) -> str:
        text = " ".join(self.cleaned_data[name].split())
        self._refuse_links(text)
        return text

    def _refuse_links(self, text: str) -> None:
        if self.user is None and holds_link(text):
            raise ValidationError(
                _(
                    "Write it without the address of a site or an e-mail: a copy goes "
                    "to the e-mail you give, and nobody must advertise that way."
                ),
                code="link",
            )
