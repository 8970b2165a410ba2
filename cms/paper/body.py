"""A body as values that ``body.typ`` sets, block after block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText, expand_db_html

from cms.bodies import ExpandedText
from cms.paper.rich_text import Follow, Node, read_rich_text

Draw = Callable[[Any], str]
"""Puts an image on the sheet; returns its name there, empty where it cannot be shown."""


class BodyWriter:
    """Describes bodies; ``follow`` says where links lead, ``draw`` adds images."""

    def __init__(self, *, follow: Follow, draw: Draw) -> None:
        self.follow = follow
        self.draw = draw

    def describe(self, body: StreamValue) -> list[Node]:
        """Return the values of a body that ``load_together`` read, in order.

        A block of a kind that nobody describes gives its text.
        """
        blocks = []
        for child in body:
            describe = _WAYS.get(child.block_type)
            if describe is not None:
                blocks += describe(self, child.value)
            else:
                blocks += _describe_unknown(child)
        return blocks

    def read(self, text: RichText | str) -> list[Node]:
        """Return the paragraphs and lists of a rich text."""
        if isinstance(text, ExpandedText):
            return read_rich_text(text.html, self.follow)
        return read_rich_text(
            expand_db_html(str(getattr(text, "source", text))), self.follow
        )

    def find_link(self, address: str) -> str:
        return self.follow(address).get("link", "")

    def _heading(self, value: Any) -> list[Node]:
        level = int(value["level"].removeprefix("h")) - 1
        return [{"block": "heading", "level": level, "title": value["text"]}]

    def _paragraph(self, value: Any) -> list[Node]:
        return self.read(value)

    def _quote(self, value: Any) -> list[Node]:
        return [
            {
                "block": "quote",
                "text": value["text"],
                "attribution": value["attribution"] or "",
            }
        ]

    def _key_point(self, value: Any) -> list[Node]:
        inside = self.read(value["text"])
        return [{"block": "key_point", "title": value["title"], "inside": inside}]

    def _steps(self, value: Any) -> list[Node]:
        steps = [
            {"title": one["title"], "inside": self.read(one["text"])} for one in value
        ]
        return [{"block": "steps", "steps": steps}]

    def _figure(self, value: Any) -> list[Node]:
        image = value["image"]
        credit = image.credit if image is not None else ""
        caption = [value["caption"] or ""]
        if credit:
            caption.append(gettext("Credit: %(credit)s") % {"credit": credit})
        name = self.draw(image) if image is not None else ""
        figure = {
            "block": "figure",
            "image": name,
            "alt": "" if value["is_decorative"] else value["alt"] or "",
            "caption": " ".join(part for part in caption if part),
        }
        return [figure] if name or figure["caption"] or figure["alt"] else []

    def _embed(self, value: Any) -> list[Node]:
        return [self._refer(value["title"], value["url"])]

    def _download(self, value: Any) -> list[Node]:
        document = value["document"]
        description = value["description"] or ""
        if document is None:
            title = value["title"] or ""
            return [self._refer(title, "", description)] if title else []
        form = document.file_extension.upper()
        size = document.get_file_size()
        details = f"{form}, {filesizeformat(size)}" if size else form
        title = value["title"] or document.title
        return [self._refer(title, document.url, details, description)]

    def _call_to_action(self, value: Any) -> list[Node]:
        page = value["page"]
        address = (page.url or "") if page is not None else value["url"] or ""
        return [self._refer(value["label"], address, value["text"])]

    def _contact(self, value: Any) -> list[Node]:
        lines = []
        if email := value["email"]:
            lines.append({"text": email, "link": self.find_link(f"mailto:{email}")})
        if phone := value["phone"]:
            number = phone.replace(" ", "")
            lines.append({"text": phone, "link": self.find_link(f"tel:{number}")})
        if note := value["note"]:
            lines.append({"text": note, "link": ""})
        return [{"block": "contact", "title": value["name"], "lines": lines}]

    def _refer(self, title: str, address: str, *details: str) -> Node:
        return {
            "block": "reference",
            "title": title,
            "link": self.find_link(address) if address else "",
            "details": [one for one in details if one],
        }


_WAYS: Final[dict[str, Callable[[BodyWriter, Any], list[Node]]]] = {
    "heading": BodyWriter._heading,
    "paragraph": BodyWriter._paragraph,
    "quote": BodyWriter._quote,
    "key_point": BodyWriter._key_point,
    "steps": BodyWriter._steps,
    "figure": BodyWriter._figure,
    "embed": BodyWriter._embed,
    "download": BodyWriter._download,
    "call_to_action": BodyWriter._call_to_action,
    "contact": BodyWriter._contact,
}


def _describe_unknown(child: Any) -> list[Node]:
    texts = child.block.get_searchable_content(child.value)
    return [
        {"block": "paragraph", "runs": [{"text": str(text)}]}
        for text in texts
        if str(text).strip()
    ]
