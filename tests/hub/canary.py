"""What the public may not see and what it may, told by two words."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import PageViewRestriction

from events.enums import RegistrationMode, RegistrationStatus, Visibility
from events.models import (
    Attendee,
    DecisionStep,
    Event,
    MinutesTheme,
    Registration,
)
from network.enums import SpaceStatus
from resources.enums import LoanState, ResourceKind
from resources.models import (
    BlockedDays,
    Loan,
    SharedResource,
    StagePage,
    ToolUse,
)
from resources.services.contribution import create_resource, revise_resource
from resources.services.contribution_steps import submit_resource
from resources.services.member_files import keep_file
from tests import personas
from tests.factories.decisions import DecisionFactory, TaskFactory, TopicFactory
from tests.factories.events import (
    EventFactory,
    EventTypeFactory,
    MinutesFactory,
    SeriesFactory,
)
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    PDF,
    CharterFactory,
    CharterPageFactory,
    CharterVersionFactory,
    GuidePageFactory,
    ProjectPageFactory,
    SharedResourceFactory,
    SheetPageFactory,
    StagePageFactory,
    add_project_rows,
    make_article,
)
from tests.resources.contributing.member_site import values as resource_values

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
HIDDEN = "xylocope"
SHOWN = "bourdon"


def word(text: str) -> dict[str, str]:
    return {"title": f"Le {text}", "slug": f"le-{text}"}


def hide_pages() -> list[str]:
    """Make every kind of page that the public does not read; return their addresses."""
    draft = GuidePageFactory(live=False, introduction=HIDDEN, title=f"{HIDDEN} draft")
    under_draft = StagePageFactory(parent=draft, title=f"{HIDDEN} under a draft")
    unpublished = GuidePageFactory(title=f"{HIDDEN} unpublished")
    unpublished.unpublish()
    expired = GuidePageFactory(
        live=False,
        expired=True,
        expire_at=NOW - datetime.timedelta(days=1),
        title=f"{HIDDEN} expired",
    )
    scheduled = GuidePageFactory(
        live=False, go_live_at=NOW + datetime.timedelta(days=9), title=f"{HIDDEN} later"
    )
    private = GuidePageFactory(title=f"{HIDDEN} private", introduction=HIDDEN)
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.LOGIN
    )
    stage = StagePageFactory(parent=private, title=f"{HIDDEN} stage")
    sheet = SheetPageFactory(parent=stage, title=f"{HIDDEN} sheet", in_short=HIDDEN)
    project = ProjectPageFactory(
        title=f"{HIDDEN} project",
        live=False,
        territory=HIDDEN,
        partners=[{"name": HIDDEN}],
    )
    # Live pages with an unpublished change.
    changed = GuidePageFactory(title="Guide")
    changed.title = changed.introduction = f"{HIDDEN} changed"
    changed.save_revision()
    pages = [
        draft,
        under_draft,
        unpublished,
        expired,
        scheduled,
        private,
        stage,
        sheet,
        project,
    ]
    return [page.url for page in pages]


def hide_records() -> list[str]:
    """Make every kind of record that the public does not read; return addresses."""
    kind = EventTypeFactory()
    words = {
        "type": kind,
        "summary": HIDDEN,
        "description": HIDDEN,
        "price": HIDDEN,
        "venue_name": HIDDEN,
        "venue_city": HIDDEN,
        "online_url": f"https://{HIDDEN}.example/",
        "tags": [HIDDEN],
    }
    events = [
        EventFactory(title=f"{HIDDEN} draft", live=False, **words),
        EventFactory(title=f"{HIDDEN} members", visibility=Visibility.MEMBERS, **words),
        EventFactory(title=f"{HIDDEN} private", visibility=Visibility.PRIVATE, **words),
        EventFactory(title=f"{HIDDEN} unpublished", **words),
    ]
    events[-1].unpublish()
    hidden_series = SeriesFactory(
        title=f"Série {HIDDEN}", slug=f"serie-{HIDDEN}", visibility=Visibility.PRIVATE
    )
    EventFactory(title="Public", series=hidden_series, recurrence_key="1", type=kind)
    spaces = [
        SpaceFactory(name=f"{HIDDEN} draft", slug=f"{HIDDEN}-1", live=False),
        SpaceFactory(
            name=f"{HIDDEN} closed",
            slug=f"{HIDDEN}-2",
            status=SpaceStatus.CLOSED,
            latitude="48.2",
            longitude="-3.3",
        ),
    ]
    resources = [
        SharedResourceFactory(
            title=f"{HIDDEN} draft",
            slug=f"{HIDDEN}-3",
            summary=HIDDEN,
            live=False,
            tags=[HIDDEN],
        ),
        SharedResourceFactory(title="Modèle", space=spaces[0]),
    ]
    SharedResourceFactory(title="Dérivé", adapted_from=resources[0])
    tool = SharedResourceFactory(title="Outil", kind=ResourceKind.TOOL)
    for space in spaces:
        ToolUse.objects.create(resource=tool, space=space, purposes=["booking"])
    files = hide_resources_of_members()
    hide_decisions()
    person = personas.member(
        f"{HIDDEN}@hub.test", spaces=[SpaceFactory(name="Ti Numerik")]
    )
    person.first_name = person.last_name = HIDDEN.title()
    person.save()
    hidden = [one.get_absolute_url() for one in (*events, *spaces, resources[0])]
    return [*hidden, *files]


def hide_resources_of_members() -> list[str]:
    """Make resources that wait, at a stage that is read; return their files' addresses."""
    person = personas.member(f"{HIDDEN}-2@hub.test", spaces=[SpaceFactory()])
    space = personas.space_of(person)
    stage = StagePage.objects.get(slug=SHOWN)
    words = {
        "title": HIDDEN,
        "summary": HIDDEN,
        "description": HIDDEN,
        "price": HIDDEN,
        "lending_terms": HIDDEN,
        "tags": [HIDDEN],
        "stages": [stage],
    }
    file = keep_file(
        SimpleUploadedFile(f"{HIDDEN}.pdf", PDF), by=person, now=NOW
    ).document
    waiting = create_resource(
        values=resource_values(space, document=file, **words), by=person, now=NOW
    )
    submit_resource(waiting, by=person, now=NOW)
    # A public one with an unpublished change.
    public = SharedResourceFactory(title="Public", space=space)
    public.save_revision()
    changed = keep_file(
        SimpleUploadedFile(f"{HIDDEN}.pdf", PDF), by=person, now=NOW
    ).document
    revise_resource(
        public,
        values=resource_values(space, document=changed, **words),
        by=person,
        now=NOW,
        seen_revision=public.latest_revision_id,
    )
    return [file.url, changed.url]


