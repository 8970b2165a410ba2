"""The form in which an editor writes a page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from cms.reserved_slugs import find_reserved_slugs, refuse_slug


def refuse_reserved_slug(slug: str, *, parent: Page) -> None:
    """Refuse a slug that an address of the site itself would hide.

    Raises:
        ValidationError: on field ``slug``, when the word is reserved below ``parent``.
    """
    refuse_slug(slug, find_reserved_slugs(parent))


class HubPageForm(WagtailAdminPageForm):
    """Knows where the page will stand, which a new page itself does not."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and self.parent_page is not None:
            try:
                refuse_reserved_slug(slug, parent=self.parent_page)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
