"""Reading the pages of loans as a person does."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from cms.models import User
from resources.models import Loan
from tests.resources.lending.lent import day

ASK = "/espace/prets/grilles/demander/"
BLOCK = "/espace/prets/grilles/bloquer/"
PAGE = "/ressources/grilles/"


def read(response: Any, status: int = 200) -> Any:
    """Return the page of an answer that has this status."""
    assert response.status_code == status, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def plain(node: Any) -> str:
    return " ".join(node.get_text(" ").replace("\u00a0", " ").split())


def cell(soup: Any, number: int) -> str:
    """Return the words of the day that comes ``number`` days after today."""
    found = soup.select_one(f".lending-month time[datetime='{day(number)}']")
    return plain(found.find_parent("td"))


def errors(soup: Any) -> list[str]:
    return [plain(one) for one in soup.select(".error-summary li")]


def buttons(soup: Any) -> list[str]:
    main = soup.select_one("main")
    return [plain(one) for one in main.select("button, a.button")]


def open_as(client: Any, person: User, loan: Loan) -> Any:
    """Return the page of ``loan`` as ``person`` reads it."""
    client.force_login(person)
    return read(client.get(f"/espace/prets/{loan.pk}/"))


def answers(**changes: str) -> dict[str, str]:
    """What a browser sends from the form that asks for days."""
    values = {
        "first_day": str(day(3)),
        "last_day": str(day(4)),
        "units": "2",
        "purpose": "Une exposition",
    }
    return values | changes
