"""Who is answered what at each address: roles × every address of the resolver.

Each address outside the admin has a line in ``EXPECTED``; a new one fails until it
has. A letter a role, in the order of ``ROLES``:

o answered (200)   l sent to the login   > sent elsewhere   x forbidden (403)
. unknown (404)    - another method is asked for (405)
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from events.models import Series
from tests import personas
from tests.events.member_site import draft_of
from tests.hub.addresses import list_addresses
from tests.resources.contributing.member_site import draft_of as share_draft

pytestmark = pytest.mark.django_db

# visitor, member of the space, of another one, editor, moderator, administrator.
ROLES = ("visitor", "member", "other", "editor", "moderator", "admin")
PUBLIC = "oooooo"
NOTHING = "......"
OWN = "lo.xxx"
# Its host's people, and those who publish dates.
OWN_AND_MODERATED = "lo..oo"
ASKED_BY_POST = "l--xxx"

EXPECTED = {
    "health_live": PUBLIC,
    "health_ready": PUBLIC,
    "admin/login/": "l>>>>>",
    "wagtaildocs_serve": NOTHING,
    "wagtaildocs_authenticate_with_password": NOTHING,
    "event_feeds:network": PUBLIC,
    "event_feeds:series": PUBLIC,
    "event_feeds:series_rule": PUBLIC,
    "event_feeds:type": PUBLIC,
    "event_feeds:space": PUBLIC,
    "event_feeds:department": NOTHING,
    "event_feeds:tag": PUBLIC,
    "event_feeds:event": PUBLIC,
    "event_feeds:atom": PUBLIC,
    "event_feeds:alias": NOTHING,
    "event_feeds:personal": NOTHING,
    "network_data:geojson": PUBLIC,
    "network_data:csv": PUBLIC,
    "robots": PUBLIC,
    "sitemap": PUBLIC,
    "sitemap_section": NOTHING,
    "account_login": "o>>>>>",
    "account_signup": "o>>>>>",
    "account_logout": ">ooooo",
    "account_inactive": PUBLIC,
    # These accounts have no password to give again.
    "account_reauthenticate": "lxxxxx",
    "account_change_password": "l>>>>>",
    "account_set_password": "looooo",
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_email": "looooo",
    "member_events:list": "looxxx",
    "member_events:create": "looxxx",
    "member_events:event": OWN,
    "member_events:edit": OWN,
    "member_events:preview": OWN,
    "member_events:duplicate": OWN,
    "member_events:withdraw": OWN,
    "member_events:move": OWN,
    "member_events:place": OWN,
    "member_events:postpone": OWN,
    "member_events:restore": OWN,
    "member_events:cancel": OWN,
    "member_events:discard": OWN,
    # No series has the key of the draft: tests/events/test_rota_pages.py has the roles.
    "member_rota:rota": "l..xxx",
    "member_rota:keep": "l--xxx",
    "member_rota:join": "l..xxx",
    "member_rota:leave": "l..xxx",
    "member_rota:take": "l..xxx",
    "member_rota:skip": "l..xxx",
    "member_rota:swap": "l..xxx",
    "member_rota:hand_over": "l..xxx",
    "member_rota:fix": "l..xxx",
    "member_events:registrations": OWN_AND_MODERATED,
    "member_events:registrations_csv": OWN_AND_MODERATED,
    "member_events:add_registration": OWN_AND_MODERATED,
    "member_events:attendance": "l-----",
    # The draft has nobody to cancel.
    "member_events:cancel_registration": "l.....",
    "member_events:my_registrations": "looooo",
    "member_events:calendars": "looooo",
    # The key of the draft is no address of theirs.
    "member_events:revoke_calendar": "l.....",
    "member_events:minutes": "lo.ooo",
    # No minutes are written yet.
    "member_events:minutes_preview": "l.....",
    "member_events:minutes_withdraw": "l.....",
    "member_events:follow_up": "looxxx",
    "member_events:decision": "l.....",
    "member_events:event_from_decision": "l..xxx",
    "member_events:task": "l-----",
    "member_series:list": "looxxx",
    "member_series:create": "looxxx",
    "member_series:series": OWN,
    "member_series:edit": OWN,
    "member_series:preview": OWN,
    "member_series:duplicate": OWN,
    "member_series:add_date": OWN,
    "member_series:withdraw": OWN,
    "member_series:end": OWN,
    "member_series:discard": OWN,
    "member_events:feeds": "looxxx",
    "member_events:feed_add": "looxxx",
    "member_events:feed_read": ASKED_BY_POST,
    "member_events:feed_pause": ASKED_BY_POST,
    "member_events:feed_remove": "l..xxx",
    # No draft is open: tests/resources/amendments/test_amendment_pages.py has the roles.
    "member_amendments:round": "l..xxx",
    "member_amendments:propose": "l..xxx",
    "member_amendments:amendment": "l..xxx",
    "member_amendments:support": "l--xxx",
    "member_amendments:withdraw": "l--xxx",
    "member_charters:list": "looxxx",
    # No charter has that slug: tests/resources/signatures/test_signing_pages.py has the roles.
    "member_charters:charter": "l..xxx",
    "member_charters:sign": "l.xxxx",
    "member_charters:signature": "l..xxx",
    "member_charters:receipt": "l..xxx",
    "member_charters:withdraw": "l..xxx",
    "member_charters:reply": "l--xxx",
    "member_tools:list": "looxxx",
    # The resource of the tests is not a tool, nor is the space the other member's:
    # tests/resources/tools/test_tool_pages.py has the roles.
    "member_tools:use": "l>xxxx",
    "member_tools:withdraw": "l--xxx",
    "member_loans:list": "looxxx",
    # Nothing is lent: tests/resources/lending/test_lending_pages.py has the roles.
    "member_loans:loan": "l..xxx",
    "member_loans:answer": "l--xxx",
    "member_loans:cancel": "l..xxx",
    "member_loans:return": "l--xxx",
    "member_loans:file": "l..xxx",
    # A resource that is not lent leads back to its page.
    "member_loans:ask": "l>>xxx",
    "member_loans:block": "l..xxx",
    "member_loans:free": "l--xxx",
    "member_resources:list": "looxxx",
    "member_resources:create": "looxxx",
    "member_resources:resource": OWN,
    "member_resources:edit": OWN,
    "member_resources:preview": OWN,
    "member_resources:withdraw": OWN,
    "member_resources:discard": OWN,
    # Nobody sees the draft: there is nothing to take out.
    "member_resources:take_out": "l>.xxx",
    "member_dashboard": "looooo",
    "decisions:register": PUBLIC,
    "decisions:decision": NOTHING,
    "events:agenda": PUBLIC,
    "events:subscribe": PUBLIC,
    # Whoever reloads the answer of a form comes back to the page.
    "events:shorten": ">>>>>>",
    "events:digest": ">>>>>>",
    "events:digest_sent": PUBLIC,
    "events:digest_subscription": NOTHING,
    "events:series": PUBLIC,
    "events:programme": PUBLIC,
    # Nobody registers for the date of the tests, and no key was signed.
    "events:register": NOTHING,
    "events:registration_sent": NOTHING,
    "events:registration": NOTHING,
    "events:event": PUBLIC,
    "events:quarter": PUBLIC,
    "events:poster": PUBLIC,
    "events:share_image": PUBLIC,
    "network:space_list": PUBLIC,
    "network:space": PUBLIC,
    "resources:resource_list": PUBLIC,
    "resources:resource": PUBLIC,
    # The resource of the tests has no file.
    "resources:file": NOTHING,
    "resources:editable_file": NOTHING,
    "resources:enquiry": PUBLIC,
    "resources:enquiry_sent": PUBLIC,
    "glossary": PUBLIC,
    "simulator": PUBLIC,
    "search:results": PUBLIC,
    r"^((?:[\w\-]+/)+[\w\-]+\.(?:pdf|csv|json))$": NOTHING,
    "wagtailcore_authenticate_with_password": NOTHING,
    "_util/login/": "llllll",
    "wagtailcore_login": "llllll",
    "wagtail_serve": NOTHING,
}
# Views of a snippet in the admin, for who keeps it and for who does not.
ADMIN_VIEWS = ("list", "list_results", "add", "edit", "history", "usage", "delete")
# Models whose list editors and moderators may open; the administrator opens all.
EDITED = {
    "events.Decision", "events.Event", "events.EventType", "events.Minutes",
    "events.Programme", "events.Series", "events.Task", "events.Topic",
    "network.Space", "network.SpaceMember", "resources.Charter",
    "resources.CharterVersion", "resources.GlossaryTerm", "resources.SharedResource",
    "resources.Signature", "resources.SigningEvent", "resources.Amendment",
    "resources.AmendmentComment", "resources.AmendmentRound", "resources.Loan",
}  # fmt: skip


@pytest.fixture
def people(network):
    """Each role's account; the member speaks for the space that hosts the draft."""
    return {
        "visitor": None,
        "member": personas.member(spaces=[network.space]),
        "other": personas.other_member(),
        "editor": personas.editor(),
        "moderator": personas.moderator(),
        "admin": personas.admin(),
    }


