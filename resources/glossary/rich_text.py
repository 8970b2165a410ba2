"""Words of the glossary inside rich text: in the database, in the editor, on a page.

A word is stored as ``<a linktype="glossary" id="5">commission</a>``. On a page it is a
link to the glossary, made without a query: a body then adds the definitions of all its
words at once (``resources.glossary.notes``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import wagtail.admin.rich_text.editors.draftail.features as draftail
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from resources.models import GlossaryTerm
from resources.models.glossary_term import find_anchor

FEATURE: Final = "glossary-term"
LINK_TYPE: Final = "glossary"
ENTITY: Final = "GLOSSARY-TERM"
# A key that fits the column; anything else was not written by the editor.
_MOST_DIGITS: Final = 18


def read_key(attributes: Mapping[str, str]) -> int | None:
    """Return the key of the word, or None where a stored text holds none."""
    key = attributes.get("id", "")
    is_key = key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS
    return int(key) if is_key else None


class GlossaryLinkHandler(LinkHandler):
    """Writes the opening tag of a word on a page, and says which words a text uses."""

    identifier = LINK_TYPE

    @staticmethod
    def get_model() -> type[GlossaryTerm]:
        return GlossaryTerm

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        key = read_key(attrs)
        if key is None:
            return "<a>"
        url = f"{reverse('glossary')}#{find_anchor(key)}"
        return format_html('<a class="term" href="{}">', url)

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [cls.expand_db_attributes(attrs) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[Any, ...]]:
        if (key := read_key(attrs)) is not None:
            yield GlossaryTerm, str(key), "", ""


class GlossaryElementHandler(LinkElementHandler):
    """Gives the editor what it shows of a stored word; one query a word."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        key = read_key(attrs)
        term = GlossaryTerm.objects.filter(pk=key).first() if key is not None else None
        # The key stays, so that a word that is gone is seen as such.
        return {"id": key, "name": term.name if term else ""}


def write_entity(props: Mapping[str, Any]) -> Any:
    """Return the stored form of a word from the editor's."""
    attributes = {"linktype": LINK_TYPE, "id": props.get("id")}
    return DOM.create_element("a", attributes, props["children"])


def register_glossary_feature(features: FeatureRegistry) -> None:
    """Let editors mark words in every rich text that names ``glossary-term``."""
    features.register_link_type(GlossaryLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        draftail.EntityFeature(
            {
                "type": ENTITY,
                "icon": "help",
                "description": _("Glossary word"),
                "chooserUrls": {"glossaryTerm": lazystr(_ChooserAddress())},
            },
            js=["wagtailadmin/js/chooser-modal.js", "resources/glossary-term.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'a[linktype="{LINK_TYPE}"]': GlossaryElementHandler(ENTITY)
            },
            "to_database_format": {"entity_decorators": {ENTITY: write_entity}},
        },
    )
    features.default_features.append(FEATURE)


class _ChooserAddress:
    """The address of the chooser, known once every address is."""

    def __str__(self) -> str:
        viewset = GlossaryTerm.snippet_viewset.chooser_viewset
        return reverse(viewset.get_url_name("choose"))
