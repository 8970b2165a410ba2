"""What a file says it is, against what it holds.

Only the first bytes and, for office files, the list of parts are read: enough to
refuse a web page named ``.pdf``, not a virus scanner.
"""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO, NamedTuple

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

_HEAD_BYTES = 8192
_TEXT = {"csv", "ics", "txt"}


class _OfficeFormat(NamedTuple):
    """A part that every file of the format has, and how this part begins."""

    part: str
    beginning: bytes


_OFFICE_FORMATS = {
    "docx": _OfficeFormat("word/document.xml", b""),
    "odp": _OfficeFormat(
        "mimetype", b"application/vnd.oasis.opendocument.presentation"
    ),
    "ods": _OfficeFormat("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
    "odt": _OfficeFormat("mimetype", b"application/vnd.oasis.opendocument.text"),
    "pptx": _OfficeFormat("ppt/presentation.xml", b""),
    "xlsx": _OfficeFormat("xl/workbook.xml", b""),
}


def refuse_disguised_file(file: IO[bytes], name: str) -> None:
    """Refuse a file whose content is not what its extension says.

    Leaves ``file`` at its beginning. An extension that is in no list passes: which
    ones are allowed is ``WAGTAILDOCS_EXTENSIONS``' affair.

    Raises:
        ValidationError: with a sentence for the person who sends the file.
    """
    extension = PurePath(name).suffix.lower().removeprefix(".")
    file.seek(0)
    try:
        if not _holds(file, extension):
            message = gettext(
                "This file is named .%(extension)s but holds something else. "
                "Export it again from the program you wrote it with."
            )
            raise ValidationError(message % {"extension": extension})
    finally:
        file.seek(0)


def _holds(file: IO[bytes], extension: str) -> bool:
    if extension in _OFFICE_FORMATS:
        return _is_office_file(file, _OFFICE_FORMATS[extension])
    head = file.read(_HEAD_BYTES)
    found = filetype.guess(head)
    if extension in _TEXT:
        return found is None and b"\x00" not in head
    if extension == "pdf":
        return found is not None and found.extension == extension
    return True


def _is_office_file(file: IO[bytes], expected: _OfficeFormat) -> bool:
    try:
        with zipfile.ZipFile(file) as archive, archive.open(expected.part) as part:
            return part.read(len(expected.beginning)) == expected.beginning
    except (KeyError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        # No such part, a compression of another age, a password, no archive at all.
        return False
