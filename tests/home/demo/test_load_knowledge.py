"""The demonstration network has guides, resources, charters and projects of each sort."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import Count
from django.utils import timezone

from cms.models import User
from cms.publication import Publication
from home.demo.accounts import (
    MEMBER,
    TRUSTED_MEMBER,
)
from network.models import Space
from resources.charters.comparison import compare_versions
from resources.charters.standing import list_standings
from resources.enums import ActionState, LoanState, ResourceKind
from resources.models import (
    Amendment,
    Charter,
    CharterVersion,
    GuidePage,
    Loan,
    MemberFile,
    ProjectPage,
    SharedResource,
    Signature,
    SigningEvent,
    StagePage,
    StageQuestion,
)
from resources.projects.reading import read_plan
from resources.services.charters import verify_versions
from resources.services.free_days import list_overbooked

# Loading takes seconds: one worker does it.
pytestmark = pytest.mark.xdist_group("demonstration")


def test_guides_show_what_they_can_do(network):
    guide = GuidePage.objects.get(slug="monter-un-lieu-a-la-campagne")
    assert len(guide.stages) == 5
    today = timezone.localdate()
    sheets = [sheet for one in guide.stages_with_sheets for sheet in one.sheets]
    assert {sheet.is_out_of_date(today) for sheet in sheets} == {True, False}
    asked = {
        (one.stage.get_parent().slug, one.key) for one in StageQuestion.objects.all()
    }
    assert asked == {
        ("ouvrir-un-tiers-lieu", "statut"),
        ("ouvrir-un-tiers-lieu", "murs"),
        ("monter-un-lieu-a-la-campagne", "murs"),
        ("travailler-pres-de-chez-soi", "lecteur"),
    }
    for stage in StagePage.objects.live():
        offered = {
            (question.key, answer.key)
            for question in stage.guide.questions
            for answer in question.answers.all()
        }
        parts = [stage, *stage.sheets, *stage.checklist.all()]
        words = {word for part in parts for word in part.condition.words}
        assert words <= offered, stage
    law = StagePage.objects.get(slug="juridique", url_path__contains="ouvrir")
    assert law.listed_examples
    kinds = SharedResource.objects.useful_at(law.translation_key)
    assert {"template", "service"} <= set(kinds.values_list("kind", flat=True))


def test_resources_are_of_every_kind(network):
    resources = SharedResource.objects.published()
    kinds = Counter(resources.values_list("kind", flat=True))
    assert {kind: number for kind, number in kinds.items() if number < 2} == {}
    assert set(kinds) == set(ResourceKind.values)
    lent = Counter(resources.filter(is_lent=True).values_list("kind", flat=True))
    assert lent["equipment"] >= 2
    assert lent["speaker"] >= 2
    assert resources.filter(quantity__gt=1).exists()
    assert not resources.filter(is_lent=True, lending_terms="").exists()
    # Adapted from what was adapted itself; both files; nothing but a way to write.
    assert resources.exclude(adapted_from__adapted_from=None).exists()
    assert resources.exclude(editable_document=None).exists()
    assert resources.filter(document=None, url="").exists()
    assert resources.with_downloads().filter(downloads__gt=100).exists()
    users = resources.tools().annotate(spaces=Count("tool_uses"))
    assert users.filter(spaces__gte=3).count() >= 3


def test_members_have_a_resource_that_waits_and_one_that_came_back(network):
    member = User.objects.get(email=MEMBER.email)
    [space] = Space.objects.managed_by(member, timezone.localdate())
    proposed = SharedResource.objects.filter(space=space, live=False)
    stages = {one.title: Publication.of(one) for one in proposed}
    assert {title: str(one.stage) for title, one in stages.items()} == {
        "Livret d’accueil d’un nouveau venu": "in_moderation",
        "Parler de son lieu à la presse locale": "to_revise",
    }
    assert "photos" in stages["Parler de son lieu à la presse locale"].comment
    [file] = MemberFile.objects.all()
    assert (file.resource.title, file.is_public) == (
        "Livret d’accueil d’un nouveau venu",
        False,
    )


def test_charters_show_what_they_can_do(network):
    ours = Charter.objects.get(issuer="")
    verify_versions()
    signed = Signature.objects.public().latest_of_each_space(ours.pk)
    assert Counter(one.version.number for one in signed) == {1: 3, 2: 8}
    assert Signature.objects.exclude(withdrawn_at=None).count() == 1
    # The member of the demonstration has one to confirm.
    member = User.objects.get(email=MEMBER.email)
    [space] = Space.objects.managed_by(member, timezone.localdate())
    [standing] = list_standings([space])[0].standings
    assert standing.is_to_sign
    assert standing.signature is not None
    region = CharterVersion.objects.with_text().get(
        charter__slug="charte-auvergne-rhone-alpes"
    )
    origin = CharterVersion.objects.with_text().get(pk=region.adapted_from_id)
    changes = compare_versions(origin, region).criteria
    assert Counter(str(one.state) for one in changes) == {
        "kept": 4,
        "changed": 1,
        "removed": 2,
        "added": 2,
    }
    assert all(one.reason for one in changes if one.state != "kept")
    [signing] = SigningEvent.objects.all()
    assert (signing.signatures.count(), signing.witnesses.count()) == (3, 2)
    waiting = Amendment.objects.waiting()
    assert [one.round.version.number for one in waiting] == [3]
    states = Amendment.objects.values_list("state", flat=True)
    assert set(states) == {"accepted", "partly", "refused", "proposed"}


def test_projects_show_each_state_and_sources_that_disagree(network):
    today = timezone.localdate()
    projects = {one.slug: one for one in ProjectPage.objects.live()}
    states = {one.find_state(today) for one in projects.values()}
    assert states == {"finished", "under_way", "planned"}
    aquitaine = projects["tiers-lieux-travailler-autrement-en-aquitaine"]
    assert aquitaine.find_state(today) == "finished"
    [coordinator] = aquitaine.partners.filter(is_coordinator=True)
    assert (coordinator.name, coordinator.role != "") == ("Arrêt Minute", True)
    plan = read_plan(aquitaine, day=today)
    assert (len(plan.phases), plan.action_count, plan.done_count) == (2, 8, 0)
    assert [len(one.branches) for one in plan.objectives] == [4, 3, 5]
    [funding] = plan.fundings
    kept = {fact.name: fact.kept for fact in funding.facts}
    assert (kept["amount"], kept["nature"]) == (3_804_000, "operating")
    [disputed] = [fact for fact in funding.facts if fact.is_disputed]
    said = [str(saying.value) for saying in disputed.sayings]
    assert (disputed.name, said) == ("decided_on", ["2011-10-26", "2011-10-17"])
    running = projects["le-materiel-d-un-lieu-au-service-de-tous"]
    actions = read_plan(running, day=today).actions
    assert {one.action.state for one in actions} == set(ActionState.values)
    assert [len(one.proofs) for one in actions] == [1, 1, 1, 0, 0, 0]
    for project in projects.values():
        for rows in (project.phases, project.objectives, project.actions,
                     project.partners, project.fundings, project.sources):  # fmt: skip
            for row in rows.all():
                row.full_clean()


def test_loans_show_every_state_and_never_more_than_there_is(network):
    today = timezone.localdate()
    assert {loan.state for loan in Loan.objects.all()} == set(LoanState)
    assert Loan.objects.late(today).count() == 1
    lent = SharedResource.objects.filter(is_lent=True)
    kinds = {ResourceKind.EQUIPMENT, ResourceKind.SPEAKER}
    assert {one.kind for one in lent} == kinds
    assert [list_overbooked(one, today) for one in lent if one.loans.exists()] == [
        []
    ] * 4
    # Both members of the demonstration have something to do.
    for account, waits in ((TRUSTED_MEMBER, 2), (MEMBER, 0)):
        spaces = Space.objects.managed_by(User.objects.get(email=account.email), today)
        loans = Loan.objects.concerning(spaces)
        assert loans.filter(resource__space__in=spaces).waiting(today).count() == waits
        assert loans.coming(today).exists()
