"""The blocks an editor builds a body from."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.players import find_player

# A room above brings “glossary-term”; without it, the editor leaves the button out.
TEXT_FEATURES = [
    "bold", "italic", "link", "document-link", "glossary-term", "ol", "ul",
]  # fmt: skip
LINE_FEATURES = ["bold", "italic", "link"]
_LOWEST_LEVEL = 6


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("title"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("h2", _("title")), ("h3", _("subtitle"))],
        default="h2",
    )

    class Meta:
        icon = "title"
        label = _("Title")
        template = "cms/blocks/heading.html"
        form_layout = ["text", "level"]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``tag`` and ``anchor``.

        A page of several bodies gives each ``heading_shift``, how many levels below their
        own its headings stand, and ``anchor_prefix``, which tells its anchors apart.
        """
        context = super().get_context(value, parent_context)
        level = int(value["level"].removeprefix("h")) + context.get("heading_shift", 0)
        anchor = slugify(value["text"])
        context["tag"] = f"h{min(level, _LOWEST_LEVEL)}"
        context["anchor"] = anchor and f"{context.get('anchor_prefix', '')}{anchor}"
        return context


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("what it shows"),
        required=False,
        max_length=200,
        help_text=_(
            "Read aloud instead of the image. "
            "Example: twelve people around a long table, at lunch."
        ),
    )
    is_decorative = blocks.BooleanBlock(
        label=_("decorative: says nothing that the text does not"), required=False
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/figure.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["alt"]) == bool(cleaned["is_decorative"]):
            raise blocks.StructBlockValidationError(
                {
                    "alt": ValidationError(
                        _("Say what the image shows, or tick “decorative”, not both.")
                    )
                }
            )
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("words"), max_length=500)
    attribution = blocks.CharBlock(
        label=_("who said it"), required=False, max_length=120
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("sentence"), max_length=200)
    label = blocks.CharBlock(label=_("words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.CharBlock(
        label=_("or address"),
        required=False,
        max_length=500,
        help_text=_("On this site, begin with a slash. Example: /agenda/"),
    )

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "cms/blocks/call_to_action.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("Give either a page or an address."))}
            )
        url = cleaned["url"] or "/"
        is_ours = url.startswith("/") and not url.startswith("//")
        if not (is_ours or url.startswith(("https://", "http://", "mailto:"))):
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("Begin with https:// or with a slash."))}
            )
        return cleaned


class KeyPointBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Key point")
        template = "cms/blocks/key_point.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES, required=False)


class StepsBlock(blocks.ListBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(StepBlock(), min_num=2, **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "cms/blocks/steps.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(
        label=_("title"),
        required=False,
        max_length=120,
        help_text=_("Empty: the document's own title."),
    )
    description = blocks.CharBlock(
        label=_("what it is for"), required=False, max_length=250
    )

    class Meta:
        icon = "download"
        label = _("Download")
        template = "cms/blocks/download.html"


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("role or organisation"),
        max_length=120,
        help_text=_("A role rather than a person: people come and go."),
    )
    email = blocks.EmailBlock(label=_("e-mail"), required=False)
    phone = blocks.CharBlock(label=_("telephone"), required=False, max_length=30)
    note = blocks.CharBlock(label=_("when to write"), required=False, max_length=250)

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "cms/blocks/contact.html"


class EmbedBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("address of the video or document"))
    title = blocks.CharBlock(label=_("title"), max_length=120)

    class Meta:
        icon = "media"
        label = _("Embed, loaded on a click")
        template = "cms/blocks/embed.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        if player := find_player(value["url"]):
            context |= {"provider": player.provider, "player_url": player.url}
        return context


class BodyBlock(blocks.StreamBlock):
    """A body: text, what stands out of it, and what a reader takes away."""

    heading = HeadingBlock(group=_("Text"))
    paragraph = blocks.RichTextBlock(
        icon="pilcrow",
        label=_("Text"),
        features=TEXT_FEATURES,
        template="cms/blocks/paragraph.html",
        group=_("Text"),
    )
    quote = QuoteBlock(group=_("Text"))
    key_point = KeyPointBlock(group=_("Text"))
    steps = StepsBlock(group=_("Text"))
    figure = FigureBlock(group=_("Media"))
    embed = EmbedBlock(group=_("Media"))
    download = DownloadBlock(group=_("Ways on"))
    call_to_action = CallToActionBlock(group=_("Ways on"))
    contact = ContactBlock(group=_("Ways on"))

    class Meta:
        required = False

    def render(self, value: Any, context: Any = None) -> SafeString:
        """Render the blocks, completed unless the page does that for all its bodies.

        Such a page says ``completes_bodies`` in its context.
        """
        html = super().render(value, context)
        if context and context.get("completes_bodies"):
            return html
        return complete_body(html)


def complete_body(html: SafeString) -> SafeString:
    """Return a body with what other rooms add to it.

    Hook ``complete_body``: a function of the body's HTML that returns it completed.
    """
    for complete in hooks.get_hooks("complete_body"):
        html = complete(html)
    return html
