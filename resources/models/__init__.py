"""Guides in stages with their sheets, charters as data, shared resources, words."""

from __future__ import annotations

from resources.models.amendment import (
    Amendment,
    AmendmentComment,
    AmendmentRound,
    AmendmentSupport,
)
from resources.models.branching import StageAnswer, StageQuestion
from resources.models.charter import Article, Charter, CharterVersion, Criterion
from resources.models.charter_page import CharterPage
from resources.models.charter_reason import ChangeReason
from resources.models.download_count import DownloadCount
from resources.models.glossary_term import GlossaryTerm
from resources.models.guide import (
    ChecklistItem,
    GuideIndexPage,
    GuidePage,
    StagePage,
)
from resources.models.loan import BlockedDays, Loan
from resources.models.member_file import MemberFile
from resources.models.project import ProjectIndexPage, ProjectPage
from resources.models.project_funding import ProjectFunding, ProjectSource
from resources.models.project_plan import (
    ProjectAction,
    ProjectObjective,
    ProjectPartner,
    ProjectPhase,
)
from resources.models.resource_tag import ResourceTag, TaggedResource
from resources.models.shared_resource import SharedResource
from resources.models.sheet import SheetPage, SheetSource
from resources.models.sheet_figure import FigureReading, SheetFigure, SheetReminder
from resources.models.signature import Signature, SignatureAnswer, SignatureReview
from resources.models.signing_event import SigningEvent, SigningPhotograph, Witness
from resources.models.stage_example import StageExample
from resources.models.tool_use import ToolUse

__all__ = [
    "Amendment",
    "AmendmentComment",
    "AmendmentRound",
    "AmendmentSupport",
    "Article",
    "BlockedDays",
    "ChangeReason",
    "Charter",
    "CharterPage",
    "CharterVersion",
    "ChecklistItem",
    "Criterion",
    "DownloadCount",
    "FigureReading",
    "GlossaryTerm",
    "GuideIndexPage",
    "GuidePage",
    "Loan",
    "MemberFile",
    "ProjectAction",
    "ProjectFunding",
    "ProjectIndexPage",
    "ProjectObjective",
    "ProjectPage",
    "ProjectPartner",
    "ProjectPhase",
    "ProjectSource",
    "ResourceTag",
    "SharedResource",
    "SheetFigure",
    "SheetPage",
    "SheetReminder",
    "SheetSource",
    "Signature",
    "SignatureAnswer",
    "SignatureReview",
    "SigningEvent",
    "SigningPhotograph",
    "StageAnswer",
    "StageExample",
    "StagePage",
    "StageQuestion",
    "TaggedResource",
    "ToolUse",
    "Witness",
]
