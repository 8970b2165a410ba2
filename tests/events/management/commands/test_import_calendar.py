"""Bringing an agenda over from the command line: what is told, what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from events.management.commands import import_calendar
from events.models import Event, EventType, Series
from network.enums import SpaceStatus
from tests.events.services.mirror.source import make_file, make_vevent
from tests.factories.events import EventTypeFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parents[2] / "services" / "archive" / "files"


@pytest.fixture
def space():
    EventTypeFactory(name="Atelier", slug="atelier")
    return SpaceFactory(name="Le Bocal", slug="le-bocal")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def plain(text):
    """Return ``text`` with spaces for those that no line ends at."""
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def run(path, *options, slug="le-bocal", **streams):
    out = io.StringIO()
    call_command(
        "import_calendar", str(path), "--space", slug, *options, stdout=out, **streams
    )
    return plain(out.getvalue()).splitlines()


def test_the_report_says_what_came_and_what_did_not(space):
    assert run(FILES / "joyous.ics") == [
        "Importé : 14 rendez-vous, dont 1 série.",
        "Ceux-ci reviennent d’une façon que les séries d’ici ne connaissent pas : "
        "chacun de leurs rendez-vous est à part.",
        "  - Bilan des 13 et 27 : 6 rendez-vous",
    ]
    assert run(FILES / "mobilizon.ics") == [
        "Importé : 1 rendez-vous.",
        "Refusé : 1 rendez-vous.",
        "  - Un rendez-vous sans titre : Il est marqué comme privé et le reste.",
    ]


def test_a_second_run_says_that_everything_is_here(space):
    run(FILES / "joyous.ics")
    assert run(FILES / "joyous.ics") == [
        "Importé : 0 rendez-vous.",
        "Déjà là : 6 rendez-vous et 1 série.",
    ]


def test_a_dry_run_reports_and_writes_nothing(space):
    report = run(FILES / "joyous.ics", "--dry-run")
    assert report[:2] == [
        "Un essai : rien n’a été écrit.",
        "Importé : 14 rendez-vous, dont 1 série.",
    ]
    assert (Event.objects.count(), Series.objects.count()) == (0, 0)


def test_a_terminal_sees_a_bar_and_a_log_does_not(space):
    terminal, log = Terminal(), io.StringIO()
    run(FILES / "gancio.ics", stderr=terminal)
    run(FILES / "joyous.ics", stderr=log)
    assert "█" * 30 + " 2/2" in terminal.getvalue()
    assert log.getvalue() == ""


def test_the_type_is_chosen(space):
    EventTypeFactory(name="Repas", slug="repas")
    run(FILES / "the_events_calendar.ics", "--type", "repas")
    assert set(Event.objects.values_list("type__slug", flat=True)) == {"repas"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Le fichier est vide."),
        (
            b"<!DOCTYPE html><title>Agenda</title>",
            "Le fichier est une page web, pas un agenda : exportez-le à nouveau "
            "au format .ics.",
        ),
        (b"\x00\x01\x02", "Le fichier n’est pas un agenda au format iCalendar."),
        (
            make_file(make_vevent(1))[:-40],
            "L’agenda s’arrête avant sa fin : exportez-le ou téléchargez-le à nouveau.",
        ),
    ],
    ids=["empty", "html", "binary", "cut"],
)
def test_a_file_that_is_no_calendar_is_refused(space, tmp_path, content, said):
    path = tmp_path / "agenda.ics"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        run(path)
    assert plain(refusal.value) == said
    assert Event.objects.count() == 0


def test_a_file_that_is_not_there_is_refused(space, tmp_path):
    for path in (tmp_path / "absent.ics", tmp_path):
        with pytest.raises(CommandError, match="ne peut pas être lu"):
            run(path)


def test_a_file_that_is_too_large_is_refused(space, tmp_path, monkeypatch):
    monkeypatch.setattr(import_calendar, "LARGEST", 100)
    with pytest.raises(CommandError, match=r"fait plus de 50.Mio"):
        run(FILES / "gancio.ics")


def test_a_space_that_does_not_exist_is_refused_with_those_that_do(space):
    SpaceFactory(slug="ferme", status=SpaceStatus.CLOSED)
    with pytest.raises(CommandError) as refusal:
        run(FILES / "gancio.ics", slug="le-bocat")
    assert plain(refusal.value) == (
        "Aucun lieu n’a l’adresse « le-bocat ». En voici qui existent : le-bocal."
    )


def test_a_closed_space_is_refused(space):
    SpaceFactory(name="La Halle", slug="la-halle", status=SpaceStatus.CLOSED)
    with pytest.raises(CommandError, match="La Halle est fermé"):
        run(FILES / "gancio.ics", slug="la-halle")


def test_a_type_that_does_not_exist_is_refused(space):
    with pytest.raises(CommandError, match=r"Connus.: atelier"):
        run(FILES / "gancio.ics", "--type", "bal")
    EventType.objects.all().delete()
    with pytest.raises(CommandError, match="Ajoutez d’abord un type"):
        run(FILES / "gancio.ics")
