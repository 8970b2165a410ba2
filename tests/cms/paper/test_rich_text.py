"""A rich text becomes runs, whatever its HTML."""

from __future__ import annotations

import pytest

from cms.paper.rich_text import make_absolute, read_rich_text

SITE = "https://hub.test"


def follow(address: str) -> dict[str, str]:
    link = make_absolute(address, SITE)
    return {"link": link} if link else {}


def read(html: str):
    return read_rich_text(html, follow)


def read_runs(html: str):
    (paragraph,) = read(html)
    assert paragraph["block"] == "paragraph"
    return paragraph["runs"]


def test_looks_stand_side_by_side_and_within_each_other():
    assert read_runs("<p>un <b>gras <i>penché</i></b> fin</p>") == [
        {"text": "un "},
        {"text": "gras ", "bold": True},
        {"text": "penché", "bold": True, "italic": True},
        {"text": " fin"},
    ]


def test_links_are_absolute():
    assert read_runs('<p><a href="/agenda/?a=1&amp;b=2">ici <b>gras</b></a></p>') == [
        {"text": "ici ", "link": f"{SITE}/agenda/?a=1&b=2"},
        {"text": "gras", "bold": True, "link": f"{SITE}/agenda/?a=1&b=2"},
    ]


@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("/lieux/", "https://hub.test/lieux/"),
        ("https://www.cnil.fr/é", "https://www.cnil.fr/é"),
        ("mailto:a@hub.test", "mailto:a@hub.test"),
        ("tel:+33612", "tel:+33612"),
        ("  /lieux/ ", "https://hub.test/lieux/"),
        ("", ""),
        ("#ancre", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https://[::1", ""),
        ("https://a/\u0007", ""),
        ("https://a/b c", ""),
        ("https://a/" + "x" * 3000, ""),
    ],
)
def test_paper_keeps_addresses_that_a_reader_opens(address, absolute):
    assert make_absolute(address, SITE) == absolute


def test_link_that_leads_nowhere_is_its_text():
    assert read_runs('<p><a href="javascript:x">un</a> <a>deux</a></p>') == [
        {"text": "un deux"}
    ]


def test_lists_hold_lists():
    html = "<ul><li>un<ol><li>a</li><li>b</li></ol></li><li>deux <b>gras</b></li></ul>"

    def item(*runs):
        return {"block": "paragraph", "runs": list(runs)}

    assert read(html) == [
        {
            "block": "list",
            "is_ordered": False,
            "items": [
                [
                    item({"text": "un"}),
                    {
                        "block": "list",
                        "is_ordered": True,
                        "items": [[item({"text": "a"})], [item({"text": "b"})]],
                    },
                ],
                [item({"text": "deux "}, {"text": "gras", "bold": True})],
            ],
        }
    ]


def test_text_around_blocks_makes_paragraphs_of_its_own():
    assert [one["runs"] for one in read("avant<p>dedans</p>après<h2>titre</h2>")] == [
        [{"text": word}] for word in ("avant", "dedans", "après", "titre")
    ]


def test_line_breaks_stay_but_at_the_edges():
    assert read_runs("<p><br/> un <br/> deux<br></p>") == [
        {"text": "un"},
        {"text": "\n"},
        {"text": "deux"},
    ]


def test_spaces_are_those_that_a_browser_shows():
    assert read_runs("<p>  un \n\t deux <b> trois</b> </p>") == [
        {"text": "un deux "},
        {"text": "trois", "bold": True},
    ]
    assert read_runs("<p>5\u00a0€</p>") == [{"text": "5\u00a0€"}]


@pytest.mark.parametrize(
    "html", ["", "<p></p>", "<p> <br> </p>", "<ul> <li> </li></ul>"]
)
def test_nothing_is_set_of_nothing(html):
    assert read(html) == []


def test_unknown_elements_give_their_text_and_scripts_nothing():
    html = (
        "<p>un <mark>deux</mark> <span>trois</span><!-- quatre --></p>"
        "<script>cinq</script><style>six</style>"
        "<table><tr><td>sept</td><td>huit</td></tr></table>"
    )
    assert [one["runs"] for one in read(html)] == [
        [{"text": "un deux trois"}],
        [{"text": "sept"}],
        [{"text": "huit"}],
    ]


def test_text_is_never_markup():
    typed = "#panic(1) *a* _b_ $x$ @ref <label> \\ = ` // [ ] { }"
    escaped = typed.replace("<", "&lt;").replace(">", "&gt;")
    assert read_runs(f"<p>{escaped}</p>") == [{"text": typed}]


def test_broken_html_is_read_all_the_same():
    assert read_runs("<p>un <b>deux") == [
        {"text": "un "},
        {"text": "deux", "bold": True},
    ]


def test_depth_has_an_end():
    html = "<ul><li>" * 300 + "au fond" + "</li></ul>" * 300
    assert "au fond" in str(read(html))