def sign(response) -> str:
    """Return the letter of an answer."""
    if response.status_code == 302:
        return "l" if response.url.startswith("/espace/connexion/") else ">"
    return {200: "o", 403: "x", 404: ".", 405: "-"}[response.status_code]


def test_every_address_has_its_line_and_every_line_its_address():
    assert sorted({one.name for one in list_addresses()}) == sorted(EXPECTED)


@pytest.mark.parametrize("role", ROLES)
def test_address_answers_each_role_as_agreed(client, people, role):
    draft = draft_of(people["member"])
    known = {
        "slug": "ti-numerik",
        "pk": str(draft.pk),
        "filename": "modele.pdf",
        "key": "set-password",
    }
    if people[role]:
        client.force_login(people[role])
    place = ROLES.index(role)
    shared = share_draft(people["member"])
    of_resource = known | {"pk": str(shared.pk)}
    of_series = known | {"pk": str(Series.objects.get(slug="ti-numerik").pk)}
    found = {}
    for one in list_addresses():
        room = one.name.partition(":")[0]
        values = {"member_series": of_series, "member_resources": of_resource}.get(
            room, known
        )
        found[one.name] = sign(client.get(one.fill(values)))
    assert found == {name: letters[place] for name, letters in EXPECTED.items()}


@pytest.mark.parametrize("name", ["edit", "withdraw", "cancel", "discard"])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_writes_a_member_s_date(client, people, role, name):
    draft = draft_of(people["member"])
    if people[role]:
        client.force_login(people[role])
    response = client.post(reverse(f"member_events:{name}", args=[draft.pk]), {})
    if role == "member":
        assert response.status_code in (302, 422)
    else:
        assert sign(response) == {"visitor": "l", "other": "."}.get(role, "x")
        draft.refresh_from_db()


