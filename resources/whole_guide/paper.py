"""A whole guide as values that ``guide.typ`` sets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy as _, ngettext

from cms.models import NetworkSettings
from cms.paper.body import BodyWriter
from cms.paper.images import PaperImages
from cms.paper.rich_text import make_absolute
from cms.typesetting import Sheet
from resources.domain.figures import Change
from resources.enums import SheetKind
from resources.guides.walk import Asked
from resources.models import GlossaryTerm
from resources.whole_guide.parts import SheetPart, StagePart, WholeGuide

SOURCES: Final = Path(__file__).with_name("typst")
_NATURES: Final = {
    SheetKind.LEGAL: _("Legal sheet"),
    SheetKind.ECONOMIC: _("Economic sheet"),
    SheetKind.ADMINISTRATIVE: _("Administrative sheet"),
}
# Where the link of a word leads: see resources.models.glossary_term.
_WORD: Final = re.compile(r"#terme-(\d{1,18})$")


def make_guide_sheet(whole: WholeGuide, network: NetworkSettings) -> Sheet:
    """Return the whole guide on A4, in the language of the thread; one query.

    What a reader may tick, note down and check is there; the words of the glossary that
    it uses stand at its end.
    """
    return _GuideWriter(whole, network).make()


class _GuideWriter:
    """Describes one guide; gathers its images and the words that it uses."""

    def __init__(self, whole: WholeGuide, network: NetworkSettings) -> None:
        self.whole = whole
        self.network = network
        self.images = PaperImages()
        self.bodies = BodyWriter(follow=self._follow, draw=self.images.draw)
        self.used: set[int] = set()

    def make(self) -> Sheet:
        """Return the sheet."""
        page, whole = self.whole.page, self.whole
        address = f"{settings.SITE_URL}{page.url}"
        stages = [self._describe_stage(stage) for stage in whole.stages]
        body = self.bodies.describe(whole.body)
        words = self._describe_words()
        values: dict[str, Any] = {
            "language": get_language() or "fr",
            "network": self.network.network_name,
            "title": page.title,
            "introduction": page.introduction,
            "facts": _list_facts(page),
            "changed": _say_change(whole),
            "late": _say_late(len(whole.late_sheets)),
            "answers": whole.said_answers,
            "address": address.split("://", 1)[-1],
            "link": address,
            "body": body,
            "stages": stages,
            "glossary": words,
            "words": _list_labels() | {"licence": _say_licence(self.network)},
        }
        _forget_words(values, {one["key"] for one in words})
        return Sheet("guide.typ", values, SOURCES, self.images.readers)

    def _describe_stage(self, stage: StagePart) -> dict[str, Any]:
        position = {"position": stage.number, "count": self.whole.stage_count}
        return {
            "place": gettext("Stage %(position)s of %(count)s") % position,
            "title": f"{stage.number}. {stage.page.title}",
            "running": stage.page.title,
            "introduction": stage.page.introduction,
            "facts": _list_facts(stage.page),
            "body": self.bodies.describe(stage.body),
            "only": stage.heading,
            "questions": [_describe_question(one) for one in stage.asked],
            "checklist": [
                {"only": group.heading, "things": [item.text for item in group.parts]}
                for group in stage.things
            ],
            "sheets": [self._describe_sheet(sheet) for sheet in stage.sheets],
        }

    def _describe_sheet(self, sheet: SheetPart) -> dict[str, Any]:
        page = sheet.page
        return {
            "nature": str(_NATURES[SheetKind(page.kind)]),
            "only": sheet.heading,
            "title": page.title,
            "introduction": page.introduction,
            "verified": _say_verified(sheet),
            "is_late": sheet.is_out_of_date,
            "in_short": page.short_lines,
            "figures": [
                {
                    "label": figure.label,
                    "value": figure.value,
                    "before": _say_before(change),
                }
                for figure, change in sheet.figures
            ],
            "body": self.bodies.describe(sheet.body),
            "sources": [
                {
                    "text": source.title,
                    "link": make_absolute(source.url, settings.SITE_URL),
                }
                for source in sheet.sources
            ],
        }

    def _follow(self, address: str) -> dict[str, str]:
        if word := _WORD.search(address):
            self.used.add(int(word[1]))
            return {"word": word[1]}
        link = make_absolute(address, settings.SITE_URL)
        return {"link": link} if link else {}

    def _describe_words(self) -> list[dict[str, str]]:
        terms = GlossaryTerm.objects.in_bulk(self.used) if self.used else {}
        language = get_language() or "fr"
        described = []
        for term in sorted(terms.values(), key=lambda term: term.sort_key):
            text = term.text_in(language)
            described.append(
                {
                    "key": str(term.pk),
                    "name": text.name,
                    "definition": text.definition,
                    "language": text.language,
                }
            )
        return described


def _describe_question(asked: Asked) -> dict[str, Any]:
    return {
        "title": asked.question.text,
        "help": asked.question.help,
        "answers": [
            {"title": answer.heading or capfirst(answer.label), "text": answer.text}
            for answer in asked.told
        ],
    }


def _forget_words(values: Any, known: set[str]) -> None:
    """Leave as plain text the words that are gone from the glossary."""
    match values:
        case dict():
            if "word" in values and values["word"] not in known:
                del values["word"]
            for value in values.values():
                _forget_words(value, known)
        case list():
            for value in values:
                _forget_words(value, known)


def _list_facts(page: Any) -> list[dict[str, str]]:
    facts = [
        (gettext("For whom"), page.audience),
        (gettext("How long"), page.duration),
        (gettext("Indicative cost"), page.cost),
    ]
    return [{"name": name, "value": value} for name, value in facts if value]


def _say_change(whole: WholeGuide) -> str:
    day = whole.changed_on
    if day is None:
        return ""
    return gettext("Up to date on %(day)s.") % {"day": date_format(day, "DATE_FORMAT")}


def _say_licence(network: NetworkSettings) -> str:
    licence = network.get_content_licence_display()
    return gettext("Licence: %(licence)s.") % {"licence": licence}


def _say_late(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "One sheet is to be checked again.",
        "%(number)s sheets are to be checked again.",
        number,
    ) % {"number": number}


def _say_verified(sheet: SheetPart) -> dict[str, str]:
    page = sheet.page
    if page.verified_on is None or page.review_due_on is None:
        return {
            "lead": gettext("Not checked yet"),
            "rest": gettext(
                "nobody has read its sources again: sign nothing on this alone"
            ),
        }
    checked = {"day": date_format(page.verified_on, "DATE_FORMAT")}
    due = {"day": date_format(page.review_due_on, "DATE_FORMAT")}
    if sheet.is_out_of_date:
        since = gettext(
            "due to be checked again since %(day)s: sign nothing on this alone"
        )
        return {
            "lead": gettext("Last checked on %(day)s") % checked,
            "rest": since % due,
        }
    return {
        "lead": gettext("Checked on %(day)s") % checked,
        "rest": gettext("to be checked again before %(day)s") % due,
    }


def _say_before(change: Change | None) -> str:
    if change is None:
        return ""
    return gettext("%(before)s before %(day)s") % {
        "before": change.before,
        "day": date_format(change.on, "DATE_FORMAT"),
    }


def _list_labels() -> dict[str, str]:
    return {
        "contents": gettext("Contents"),
        "checklist": gettext("Before you go on"),
        "in_short": gettext("In short"),
        "sources": gettext("Sources"),
        "glossary": gettext("The words of this guide"),
        "advice": gettext("This sheet informs; it does not replace advice."),
        "empty": gettext("This guide is being written, one stage after the other."),
        "online": gettext("The same guide, always up to date:"),
        "page": gettext("page"),
    }
