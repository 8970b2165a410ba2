"""The closed lists of the resources room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise


class SheetKind(models.TextChoices):
    """What a sheet informs about."""

    LEGAL = "legal", _("legal")
    ECONOMIC = "economic", _("economic")
    ADMINISTRATIVE = "administrative", _("administrative")


class CharterQuestion(models.TextChoices):
    """The four questions an article answers."""

    WHY = "why", _("Why?")
    WHO = "who", _("Who?")
    TOOLS = "tools", _("With what tools?")
    COMMITMENTS = "commitments", _("What commitments?")


class CriterionKind(models.TextChoices):
    """What a criterion asks, or ends."""

    ADMISSION = "admission", _("admission")
    COMMITMENT = "commitment", _("commitment")
    EXCLUSION = "exclusion", _("deemed resignation")


class VersionState(models.TextChoices):
    """Whether a version of a charter may still change."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class AnswerState(models.TextChoices):
    """What a space answers to a criterion; a ground for leaving is accepted."""

    MET = "met", _("yes, we do")
    NOT_YET = "not_yet", _("not yet")
    ACCEPTED = "accepted", _("read and accepted")


class SigningRight(models.TextChoices):
    """By what right a person signs for a space."""

    REPRESENTATIVE = "representative", _("legal representative")
    MANDATE = "mandate", _("mandate from those who run it")


class ReviewVerdict(models.TextChoices):
    """What the network found when it looked at an answer."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")


class AmendmentTarget(models.TextChoices):
    """What of an article an amendment changes."""

    TEXT = "text", _("the text of the article")
    CRITERION = "criterion", _("a criterion")
    NEW_CRITERION = "new_criterion", _("a new criterion")


class AmendmentState(models.TextChoices):
    """What became of an amendment."""

    PROPOSED = "proposed", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by its authors")


# What an editor may answer.
AMENDMENT_ANSWERS = (
    AmendmentState.ACCEPTED,
    AmendmentState.PARTLY,
    AmendmentState.REFUSED,
)


class CommentState(models.TextChoices):
    """Whether the other members read a comment."""

    WAITING = "waiting", _("waits for a moderator")
    SHOWN = "shown", _("shown")
    REFUSED = "refused", _("refused")


class ProjectHalt(models.TextChoices):
    """What only its editors can say of a project; a state of ``domain.projects``."""

    SUSPENDED = "suspended", _("suspended")
    ABANDONED = "abandoned", _("given up")


class ActionState(models.TextChoices):
    """How far an action of a project is."""

    CONSIDERED = "considered", pgettext_lazy("action", "considered")
    UNDER_WAY = "under_way", pgettext_lazy("action", "under way")
    DONE = "done", pgettext_lazy("action", "done")
    ABANDONED = "abandoned", pgettext_lazy("action", "given up")

    @property
    def word(self) -> str:
        """What stands in addresses."""
        return _ACTION_WORDS[self]


_ACTION_WORDS = {
    ActionState.CONSIDERED: "envisagee",
    ActionState.UNDER_WAY: "en-cours",
    ActionState.DONE: "faite",
    ActionState.ABANDONED: "abandonnee",
}


class FundingNature(models.TextChoices):
    """What a funding may pay for."""

    OPERATING = "operating", _("operating")
    INVESTMENT = "investment", _("investment")
    IN_KIND = "in_kind", _("in kind")
    LOAN = "loan", _("loan")
    OTHER = "other", pgettext_lazy("nature of a funding", "other")


class FundingState(models.TextChoices):
    """Whether the money is there."""

    REQUESTED = "requested", pgettext_lazy("funding", "requested")
    GRANTED = "granted", pgettext_lazy("funding", "granted")
    PAID = "paid", pgettext_lazy("funding", "paid")
    REFUSED = "refused", pgettext_lazy("funding", "refused")

    @classmethod
    def secured(cls) -> Sequence[FundingState]:
        """What a project can count on."""
        return (cls.GRANTED, cls.PAID)


class ResourceKind(models.TextChoices):
    """What is shared."""

    DOCUMENT = "document", _("document")
    TEMPLATE = "template", _("template")
    COMMUNICATION_KIT = "communication_kit", _("communication kit")
    TOOL = "tool", _("tool")
    EQUIPMENT = "equipment", _("equipment")
    SPEAKER = "speaker", _("speaker")
    SKILL = "skill", _("skill")
    SERVICE = "service", _("service")
    GOOD_PRACTICE = "good_practice", _("good practice")

    @classmethod
    def works(cls) -> Sequence[ResourceKind]:
        """The kinds that somebody wrote or drew: they say what one may do with them."""
        return (
            cls.DOCUMENT,
            cls.TEMPLATE,
            cls.COMMUNICATION_KIT,
            cls.GOOD_PRACTICE,
        )

    @classmethod
    def lent(cls) -> Sequence[ResourceKind]:
        """The kinds that one space at a time can have."""
        return (cls.EQUIPMENT, cls.SPEAKER)

    @classmethod
    def brought_back(cls) -> Sequence[ResourceKind]:
        """The lent kinds that somebody has to bring back."""
        return (cls.EQUIPMENT,)


class LoanState(models.TextChoices):
    """What became of the days that a space asked for."""

    ASKED = "asked", _("waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("loan", "accepted")
    REFUSED = "refused", pgettext_lazy("loan", "refused")
    CANCELLED = "cancelled", pgettext_lazy("loan", "cancelled")


class LoanSide(models.TextChoices):
    """Who ended a loan before its time."""

    BORROWER = "borrower", _("the space that borrows")
    LENDER = "lender", _("the space that lends")
    NETWORK = "network", _("the network")


class ToolPurpose(models.TextChoices):
    """What a space uses a tool for."""

    BOOKING = "booking", _("bookings")
    ACCESS = "access", _("doors and access")
    MEMBERSHIPS = "memberships", _("members and dues")
    INVOICING = "invoicing", _("quotes and invoices")
    ACCOUNTING = "accounting", _("accounts")
    COMMUNICATION = "communication", _("website and mailings")
    CALENDAR = "calendar", _("shared calendar")
    FILES = "files", _("shared files")
    MEETINGS = "meetings", _("meetings and decisions")
    FIGURES = "figures", _("attendance and key figures")


class ResourceTheme(models.TextChoices):
    """What a resource helps to do; the stored words stand in addresses."""

    OPEN = "ouvrir", _("open a space")
    RUN = "gerer", _("run it")
    ANIMATE = "animer", _("bring it to life")
    COMMUNICATE = "communiquer", _("make it known")
    FUND = "financer", _("fund it")
    LEARN = "se-former", _("learn")


class ResourceLicence(models.TextChoices):
    """What a reader may do with a resource."""

    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    CC_BY = "cc-by", "CC BY 4.0"
    CC0 = "cc0", "CC0 1.0"
    ETALAB = "etalab-2", _("Open Licence 2.0")
    RESERVED = "all-rights-reserved", _("All rights reserved")

    @property
    def url(self) -> str:
        """The licence's own page; empty where there is none."""
        return _LICENCE_URLS.get(self, "")

    @property
    def terms(self) -> StrOrPromise:
        """The licence in a sentence for people in a hurry."""
        return _LICENCE_TERMS[self]

    @property
    def short_terms(self) -> StrOrPromise:
        """The licence in a few words, for a card."""
        return _LICENCE_SHORT_TERMS[self]


