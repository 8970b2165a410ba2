"""The shared resources of the demonstration network, and their files."""

from __future__ import annotations

import csv
import zipfile

import pytest
from PIL import Image

from tests.home.demo_texts import (
    CONTRIBUTIONS,
    FILES,
    LICENCES,
    ODF_MIMETYPES,
    RESOURCE_KINDS,
    RESOURCE_THEMES,
    RESOURCES,
    SIGNATURES,
    SPACES,
    WORKS,
    slugs_of,
)


@pytest.mark.parametrize("resource", RESOURCES, ids=slugs_of(RESOURCES))
def test_resource_has_one_source_and_known_words(resource):
    assert resource["kind"] in RESOURCE_KINDS
    assert resource["theme"] in RESOURCE_THEMES
    if resource["kind"] in WORKS or "file" in resource:
        assert resource["licence"] in LICENCES
        assert resource["version"]
    else:
        assert not {"licence", "version", "downloads"} & set(resource)
    assert resource.get("space", "ti-numerik") in slugs_of(SPACES)
    assert not {"file", "url"} <= set(resource)
    assert {use["space"] for use in resource.get("use", ())} <= set(slugs_of(SPACES))
    if "adapted_from" in resource:
        origin = next(r for r in RESOURCES if r["slug"] == resource["adapted_from"])
        assert origin["published_on"] < resource["published_on"]


def test_each_file_belongs_to_one_record():
    named = [
        resource[key]
        for resource in [*RESOURCES, *CONTRIBUTIONS]
        for key in ("file", "editable_file")
        if key in resource
    ]
    named += [one["file"] for one in SIGNATURES["signing"]["photographs"]]
    assert sorted(named) == sorted(path.name for path in FILES.iterdir())


@pytest.mark.parametrize(
    "path", sorted(FILES.iterdir()), ids=[p.name for p in sorted(FILES.iterdir())]
)
def test_file_is_what_its_extension_says(path):
    assert 0 < path.stat().st_size < 60_000
    match path.suffix:
        case ".odt" | ".ods":
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
                first = archive.infolist()[0]
                assert first.filename == "mimetype"
                assert first.compress_type == zipfile.ZIP_STORED
                assert archive.read("mimetype") == ODF_MIMETYPES[path.suffix]
                assert "content.xml" in archive.namelist()
        case ".docx":
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
                assert "word/document.xml" in archive.namelist()
        case ".pdf":
            content = path.read_bytes()
            assert content.startswith(b"%PDF-")
            assert content.rstrip().endswith(b"%%EOF")
            assert b"/MarkInfo" in content
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.reader(stream, delimiter=";"))
            assert len(rows) > 1
            assert {len(row) for row in rows} == {len(rows[0])}
        case ".webp":
            with Image.open(path) as image:
                assert image.format == "WEBP"
                image.load()
        case ".txt":
            assert path.read_text(encoding="utf-8").strip()
        case _:
            pytest.fail(f"unexpected kind of file: {path.name}")