@pytest.mark.parametrize("name", ["edit", "add_date", "withdraw", "end", "discard"])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_writes_a_member_s_series(client, people, role, name):
    series = Series.objects.get(slug="ti-numerik")
    if people[role]:
        client.force_login(people[role])
    response = client.post(reverse(f"member_series:{name}", args=[series.pk]), {})
    if role == "member":
        assert response.status_code in (302, 422)
    else:
        assert sign(response) == {"visitor": "l", "other": "."}.get(role, "x")
        assert Series.objects.get(pk=series.pk).live


@pytest.mark.parametrize("name", ["edit", "withdraw", "discard", "take_out"])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_writes_a_member_s_resource(client, people, role, name):
    shared = share_draft(people["member"])
    if people[role]:
        client.force_login(people[role])
    response = client.post(reverse(f"member_resources:{name}", args=[shared.pk]), {})
    if role == "member":
        assert response.status_code in (302, 422)
    else:
        assert sign(response) == {"visitor": "l", "other": "."}.get(role, "x")
        shared.refresh_from_db()


@pytest.mark.parametrize("role", ROLES)
def test_admin_opens_for_its_people(client, people, role):
    if people[role]:
        client.force_login(people[role])
    response = client.get(reverse("wagtailadmin_home"))
    expected = 200 if role in ("editor", "moderator", "admin") else 302
    assert response.status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_records_in_the_admin_open_for_who_keeps_them(client, people, role):
    if people[role]:
        client.force_login(people[role])
    opened = set()
    for model in get_snippet_models():
        viewset = model.snippet_viewset
        record = model.objects.first()
        for name in ADMIN_VIEWS:
            if name in ("list", "list_results", "add"):
                address = reverse(viewset.get_url_name(name))
            elif record is None:
                continue
            else:
                address = reverse(viewset.get_url_name(name), args=[record.pk])
            response = client.get(address)
            assert response.status_code in (200, 302), (address, response.status_code)
            if response.status_code == 200 and name == "list":
                opened.add(model._meta.label)
    everything = {model._meta.label for model in get_snippet_models()}
    judged = EDITED | {"events.ExternalFeed"}
    expected = {"editor": EDITED, "moderator": judged, "admin": everything}
    assert opened == expected.get(role, set())
