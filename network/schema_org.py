"""A space in the words of schema.org, for search engines and assistants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from network.models import Space

_DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def describe_place(space: Space, *, site_url: str) -> dict[str, Any]:
    """Return what https://schema.org/LocalBusiness asks of a space open to visitors.

    Only what the page shows; what nobody said is left out.
    """
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness" if space.status == "open" else "Place",
        "name": space.name,
        "url": f"{site_url}{space.get_absolute_url()}",
        "description": space.summary,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": space.street,
            "postalCode": space.postcode,
            "addressLocality": space.city,
            "addressCountry": "FR",
        },
        "telephone": space.phone,
        "email": space.email,
        "sameAs": space.website,
    }
    if space.position is not None:
        described["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": space.latitude,
            "longitude": space.longitude,
        }
    if space.status == "open":
        described["openingHoursSpecification"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{day}",
                "opens": f"{span.opens:%H:%M}",
                "closes": f"{span.closes:%H:%M}",
            }
            for day, spans in zip(_DAYS, space.week.days, strict=True)
            for span in spans
        ]
    return {name: value for name, value in described.items() if value}
