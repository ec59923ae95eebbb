"""The time of another visitor's search while sixteen files arrive that are slow to read."""

import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import NamedTuple

from tests.helpers.documents import a_cell, a_docx_with_cells, a_pdf_that_unpacks

from . import serving

UPLOADS, SEARCHES, BOUNDARY = 16, 21, "bench-flood"


class Flood(NamedTuple):
    """Seconds of a search, without a flood (median) and during one (slowest), and the number of rejected uploads."""

    alone: float
    slowest: float
    busy: int


def floods(address: str) -> dict[str, Flood]:
    """Send a flood of each hostile file to the site at an address."""
    return {name: flood(address, data) for name, data in hostile_files().items()}


def hostile_files() -> dict[str, bytes]:
    return {
        "a cell that spans 99,999,999 columns": a_docx_with_cells(a_cell("Epic", span=99_999_999)),
        "a table of 60 × 500 cells": a_docx_with_cells(a_cell("A") * 500, rows=60),
        "a PDF that unpacks to 1.5 GB": a_pdf_that_unpacks(1_500),
    }


def flood(address: str, data: bytes) -> Flood:
    alone = median(_search(address, number) for number in range(SEARCHES))
    with ThreadPoolExecutor(UPLOADS) as pool:
        uploads = [pool.submit(_upload, address, data) for _ in range(UPLOADS)]
        slowest, number = 0.0, SEARCHES
        while not all(upload.done() for upload in uploads):
            slowest = max(slowest, _search(address, number))
            number += 1
    return Flood(alone, slowest, [upload.result() for upload in uploads].count(503))


def _search(address: str, number: int) -> float:
    """Return the seconds of a new search, which no cache contains."""
    began = time.perf_counter()
    serving.ask(f"{address}/search/?q=care+{number}+{began}")
    return time.perf_counter() - began


def _upload(address: str, data: bytes) -> int:
    """Upload a file as a résumé. Return the status of the response."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="cv"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    request = urllib.request.Request(f"{address}/match/resume/", body, kind)  # noqa: S310 -- ours, on loopback
    try:
        with urllib.request.urlopen(request, timeout=120) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
