from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from cms.models import User

pytestmark = pytest.mark.django_db


def test_email_is_stored_in_lower_case():
    assert User.objects.create_user("Accueil@Hub.TEST").email == "accueil@hub.test"


def test_email_is_unique_whatever_its_case():
    User.objects.create_user("accueil@hub.test")
    with pytest.raises(IntegrityError):
        User.objects.create_user("ACCUEIL@hub.test")


def test_database_refuses_upper_case_that_skips_the_model():
    user = User.objects.create_user("accueil@hub.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email="Accueil@hub.test")


def test_account_needs_an_email():
    with pytest.raises(ValueError, match="needs an e-mail"):
        User.objects.create_user("")


def test_login_ignores_case(client):
    User.objects.create_user("accueil@hub.test", "correct-horse-battery")
    response = client.post(
        "/espace/connexion/",
        {"login": "Accueil@HUB.test", "password": "correct-horse-battery"},
    )
    assert response.status_code == 302


def test_wrong_password_keeps_the_email_typed(client):
    User.objects.create_user("accueil@hub.test", "correct-horse-battery")
    response = client.post(
        "/espace/connexion/", {"login": "accueil@hub.test", "password": "wrong"}
    )
    assert response.status_code == 200
    assert 'value="accueil@hub.test"' in response.text


def test_unknown_and_known_email_get_the_same_reset_answer(client):
    User.objects.create_user("accueil@hub.test", "correct-horse-battery")
    answers = [
        client.post("/espace/mot-de-passe/oublie/", {"email": email})
        for email in ("accueil@hub.test", "nobody@hub.test")
    ]
    assert [(a.status_code, a.url) for a in answers] == [
        (302, "/espace/mot-de-passe/oublie/envoye/")
    ] * 2
