"""The directory as open data: stable names, no formula, nothing personal."""

from __future__ import annotations

import csv
import io
import json

import pytest

from network.open_data import COLUMNS, LICENCE, describe_space
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "identifiant,nom,url,statut,types,forme_juridique,resume,adresse,code_postal,"
    "commune,departement,latitude,longitude,fuseau_horaire,ouvert_depuis,"
    "ouverture_prevue,horaires,surface_m2,postes_fixes,postes_journee,"
    "places_formation,salles_reunion,services,accessibilite,acces,courriel,telephone,"
    "site_internet,mis_a_jour"
)


def read_csv(client) -> list[dict[str, str]]:
    response = client.get("/lieux.csv")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def test_columns_are_a_contract(client):
    assert client.get("/lieux.csv").content.decode().splitlines()[0] == HEADER
    assert tuple(describe_space(SpaceFactory(), site_url="")) == COLUMNS


def test_csv_holds_a_line_for_each_listed_space(client):
    SpaceFactory(
        name="L’Estran",
        slug="estran",
        kinds=["kitchen", "coworking"],
        services=["Fibre", "Jardin"],
        latitude=48.6489,
        longitude=-2.0162,
        opening_hours={"mon": "09:00-12:30, 14:00-18:00"},
        permanent_desks=7,
    )
    SpaceFactory(status="closed")
    SpaceFactory(live=False)
    (row,) = read_csv(client)
    assert row["identifiant"] == "estran"
    assert row["url"] == "https://hub.test/lieux/estran/"
    assert row["statut"] == "ouvert"
    assert row["types"] == "coworking|cuisine"
    assert row["services"] == "Fibre|Jardin"
    assert (row["latitude"], row["longitude"]) == ("48.6489", "-2.0162")
    assert row["horaires"] == "Mo 09:00-12:30,14:00-18:00"
    assert (row["postes_fixes"], row["postes_journee"]) == ("7", "")


def test_csv_neutralises_formulas(client):
    SpaceFactory(name="=cmd|' /C calc'!A0", phone="+33 2 00", services=["-1", "b"])
    (row,) = read_csv(client)
    assert row["nom"] == "'=cmd|' /C calc'!A0"
    assert row["telephone"] == "'+33 2 00"
    assert row["services"] == "'-1|b"


def test_geojson_is_a_feature_collection(client):
    SpaceFactory(name="A", slug="a", latitude=48.6489, longitude=-2.0162)
    SpaceFactory(name="B", slug="b")
    response = client.get("/lieux.geojson")
    document = json.loads(response.content)
    assert response["Content-Type"] == "application/geo+json"
    assert document["type"] == "FeatureCollection"
    assert document["licence"] == LICENCE
    placed, unplaced = document["features"]
    assert placed["geometry"] == {"type": "Point", "coordinates": [-2.0162, 48.6489]}
    assert unplaced["geometry"] is None
    assert [feature["id"] for feature in document["features"]] == ["a", "b"]
    assert placed["properties"]["nom"] == "A"


@pytest.mark.parametrize("path", ["/lieux.csv", "/lieux.geojson"])
def test_open_data_is_cached_and_revalidated(client, path):
    space = SpaceFactory(name="Ti Numerik")
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=300"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in first["Link"]
    assert first.get("Vary") is None
    assert first.cookies == {}
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    space.name = "Ti Nevez"
    space.save()
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("path", ["/lieux.csv", "/lieux.geojson"])
@pytest.mark.parametrize("count", [1, 3])
def test_open_data_costs_four_queries(client, django_assert_num_queries, path, count):
    for _number in range(count):
        SpaceFactory(kinds=["fablab"], services=["Fibre"])
    with django_assert_num_queries(4):
        client.get(path)


@pytest.mark.parametrize("path", ["/lieux.csv", "/lieux.geojson"])
def test_open_data_of_an_empty_network_is_well_formed(client, path):
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405
