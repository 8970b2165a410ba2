"""The one page on which a member writes a date."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import time_format
from django.utils.translation import gettext, gettext_lazy as _

from events.domain.wall_clock import LATEST_DAY
from events.enums import Visibility
from events.models import Event, EventType
from network.models import Space

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from network.querysets import SpaceQuerySet

# A date that ends at or before this hour, having begun in the afternoon or later,
# ends in the night that follows; any other end before the start is a mistake.
NIGHT_ENDS = datetime.time(6)
AFTERNOON = datetime.time(12)

MAX_KEYWORDS = 10
MAX_KEYWORD_LENGTH = 40


class PlaceKind(models.TextChoices):
    """Where the date takes place, as a member says it."""

    HOST = "host", _("In the space that organises it")
    SPACE = "space", _("In another space of the network")
    ELSEWHERE = "elsewhere", _("Somewhere else")
    ONLINE = "online", _("Online only")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MemberEventForm(forms.Form):
    """Reads a date; ``values`` is what ``events.services.draft`` stores.

    A draft may lack its place; what is published may not.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Sent twice, a form makes one date: this is how it is known again.
    form_key = forms.UUIDField(
        required=False, initial=uuid.uuid4, widget=forms.HiddenInput
    )
    host = forms.ModelChoiceField(
        label=_("Space"),
        queryset=Space.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "invalid_choice": _("Choose one of the spaces that you speak for.")
        },
    )
    type = forms.ModelChoiceField(
        label=_("Type of event"),
        queryset=EventType.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a type: it gives the date its colour."),
            "invalid_choice": _("Choose a type from the list."),
        },
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_(
            "What makes one want to come, in fewer than 60 characters. "
            "Date and place are added by themselves."
        ),
        error_messages={"required": _("Give the date a title.")},
    )
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("Shown in the agenda and in calendars."),
    )
    description = forms.CharField(
        label=_("What will happen"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    tags = forms.CharField(
        label=_("Keywords"),
        max_length=400,
        required=False,
        help_text=_("With commas between them. Example: soup, board games"),
    )

    start_date = forms.DateField(
        label=_("Day"),
        widget=DayInput,
        error_messages={
            "required": _("Give the day."),
            "invalid": _("This day does not exist. Example: 17/12/2026"),
        },
    )
    start_time = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=HourInput,
        error_messages={"invalid": _("This hour does not exist. Example: 18:30")},
    )
    end_time = forms.TimeField(
        label=_("Ends at"),
        required=False,
        widget=HourInput,
        help_text=_("Empty: the usual length of this type. After midnight is fine."),
        error_messages={"invalid": _("This hour does not exist. Example: 21:30")},
    )
    end_date = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput,
        help_text=_("Only if it lasts several days."),
        error_messages={"invalid": _("This day does not exist. Example: 18/12/2026")},
    )
    all_day = forms.BooleanField(label=_("All day"), required=False)
    past_confirmed = forms.BooleanField(
        label=_("Yes, this date is in the past"), required=False
    )

    place = forms.ChoiceField(
        label=_("It takes place"),
        choices=PlaceKind,
        initial=PlaceKind.HOST,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say where it takes place.")},
    )
    venue = forms.ModelChoiceField(
        label=_("Space of the network"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("Choose"),
        error_messages={"invalid_choice": _("Choose a space from the list.")},
    )
    venue_name = forms.CharField(
        label=_("Name of the place"),
        max_length=120,
        required=False,
        help_text=_("A crêperie, a square, a market hall."),
    )
    venue_street = forms.CharField(label=_("Street"), max_length=150, required=False)
    venue_postcode = forms.CharField(
        label=_("Post code"),
        max_length=5,
        required=False,
        validators=[RegexValidator(r"^\d{5}$", _("Five digits. Example: 22110"))],
        error_messages={"max_length": _("Five digits. Example: 22110")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    venue_city = forms.CharField(label=_("Town"), max_length=80, required=False)
    online_url = forms.URLField(
        label=_("Video link"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": _("Give a whole address. Example: https://…")},
    )

    price = forms.CharField(
        label=_("Price"),
        max_length=80,
        required=False,
        help_text=_("In words. Example: free, or everybody pays their share"),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=Visibility,
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        spaces: SpaceQuerySet,
        now: datetime.datetime,
        draft: Event | None = None,
        for_publication: bool = False,
        **kwargs: Any,
    ) -> None:
        """Make the form for who speaks for ``spaces``.

        ``draft`` is the text that is changed, if it exists already; ``for_publication``
        checks also what a draft may lack.
        """
        super().__init__(*args, **kwargs)
        self.now = now
        self.draft = draft
        self.for_publication = for_publication
        self._offer("host", spaces)
        self._offer("type", EventType.objects.all())
        self._offer("venue", Space.objects.listed())
        hosts = list(spaces[:2])
        if len(hosts) == 1:
            self.fields["host"].widget = forms.HiddenInput()
            self.fields["host"].initial = hosts[0].pk

    def _offer(self, name: str, records: models.QuerySet[Any]) -> None:
        cast("forms.ModelChoiceField", self.fields[name]).queryset = records

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
        cleaned = super().clean() or self.cleaned_data
        self._complete_end(cleaned)
        self._clean_place(cleaned)
        if not self.errors:
            self._clean_date()
        if self.for_publication and not self.errors:
            self._warn_of_past()
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The checked answers by the names of ``MEMBER_FIELDS``, and ``tags``."""
        cleaned = self.cleaned_data
        kind = cleaned["place"]
        venue = {PlaceKind.HOST: cleaned["host"], PlaceKind.SPACE: cleaned["venue"]}
        elsewhere = kind == PlaceKind.ELSEWHERE
        address = ("venue_name", "venue_street", "venue_postcode", "venue_city")
        kept = (
            "host", "type", "title", "summary", "description", "tags", "start_date",
            "start_time", "end_date", "end_time", "all_day", "online_url", "price",
            "visibility",
        )  # fmt: skip
        values = {name: cleaned[name] for name in kept}
        values |= {name: cleaned[name] if elsewhere else "" for name in address}
        values["venue"] = venue.get(kind)
        values["zone"] = (values["venue"] or cleaned["host"]).zone
        return values

    def _complete_end(self, cleaned: dict[str, Any]) -> None:
        """Fill in the end that a person leaves out."""
        day, start, end = (
            cleaned.get(name) for name in ("start_date", "start_time", "end_time")
        )
        if cleaned.get("all_day"):
            cleaned["start_time"] = cleaned["end_time"] = None
            cleaned["end_date"] = cleaned.get("end_date") or day
            return
        if start is None:
            self._require(
                "start_time", _("Give the hour it begins, or tick “All day”.")
            )
            return
        if day is None or "end_time" in self.errors or "end_date" in self.errors:
            return
        if (last := cleaned.get("end_date") or day) >= LATEST_DAY:
            # Adding hours would leave the calendar; the record refuses the day.
            cleaned["end_date"], cleaned["end_time"] = last, end or start
            return
        kind = cleaned.get("type")
        begun = datetime.datetime.combine(cleaned.get("end_date") or day, start)
        usual = begun + datetime.timedelta(
            minutes=kind.duration_minutes if kind else 120
        )
        if end is None:
            cleaned["end_date"], cleaned["end_time"] = usual.date(), usual.time()
        elif not cleaned.get("end_date"):
            is_night = end <= NIGHT_ENDS and start >= AFTERNOON
            cleaned["end_date"] = day + datetime.timedelta(days=int(is_night))
            if end <= start and not is_night:
                self.add_error("end_time", self._describe_early_end(usual))

    @staticmethod
    def _describe_early_end(usual: datetime.datetime) -> str:
        return gettext(
            "It ends before it begins: give for example %(hour)s, or the last day."
        ) % {"hour": time_format(usual.time(), "H:i")}

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        kind = cleaned.get("place")
        if kind == PlaceKind.SPACE:
            self._require("venue", _("Choose a space from the list."))
        elif kind == PlaceKind.ELSEWHERE:
            self._require(
                "venue_name", _("Give the name of the place, or choose a space.")
            )
            if self.for_publication:
                self._require("venue_city", _("Give the town, so that people come."))
        elif kind == PlaceKind.ONLINE and self.for_publication:
            self._require(
                "online_url", _("Give the video link: it is the only way to come.")
            )

    def _require(self, name: str, message: StrOrPromise) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)

    def _clean_date(self) -> None:
        """Let the record check hours that clocks skip, order and length."""
        values = self.values
        record = Event(**{name: values[name] for name in values if name != "tags"})
        try:
            record.full_clean(exclude={"uid", "slug"}, validate_unique=False)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)
        else:
            self._start_at = record.start_at

    def _warn_of_past(self) -> None:
        is_same = self.draft is not None and self.draft.start_at == self._start_at
        if self._start_at > self.now or is_same or self.cleaned_data["past_confirmed"]:
            return
        self.add_error(
            "past_confirmed",
            _("This date is in the past: correct the day, or tick here to keep it."),
        )


def read_initial(event: Event) -> dict[str, Any]:
    """Return the form's answers for a text of ``event``."""
    names = (
        "title", "summary", "description", "start_date", "start_time", "end_time",
        "all_day", "venue_name", "venue_street", "venue_postcode", "venue_city",
        "online_url", "price", "visibility",
    )  # fmt: skip
    initial = {name: getattr(event, name) for name in names}
    initial["version"] = event.latest_revision_id
    initial["host"] = event.host_id
    initial["type"] = event.type_id
    initial["tags"] = ", ".join(tag.name for tag in event.tags.all())
    initial["end_date"] = event.end_date if event.end_date != event.start_date else None
    initial["venue"] = None
    if event.venue_name:
        initial["place"] = PlaceKind.ELSEWHERE
    elif event.venue_id is None:
        initial["place"] = PlaceKind.ONLINE
    elif event.venue_id == event.host_id:
        initial["place"] = PlaceKind.HOST
    else:
        initial["place"] = PlaceKind.SPACE
        initial["venue"] = event.venue_id
    return initial
