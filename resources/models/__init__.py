"""Guides in stages with their sheets, charters as data, shared resources, words."""

from __future__ import annotations

from resources.models.charter import Article, Charter, CharterVersion, Criterion
from resources.models.charter_page import CharterPage
from resources.models.glossary_term import GlossaryTerm
from resources.models.guide import GuideIndexPage, GuidePage, StagePage
from resources.models.shared_resource import (
    ResourceTag,
    SharedResource,
    TaggedResource,
)
from resources.models.sheet import SheetPage, SheetSource

__all__ = [
    "Article",
    "Charter",
    "CharterPage",
    "CharterVersion",
    "Criterion",
    "GlossaryTerm",
    "GuideIndexPage",
    "GuidePage",
    "ResourceTag",
    "SharedResource",
    "SheetPage",
    "SheetSource",
    "StagePage",
    "TaggedResource",
]
