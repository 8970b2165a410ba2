"""Every address that the resolver knows outside the admin, with values to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# How a regular expression is filled in: a new one fails until it has its line here.
TEMPLATES = {
    r"documents/^(\d+)/(.*)$": "documents/{pk}/{filename}",
    r"^media/images/(?P<path>.*)$": "media/images/{filename}",
    r"espace/^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "espace/mot-de-passe/nouveau/{slug}-{key}/"
    ),
    r"^((?:[\w\-]+/)+[\w\-]+\.(?:pdf|csv|json))$": "{slug}/{slug}.csv",
    r"^((?:[\w\-]+/)*)$": "{slug}/",
}
CONVERTER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# What a parameter of this converter is filled with.
KINDS = {"slug": "slug", "int": "pk", "str": "key", None: "slug"}


@dataclass(frozen=True)
class Address:
    """One pattern: ``name`` with its namespaces, and a template of its path."""

    name: str
    template: str
    is_translated: bool

    def fill(self, values: Mapping[str, str]) -> str:
        return "/" + self.template.format_map(values)

    @property
    def has_parameter(self) -> bool:
        return "{" in self.template


def list_addresses() -> list[Address]:
    """Return the patterns in the resolver's order; Wagtail's admin is left out.

    Raises:
        LookupError: a pattern that nobody said how to fill in.
    """
    return list(_walk(get_resolver(), "", (), False))


def _walk(
    resolver: URLResolver, prefix: str, spaces: tuple[str, ...], is_translated: bool
) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name or route))
            yield Address(name, _make_template(route), is_translated)
        elif route != "admin/":
            names = (*spaces, pattern.namespace) if pattern.namespace else spaces
            has_prefix = type(pattern.pattern).__name__ == "LocalePrefixPattern"
            yield from _walk(pattern, route, names, is_translated or has_prefix)


def _make_template(route: str) -> str:
    if route in TEMPLATES:
        return TEMPLATES[route]
    template = CONVERTER.sub(lambda found: "{" + KINDS[found["kind"]] + "}", route)
    if re.search(r"[\\^$()<>]", template):
        raise LookupError(f"{route} needs a line in TEMPLATES")
    return template
