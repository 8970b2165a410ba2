"""The canonical form of a charter: the same bytes for the same text, everywhere."""

from __future__ import annotations

import datetime

from resources.domain.charter_text import (
    ArticleText,
    CharterText,
    CriterionText,
    compute_digest,
    write_canonical_form,
)


def write(preamble="Été", text="Un.\nDeux."):
    article = ArticleText(
        number=1,
        anchor="ouvrir",
        title="Ouvrir",
        question="why",
        text=text,
        criteria=[CriterionText("1.1", "commitment", "Être là")],
    )
    return write_canonical_form(
        CharterText(3, "fr", datetime.date(2026, 3, 12), preamble, [article])
    )


def test_form_and_digest_are_a_contract():
    form = write()
    assert form.decode() == (
        '{"adopted_on":"2026-03-12","articles":[{"anchor":"ouvrir","criteria":'
        '[{"kind":"commitment","number":"1.1","text":"Être là"}],"number":1,'
        '"question":"why","text":"Un.\\nDeux.","title":"Ouvrir"}],"language":"fr",'
        '"preamble":"Été","version":3}'
    )
    # printf '%s' '…' | sha256sum
    assert compute_digest(form) == (
        "f57be0d41b768c9fe913094cb09a19dd215fb89c1f04009b0c2a8cc0b5639a9c"
    )


def test_line_ends_and_composed_accents_do_not_count():
    assert write(preamble="E\u0301te\u0301", text="Un.\r\nDeux.") == write()
    assert write(text="Un.\n\nDeux.") != write()
