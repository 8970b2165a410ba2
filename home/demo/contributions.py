"""What members wrote in their own area: one text waits, one was sent back."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms.models import User
from home.demo.accounts import MODERATOR, find_account
from home.demo.content_files import FILES_DIR, make_stable_uuid, read_content
from network.models import Space
from resources.models import SharedResource
from resources.services.contribution import create_resource
from resources.services.contribution_steps import submit_resource
from resources.services.member_files import keep_file

_TEXTS = (
    "kind", "title", "summary", "theme", "licence", "version",
)  # fmt: skip
_EMPTY: dict[str, Any] = {
    "editable_document": None,
    "language": "fr",
    "price": "",
    "is_lent": False,
    "quantity": 1,
    "longest_loan": None,
    "lending_terms": "",
    "adapted_from": None,
    "adapted_from_elsewhere": "",
    "stages": [],
}


def load_contributions(now: datetime.datetime) -> int:
    """Create those that are missing, known by the key of their form."""
    rows = {
        make_stable_uuid("contribution", row["key"]): row
        for row in read_content("contributions")["contribution"]
    }
    known = SharedResource.objects.filter(form_key__in=rows)
    for key in known.values_list("form_key", flat=True):
        del rows[key]
    for key, row in rows.items():
        _load(row, key, now)
    return len(rows)


def _load(row: dict[str, Any], key: Any, now: datetime.datetime) -> None:
    person = User.objects.get(email=row["account"])
    space = Space.objects.managed_by(person, timezone.localdate(now)).get()
    values = {
        **_EMPTY,
        **{name: row[name] for name in _TEXTS},
        "space": space,
        "description": row["description"].strip(),
        "url": row.get("url", ""),
        "document": _keep_file(row, person, now) if "file" in row else None,
        "tags": row["tags"],
    }
    draft = create_resource(values=values, by=person, now=now, key=key)
    state = submit_resource(draft, by=person, now=now)
    if row["state"] == "sent_back":
        state.current_task_state.reject(
            user=find_account(MODERATOR), comment=row["comment"]
        )


def _keep_file(row: dict[str, Any], person: User, now: datetime.datetime) -> Any:
    sent = SimpleUploadedFile(row["file_name"], (FILES_DIR / row["file"]).read_bytes())
    return keep_file(sent, by=person, now=now).document
