"""Why a change of a series is refused, in the sentence that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from events.services.refusals import ChangedByService, Refusal

if TYPE_CHECKING:
    from events.models import Series


class SeriesNotLive(Refusal):
    """The public does not see the series: its draft can still be anything."""

    sentence = _("Nobody sees this series yet: change its draft instead.")


class SplitInThePast(Refusal):
    """The change would begin on a day that is over."""

    sentence = _("Choose a day to come: what is over does not change.")


class NothingBefore(Refusal):
    """No date of the series comes before the change."""

    sentence = _("This is the first date of the series: change the whole series.")


class NothingLeft(Refusal):
    """No date of the series comes after the change."""

    sentence = _("The series has no date from this day on: choose an earlier day.")


class ContinuedAlready(Refusal):
    """``following`` goes on with the series, or waits to be published to do so."""

    sentence = _(
        "Another series goes on with this one, or waits to be published: "
        "change that one, or discard it first."
    )

    def __init__(self, following: Series) -> None:
        self.following = following
        super().__init__()


class OverAlready(Refusal):
    """The day of an extra date is over."""

    sentence = _("This day is over: choose a day to come.")


class FullSeries(Refusal):
    """The series has as many dates to come as it may."""

    sentence = _("This series has 800 dates to come already: that is the most.")


class SeriesPublished(Refusal):
    """People follow the series: it can be ended, never erased."""

    sentence = _("This series was published: end it instead, so that everybody knows.")


class SeriesChanged(ChangedByService):
    """The series was ended, for example, since its text was opened."""

    sentence = _(
        "This series was changed while you were writing. Your text is below, not saved "
        "yet; what differs is shown beside it. Save again to keep yours."
    )
