"""Makes guides, charters and shared resources.

Pages take ``parent``; a guide without one stands in a list of guides under the French
home page. Everything is public unless told otherwise.
"""

from __future__ import annotations

import datetime
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from cms.models import SiteDocument
from network.models import Space
from resources.enums import (
    CharterQuestion,
    CriterionKind,
    ResourceKind,
    ResourceLicence,
    ResourceTheme,
    SheetKind,
)
from resources.models import (
    Article,
    Charter,
    CharterPage,
    CharterVersion,
    Criterion,
    GlossaryTerm,
    GuideIndexPage,
    GuidePage,
    ProjectAction,
    ProjectFunding,
    ProjectIndexPage,
    ProjectObjective,
    ProjectPage,
    ProjectPartner,
    ProjectPhase,
    ProjectSource,
    SharedResource,
    SheetPage,
    StagePage,
)
from resources.services.charters import publish_version

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def find_home() -> Page:
    """The French home page, which a migration made."""
    return Site.objects.get(is_default_site=True).root_page.specific


class PageFactory(DjangoModelFactory):
    """Puts a page below ``parent`` in the tree."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda number: f"Page {number}")

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        parent = kwargs.pop("parent", None) or cls.make_parent()
        # One tree changes at a time: the parent's own numbers may have moved.
        return parent.specific_class.objects.get(pk=parent.pk).add_child(
            instance=model_class(**kwargs)
        )

    @classmethod
    def make_parent(cls) -> Page:
        return find_home()


class GuideIndexPageFactory(PageFactory):
    class Meta:
        model = GuideIndexPage

    title = "Guides"
    slug = "guides"


class GuidePageFactory(PageFactory):
    class Meta:
        model = GuidePage

    title = factory.Sequence(lambda number: f"Guide {number}")
    introduction = "De l’idée à la première clé."
    audience = "Porteurs de projet"

    @classmethod
    def make_parent(cls) -> Page:
        return GuideIndexPage.objects.first() or GuideIndexPageFactory()


class StagePageFactory(PageFactory):
    class Meta:
        model = StagePage

    title = factory.Sequence(lambda number: f"Étape {number}")

    @classmethod
    def make_parent(cls) -> Page:
        return GuidePageFactory()


class SheetPageFactory(PageFactory):
    class Meta:
        model = SheetPage

    title = factory.Sequence(lambda number: f"Fiche {number}")
    kind = SheetKind.LEGAL
    in_short = "Une ligne.\nUne autre."
    verified_on = datetime.date(2026, 11, 3)

    @classmethod
    def make_parent(cls) -> Page:
        return StagePageFactory()


class CharterFactory(DjangoModelFactory):
    class Meta:
        model = Charter

    title = factory.Sequence(lambda number: f"Charte {number}")
    slug = factory.Sequence(lambda number: f"charte-{number}")
    summary = "Un petit lieu y parle aussi fort qu’un grand."


class CharterVersionFactory(DjangoModelFactory):
    """A draft with two articles; ``published=date`` publishes it."""

    class Meta:
        model = CharterVersion
        skip_postgeneration_save = True

    charter = factory.SubFactory(CharterFactory)
    number = factory.LazyAttribute(lambda version: version.charter.next_number)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> CharterVersion:
        published = kwargs.pop("published", None)
        texts = kwargs.pop("texts", ("Ouvrir la porte", "À voix égale"))
        version = model_class(**kwargs)
        version.articles = [
            make_article(text, order) for order, text in enumerate(texts)
        ]
        version.arrange_text()
        version.save()
        if published is None:
            return version
        return publish_version(version, adopted_on=published, now=timezone.now())


def make_article(title: str, order: int) -> Article:
    article = Article(
        title=title,
        question=CharterQuestion.WHO if order else CharterQuestion.WHY,
        text=f"Texte de « {title} ».",
        sort_order=order,
    )
    article.criteria = [
        Criterion(text=f"Premier critère de « {title} »", sort_order=0),
        Criterion(
            text=f"Second critère de « {title} »",
            kind=CriterionKind.EXCLUSION,
            sort_order=1,
        ),
    ]
    return article


class CharterPageFactory(PageFactory):
    class Meta:
        model = CharterPage

    title = "Charte"
    slug = "charte"
    charter = factory.SubFactory(CharterFactory)


class SiteDocumentFactory(DjangoModelFactory):
    class Meta:
        model = SiteDocument

    title = factory.Sequence(lambda number: f"Document {number}")
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="modele.pdf"))


class SharingSpaceFactory(DjangoModelFactory):
    class Meta:
        model = Space

    name = factory.Sequence(lambda number: f"Lieu {number}")
    slug = factory.Sequence(lambda number: f"lieu-{number}")


class SharedResourceFactory(DjangoModelFactory):
    class Meta:
        model = SharedResource
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Ressource {number:02}")
    slug = factory.Sequence(lambda number: f"ressource-{number:02}")
    kind = ResourceKind.TEMPLATE
    theme = ResourceTheme.FUND
    summary = "Pour savoir combien de places vendre."
    licence = ResourceLicence.CC_BY_SA
    published_on = datetime.date(2026, 10, 12)

    @factory.post_generation
    def tags(self, create: bool, names: Any, **kwargs: Any) -> None:
        if create and names:
            self.tags.add(*names)
            self.save()


class GlossaryTermFactory(DjangoModelFactory):
    class Meta:
        model = GlossaryTerm

    name = factory.Sequence(lambda number: f"mot {number}")
    definition = "Ce que le mot veut dire."


class ProjectIndexPageFactory(PageFactory):
    class Meta:
        model = ProjectIndexPage

    title = "Projets"
    slug = "projets"


# What a page of a project holds, by the name of the relation.
_PROJECT_ROWS: dict[str, Any] = {
    "partners": ProjectPartner,
    "phases": ProjectPhase,
    "objectives": ProjectObjective,
    "actions": ProjectAction,
    "fundings": ProjectFunding,
    "sources": ProjectSource,
}


class ProjectPageFactory(PageFactory):
    """A project; ``phases=[{"number": 1, …}]`` and the like give it rows, in order."""

    class Meta:
        model = ProjectPage

    title = factory.Sequence(lambda number: f"Projet {number}")

    @classmethod
    def make_parent(cls) -> Page:
        return ProjectIndexPage.objects.first() or ProjectIndexPageFactory()

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        rows = {name: kwargs.pop(name, []) for name in _PROJECT_ROWS}
        page = super()._create(model_class, *args, **kwargs)
        add_project_rows(page, **rows)
        page.save()
        return ProjectPage.objects.get(pk=page.pk)


def add_project_rows(page: ProjectPage, **rows: list[dict[str, Any]]) -> None:
    """Hang rows below a project, without saving it."""
    for name, values in rows.items():
        model = _PROJECT_ROWS[name]
        for order, value in enumerate(values):
            row = model(sort_order=order, locale=page.locale, **value)
            getattr(page, name).add(row)