def register_people(date: Event) -> None:
    """Have people come to a public date: who they are is nobody's to read."""
    for number, status in enumerate(RegistrationStatus):
        Registration.objects.create(
            event=date,
            name=f"{HIDDEN} {number}",
            email=f"{HIDDEN}-{number}@hub.test",
            answer=HIDDEN,
            second_answer=HIDDEN,
            status=status,
            created_at=NOW,
            waiting_since=NOW,
        )


def lend_secretly(resource: SharedResource) -> None:
    """Lend a public resource: that it is away is shown, never to whom or what for."""
    days = {"first_day": NOW.date(), "last_day": NOW.date(), "resource": resource}
    borrower = SpaceFactory(name=f"{HIDDEN} borrows", live=False)
    for state in LoanState:
        Loan.objects.create(
            **days,
            space=borrower,
            purpose=HIDDEN,
            answer=HIDDEN,
            cancellation_reason=HIDDEN,
            state=state,
            asked_at=NOW,
        )
    BlockedDays.objects.create(**days, reason=HIDDEN, blocked_at=NOW)


def hide_decisions() -> None:
    """Make minutes that the public does not read, and the hidden parts of public ones."""
    public = MinutesFactory()
    decision = DecisionFactory(minutes=public)
    Attendee.objects.create(minutes=public, name=HIDDEN)
    TaskFactory(decision=decision, title=HIDDEN)
    changed = public.get_latest_revision_as_object()
    changed.introduction = HIDDEN
    changed.themes = [MinutesTheme(question=HIDDEN, text=HIDDEN)]
    changed.save_revision()
    for visibility, live in (
        (Visibility.PUBLIC, False),
        (Visibility.MEMBERS, True),
        (Visibility.PRIVATE, True),
    ):
        minutes = MinutesFactory(introduction=HIDDEN, visibility=visibility, live=live)
        minutes.themes = [MinutesTheme(question=HIDDEN, text=HIDDEN)]
        minutes.save()
        topic = TopicFactory(slug=HIDDEN, name=HIDDEN)
        DecisionFactory(minutes=minutes, text=HIDDEN, topic=topic)
        step = DecisionFactory(minutes=minutes)
        DecisionStep.objects.create(decision=step, state="done", note=HIDDEN, at=NOW)


def show_all() -> None:
    """Make one public record of each kind with the word that is to be found."""
    space = SpaceFactory(
        name=f"Le {SHOWN}", slug=SHOWN, latitude="48.2", longitude="-3.3"
    )
    series = SeriesFactory(title=f"Série {SHOWN}", slug=f"serie-{SHOWN}", host=space)
    date = EventFactory(
        **word(SHOWN),
        registration_mode=RegistrationMode.HERE,
        capacity=2,
        question=SHOWN,
        series=series,
        recurrence_key="1",
        host=space,
        summary=SHOWN,
        type=EventTypeFactory(),
        tags=[SHOWN],
    )
    register_people(date)
    minutes = MinutesFactory(event__title=f"Réunion {SHOWN}", introduction=SHOWN)
    DecisionFactory(number=1, minutes=minutes, text=f"Décider {SHOWN}")
    lend_secretly(
        SharedResourceFactory(
            title=f"Le {SHOWN}",
            slug=SHOWN,
            space=space,
            kind=ResourceKind.EQUIPMENT,
            is_lent=True,
            quantity=3,
        )
    )
    guide = GuidePageFactory(title=f"Guide {SHOWN}", slug=SHOWN)
    SheetPageFactory(
        parent=StagePageFactory(parent=guide, title=f"Étape {SHOWN}", slug=SHOWN),
        title=f"Fiche {SHOWN}",
        slug=SHOWN,
    )
    project = ProjectPageFactory(
        title=f"Projet {SHOWN}",
        slug=SHOWN,
        partners=[
            {"space": space},
            {"space": SpaceFactory(name=f"{HIDDEN} partner", live=False)},
        ],
        phases=[{"number": 1, "title": SHOWN, "starts": "2026"}],
        actions=[
            {
                "text": SHOWN,
                "resource": SharedResourceFactory(title=HIDDEN, live=False),
            },
            {"text": "Sa preuve", "event": EventFactory(title=HIDDEN, live=False)},
        ],
        fundings=[{"number": 1, "title": SHOWN}],
    )
    add_project_rows(project, sources=[{"title": HIDDEN}], actions=[{"text": HIDDEN}])
    project.save_revision()
    charter = CharterFactory(title=f"Charte {SHOWN}")
    CharterVersionFactory(
        charter=charter,
        texts=(f"Article {SHOWN}",),
        published=datetime.date(2026, 9, 1),
    )
    draft = CharterVersionFactory(charter=charter)
    draft.articles = [make_article(f"Article {HIDDEN}", 0)]
    draft.save()
    CharterPageFactory(charter=charter)
