"""Follows the links of the public site, as a visitor without an account."""

from __future__ import annotations

import html
import re
from collections import Counter, deque

LINK = re.compile(r'\b(?:href|src)="([^"]+)"')
# Pictures and styles come from the server in front; the admin has its own tests.
NOT_OURS = ("/static/", "/media/", "/admin/")
OTHER_LANGUAGES = re.compile(r"/(?:en|br)/")
# Addresses of one shape, such as the dates of one language: some stand for all.
SAMPLE_SIZE = 25


def crawl(client, start):
    """Return the addresses that failed, by status, and all that were seen.

    Stays in the language of ``start``; files and feeds have none.
    """
    waiting, seen, shapes, failures = deque([start]), {start}, Counter(), {}
    while waiting:
        path = waiting.popleft()
        response = client.get(path)
        if response.status_code not in {200, 301, 302}:
            failures[path] = response.status_code
            continue
        for link in read_links(response):
            if link in seen or not is_in_language(link, start):
                continue
            seen.add(link)
            shape = link.rstrip("/").rpartition("/")[0]
            shapes[shape] += 1
            if shapes[shape] <= SAMPLE_SIZE:
                waiting.append(link)
    return failures, seen


def read_links(response):
    content = response.getvalue() if response.streaming else response.content
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    for link in LINK.findall(content.decode()):
        path = html.unescape(link).partition("#")[0].partition("?")[0]
        path = path.removeprefix("https://hub.test")
        if path.startswith("/") and not path.startswith(NOT_OURS):
            yield path


def is_in_language(path, start):
    if start == "/":
        return not OTHER_LANGUAGES.match(path)
    return path.startswith((start, "/documents/"))
