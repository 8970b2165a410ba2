"""Components, rendered alone with the context their first line names."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def render(component: str, **context: object) -> str:
    html = render_to_string(f"components/{component}.html", context)
    return re.sub(r"\s*\n\s*", "", html)


class DateForm(forms.Form):
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Workshop")], widget=forms.RadioSelect
    )
    title = forms.CharField(label="Title", help_text="Short.")
    note = forms.CharField(label="Note", required=False)
    is_open = forms.BooleanField(label="Open to all")
    token = forms.CharField(widget=forms.HiddenInput)


def test_field_without_mistake_names_its_help():
    assert render("field", field=DateForm()["title"]) == (
        '<div class="field"><label for="id_title">Title, required</label>'
        '<div class="help" id="id_title_helptext">Short.</div>'
        '<input type="text" name="title" required aria-describedby="id_title_helptext"'
        ' id="id_title"></div>'
    )


def test_field_with_mistake_names_it_after_the_help():
    assert render("field", field=DateForm({})["title"]) == (
        '<div class="field field-error"><label for="id_title">Title, required</label>'
        '<div class="help" id="id_title_helptext">Short.</div>'
        '<div class="error-text" id="id_title_error"><p>This field is required.</p></div>'
        '<input type="text" name="title" required aria-invalid="true"'
        ' aria-describedby="id_title_helptext id_title_error" id="id_title"></div>'
    )


def test_field_that_may_be_empty_is_not_said_required():
    html = render("field", field=DateForm()["note"])
    assert (
        re.search(r"<label.*?</label>", html)[0] == '<label for="id_note">Note</label>'
    )


def test_field_of_radio_buttons_is_a_described_group():
    assert render("field", field=DateForm({})["kind"]) == (
        '<fieldset class="field field-error" aria-describedby="id_kind_error">'
        "<legend>Kind, required</legend>"
        '<div class="error-text" id="id_kind_error"><p>This field is required.</p></div>'
        '<label class="choice" for="id_kind_0"><input type="radio" name="kind" value="a"'
        ' id="id_kind_0" required aria-invalid="true"> <span>Workshop</span></label>'
        "</fieldset>"
    )


def test_field_of_one_checkbox_has_its_label_after_it():
    assert render("field", field=DateForm()["is_open"]) == (
        '<div class="field"><label class="choice" for="id_is_open">'
        '<input type="checkbox" name="is_open" required id="id_is_open">'
        " <span>Open to all, required</span></label></div>"
    )


def test_field_that_is_hidden_is_bare():
    assert render("field", field=DateForm()["token"]) == (
        '<input type="hidden" name="token" id="id_token">'
    )


def test_field_escapes_what_people_wrote():
    html = render("field", field=DateForm({"title": '"><script>'})["title"])
    assert "<script>" not in html


def test_error_summary_of_a_fresh_form_is_nothing():
    assert render("error_summary", form=DateForm()) == ""


def test_error_summary_links_each_mistake_to_its_answer():
    form = DateForm({"token": "x"})
    form.add_error(None, "Two dates overlap.")
    html = render("error_summary", form=form)
    assert re.findall(r"<li>(.*?)</li>", html) == [
        "Two dates overlap.",
        '<a href="#id_kind_0">Kind – This field is required.</a>',
        '<a href="#id_title">Title – This field is required.</a>',
        '<a href="#id_is_open">Open to all – This field is required.</a>',
    ]
    assert re.search(r"<h2.*?>(.*?)</h2>", html)[1] == "Error: 4 answers to correct"


def test_pagination_of_a_single_page_is_nothing():
    assert render("pagination", page=Paginator([1], 10).page(1), query="") == ""


@pytest.mark.parametrize(
    ("number", "links"),
    [
        (1, ["?type=drink&amp;dep=35&amp;page=2"]),
        (2, ["?type=drink&amp;dep=35&amp;page=1", "?type=drink&amp;dep=35&amp;page=3"]),
        (3, ["?type=drink&amp;dep=35&amp;page=2"]),
    ],
)
def test_pagination_keeps_the_filters(number, links):
    page = Paginator(range(30), 10).page(number)
    html = render("pagination", page=page, query="type=drink&dep=35")
    assert re.findall(r'href="([^"]*)"', html) == links


def test_pagination_without_filter_asks_for_the_page_alone():
    html = render("pagination", page=Paginator(range(20), 10).page(1), query="")
    assert re.findall(r'href="([^"]*)"', html) == ["?page=2"]


def make_row(**changes: object) -> SimpleNamespace:
    row = {
        "url": "/agenda/x/",
        "title": "Lunch & co",
        "language": "fr",
        "hours": "12:15",
        "where": "Rennes",
        "kind_mark": "lunch",
        "kind_name": "Repas",
        "side_note": "",
        "status": "confirmed",
        "status_label": "",
        "is_cancelled": False,
        "is_lit": False,
        "day": "26",
        "month_name": "Nov.",
        "weekday": "Thursday",
        "datetime": "2026-11-26T12:15+01:00",
    }
    return SimpleNamespace(**row | changes)


def test_event_row_under_its_day_leads_with_the_hours():
    assert render("event_row", row=make_row()) == (
        '<li class="event"><p class="event-hours">'
        '<time datetime="2026-11-26T12:15+01:00">12:15</time></p>'
        '<div class="event-body">'
        '<h3><a href="/agenda/x/" lang="fr">Lunch &amp; co</a></h3>'
        '<p class="event-where">Rennes</p></div>'
        '<div class="event-side"><span class="kind kind-lunch">Repas</span></div></li>'
    )


def test_event_row_in_the_page_language_does_not_repeat_it():
    assert 'href="/agenda/x/">' in render("event_row", row=make_row(language="en"))


def test_event_row_alone_shows_its_date():
    html = render("event_row", row=make_row(), with_date=True)
    assert re.search(r"<time.*?</time>", html)[0] == (
        '<time class="date-tile" datetime="2026-11-26T12:15+01:00">'
        '<span class="weekday">Thursday</span> <span class="day-number">26</span>'
        ' <span class="month-name">Nov.</span></time>'
    )


@pytest.mark.parametrize(
    ("changes", "class_name", "status"),
    [
        ({}, "event", None),
        ({"is_lit": True}, "event is-lit", None),
        (
            {"is_cancelled": True, "status_label": "Cancelled"},
            "event is-cancelled",
            '<span class="status">Cancelled</span>',
        ),
        (
            {"status_label": "Full"},
            "event",
            '<span class="status status-soft">Full</span>',
        ),
    ],
)
def test_event_row_writes_its_state(changes, class_name, status):
    html = render("event_row", row=make_row(**changes))
    found = re.search(r'<span class="status.*?</span>', html)
    assert re.search(r'<li class="([^"]*)"', html)[1] == class_name
    assert (found and found[0]) == status


def test_breadcrumb_ends_with_this_page_unlinked():
    html = render("breadcrumb", trail=[("Home", "/"), ("Agenda", "/agenda/")])
    assert re.findall(r"<li>(.*?)</li>", html) == [
        '<a href="/">Home</a>',
        '<span aria-current="page">Agenda</span>',
    ]


def test_chips_without_filter_are_nothing():
    assert render("chips", chips=[], clear_url="/agenda/") == ""