_LICENCE_URLS = {
    ResourceLicence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    ResourceLicence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.fr",
    ResourceLicence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.fr",
    ResourceLicence.ETALAB: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
_LICENCE_TERMS: dict[ResourceLicence, StrOrPromise] = {
    ResourceLicence.CC_BY_SA: _(
        "You may copy it, change it and sell it, provided that you name its authors "
        "and share what you make of it under the same licence."
    ),
    ResourceLicence.CC_BY: _(
        "You may copy it, change it and sell it, provided that you name its authors."
    ),
    ResourceLicence.CC0: _("You may do anything with it, without asking."),
    ResourceLicence.ETALAB: _(
        "You may copy it, change it and sell it, provided that you name its source "
        "and its date."
    ),
    ResourceLicence.RESERVED: _(
        "You may read it. Ask its authors before you copy it or change it."
    ),
}
_LICENCE_SHORT_TERMS: dict[ResourceLicence, StrOrPromise] = {
    ResourceLicence.CC_BY_SA: _(
        "copy, change, sell, naming its authors and under the same licence"
    ),
    ResourceLicence.CC_BY: _("copy, change, sell, naming its authors"),
    ResourceLicence.CC0: _("anything, without asking"),
    ResourceLicence.ETALAB: _("copy, change, sell, naming source and date"),
    ResourceLicence.RESERVED: _("read; ask before copying"),
}
