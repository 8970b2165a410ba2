"""The charters of the demonstration hold together before any of them is loaded."""

from __future__ import annotations

from tests.home.demo_texts import (
    AMENDMENTS,
    CHARTER,
    CHARTERS,
    SIGNATURES,
    SINGLES,
    SPACES,
    read,
    slugs_of,
)


def test_charter_numbers_its_versions_articles_and_criteria():
    versions = CHARTER["version"]
    assert [version["number"] for version in versions] == [1, 2]
    assert versions[0]["adopted_on"] < versions[1]["adopted_on"]
    for version in versions:
        articles = version["article"]
        assert [a["number"] for a in articles] == list(range(1, len(articles) + 1))
        assert len(slugs_of(articles)) == len(set(slugs_of(articles)))
        assert {article["question"] for article in articles} == {
            "why",
            "who",
            "tools",
            "commitments",
        }
        for article in articles:
            criteria = article.get("criterion", [])
            assert [criterion["number"] for criterion in criteria] == [
                f"{article['number']}.{rank}" for rank in range(1, len(criteria) + 1)
            ]
        kinds = [c["kind"] for a in articles for c in a.get("criterion", [])]
        assert set(kinds) == {"commitment", "admission", "exclusion"}
        assert kinds.count("exclusion") == 3


def test_what_is_signed_and_amended_is_there():
    spaces = set(slugs_of(SPACES))
    criteria = {
        (version["number"], criterion["number"])
        for version in CHARTER["version"]
        for article in version["article"]
        for criterion in article.get("criterion", [])
    }
    for row in SIGNATURES["signature"]:
        answered = {*row.get("not_yet", {}), *row.get("evidence", {})}
        assert row["space"] in spaces
        assert {(row["version"], number) for number in answered} <= criteria
    signed = [(row["space"], row["version"]) for row in SIGNATURES["signature"]]
    assert len(set(signed)) == len(signed)
    for row in SIGNATURES["review"]:
        assert (row["space"], row["version"]) in signed
        assert (row["version"], row["criterion"]) in criteria
    articles = {
        article["slug"]
        for version in CHARTER["version"]
        for article in version["article"]
    }
    for row in AMENDMENTS["round"]:
        for amendment in row["amendment"]:
            assert amendment["article"] in articles
            assert {amendment["space"], *amendment["supports"]} <= spaces
            assert amendment["space"] not in amendment["supports"]
    assert SIGNATURES["signing"]["event"] in {one["slug_hint"] for one in SINGLES}


def test_criteria_keep_their_key_and_reasons_have_one():
    for versions in (CHARTER["version"], CHARTERS["elsewhere"]):
        known = set()
        for version in versions:
            keys = [
                criterion["key"]
                for article in version["article"]
                for criterion in article.get("criterion", [])
            ]
            assert len(set(keys)) == len(keys)
            known |= set(keys)
            assert set(version.get("reasons", {})) <= known


def test_home_quotes_the_charter_word_for_word():
    home = read("home.toml")
    version = CHARTER["version"][home["charter_version"] - 1]
    article = next(
        a for a in version["article"] if a["slug"] == home["charter_article"]
    )
    assert home["charter_quote"] in article["text"]
