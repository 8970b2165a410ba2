"""The closed lists of the resources room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    CC0 = "cc0", "CC0"
    ETALAB = "etalab-2", _("Open Licence 2.0")
    RESERVED = "all-rights-reserved", _("All rights reserved")
