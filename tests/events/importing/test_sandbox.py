"""M11: whatever a calendar asks for, it ends in time and alone."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from events.domain.foreign.reader import read
from events.domain.foreign.values import (
    Flag,
    Limits,
    Problem,
    Reason,
    UnreadableCalendar,
)
from events.importing import child
from events.importing.sandbox import Allowance, read_calendar
from events.importing.wording import (
    FLAGS,
    PROBLEMS,
    REASONS,
    say_flag,
    say_problem,
    say_reason,
)
from tests.events.domain.foreign.files import WINDOW, make_calendar, make_event
from tests.events.importing import bombs

# Far less than production allows: every bomb ends long before its limits.
TIGHT = Allowance(cpu_seconds=4, memory=160 * 1024 * 1024)


def read_tightly(data: bytes, **options):
    return read_calendar(data, window=WINDOW, allowance=TIGHT, **options)


def test_read_calendar_gives_what_the_reader_gives():
    data = make_calendar(
        make_event("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260416T183000"),
        make_event("DTSTART;VALUE=DATE:20260409", uid="two"),
        make_event("CLASS:PRIVATE", uid="three"),
        make_event(uid="own@hub.test"),
        head=("X-WR-CALNAME:Le Bocal",),
    )
    calendar = read_calendar(data, window=WINDOW, own_domain="hub.test")
    assert calendar == read(data, WINDOW, own_domain="hub.test")
    assert (len(calendar.dates), calendar.own) == (4, 1)


def test_read_calendar_passes_every_option_on():
    data = make_calendar(make_event()).decode().encode("mac-roman")
    calendar = read_calendar(
        data,
        window=WINDOW,
        assumed_zone="Indian/Reunion",
        charset="macintosh",
        limits=Limits(dates=0),
    )
    assert (calendar.zone, calendar.dates) == ("Indian/Reunion", ())
    assert Flag.ASSUMED_CHARSET not in calendar.flags


@pytest.mark.parametrize("options", [(), ("-O",), ("-OO",)])
def test_read_calendar_needs_no_assertions(options):
    """What the children refuse, they refuse without `assert` too."""
    data = make_calendar(
        make_event("SUMMARY:a\x0bX-EVIL:1", "DESCRIPTION:b\u2028X-EVIL:1"),
        make_event("DTSTART;;:x", uid="bad"),
        make_event("RRULE:FREQ=SECONDLY", uid="worse"),
    )
    calendar = read_tightly(data, python_options=options)
    assert [(day.title, day.description) for day in calendar.dates] == [
        ("a X-EVIL:1", "b\nX-EVIL:1")
    ]
    assert [part.reason for part in calendar.rejected] == [
        Reason.UNREADABLE_LINE,
        Reason.UNSUPPORTED_RULE,
    ]


@pytest.mark.parametrize("name", bombs.ONE_LEFT_OUT)
def test_bomb_is_left_out_alone(name):
    calendar = read_tightly(bombs.ONE_LEFT_OUT[name])
    assert [day.external_uid for day in calendar.dates] == ["two"]
    assert len(calendar.rejected) == 1


@pytest.mark.parametrize("name", bombs.TAKEN)
def test_long_file_is_taken(name):
    calendar = read_tightly(bombs.TAKEN[name])
    assert "two" in {day.external_uid for day in calendar.dates}
    assert calendar.rejected == ()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("million-lines", Problem.TOO_MANY_LINES),
        ("nested", Problem.TOO_DEEP),
        ("thousand-zones", Problem.TOO_MANY_ZONES),
        ("events", Problem.TOO_MANY_EVENTS),
    ],
)
def test_bomb_is_refused(name, problem):
    with pytest.raises(UnreadableCalendar) as refusal:
        read_tightly(bombs.REFUSED[name])
    assert refusal.value.problem is problem


@pytest.mark.parametrize(
    "allowance",
    [
        Allowance(cpu_seconds=1),
        Allowance(wall_seconds=0.5),
        Allowance(memory=44 * 1024 * 1024),
    ],
    ids=["cpu", "wall", "memory"],
)
def test_reading_ends_at_each_limit_and_the_worker_goes_on(allowance):
    """Limits far too tight for what is asked, in place of a bomb nobody knows."""
    begun = time.monotonic()
    many = [make_event("RRULE:FREQ=DAILY", uid=str(number)) for number in range(2_000)]
    limits = Limits(dates=10**9, dates_of_one=10**6)
    with pytest.raises(UnreadableCalendar) as refusal:
        read_calendar(
            make_calendar(*many), window=WINDOW, allowance=allowance, limits=limits
        )
    assert refusal.value.problem is Problem.TOO_COSTLY
    assert time.monotonic() - begun < 25
    assert len(read_tightly(make_calendar(make_event())).dates) == 1


def measure_children() -> float:
    """Return the processor seconds of all processes that were started and ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_ordinary_calendar_is_read_at_once():
    events = [
        make_event(
            f"DTSTART;TZID=Europe/Paris:202604{number % 28 + 1:02}T123000",
            "DURATION:PT2H",
            "DESCRIPTION:" + "Un texte de longueur moyenne. " * 12,
            *(["RRULE:FREQ=MONTHLY"] if number < 50 else []),
            uid=str(number),
        )
        for number in range(300)
    ]
    data = make_calendar(*events)
    begun = measure_children()
    calendar = read_calendar(data, window=WINDOW)
    assert len(calendar.dates) == 860
    assert measure_children() - begun < 1.5


def test_read_calendar_raises_what_the_child_refuses():
    with pytest.raises(UnreadableCalendar) as refusal:
        read_tightly(b"<html>")
    assert refusal.value.problem is Problem.WEB_PAGE


def test_read_calendar_reports_what_nobody_foresaw(caplog):
    with pytest.raises(UnreadableCalendar) as refusal:
        read_tightly(make_calendar(make_event()), assumed_zone="Nowhere/Land")
    assert refusal.value.problem is Problem.BROKEN
    assert "UnknownZone" in caplog.text


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/etc/hostname').read()",
        "open(child.ROOT / '..' / '..' / 'etc' / 'hostname').read()",
        "open('/tmp/written', 'w')",
        "open(child.__file__, 'a')",
    ],
)
def test_child_can_do_nothing_but_read(attempt):
    """The audit hook refuses what a library might be talked into."""
    program = (
        f"import sys; sys.path.insert(0, {str(child.ROOT)!r})\n"
        "from events.importing import child\n"
        "import socket, subprocess\n"
        "sys.addaudithook(child.refuse)\n"
        f"{attempt}\n"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=False
    )
    assert b"PermissionError" in run.stderr
    assert run.returncode == 1


def test_child_knows_nothing_of_the_site():
    """Neither Django nor the environment reaches the process that reads."""
    source = Path(child.__file__).read_text()
    program = (
        f"import sys, os; sys.path.insert(0, {str(child.ROOT)!r})\n"
        "import events.domain.foreign.reader, events.domain.foreign.wire\n"
        "print('django' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=True
    )
    assert run.stdout.strip() == b"False"
    assert "django" not in source.lower()


# --- sentences


def test_everything_that_can_be_wrong_has_a_sentence():
    assert set(PROBLEMS) == set(Problem)
    assert set(REASONS) == set(Reason)
    assert set(FLAGS) == set(Flag)


def test_sentences_are_french():
    assert say_problem(Problem.EMPTY) == "Le fichier est vide."
    assert say_reason(Reason.NO_START) == "Il ne dit pas quand il commence."
    assert say_flag(Flag.ASSUMED_END).startswith(
        "Certains rendez-vous n’ont pas de fin"
    )
