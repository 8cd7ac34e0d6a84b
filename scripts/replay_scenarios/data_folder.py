"""Where the market data is, and its rows."""

import csv
import gzip
import os
import pathlib
from datetime import datetime, timezone

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


class DataMissing(Exception):
    """The data folder, or a file of it, is not there."""


class DataFolder:
    """The folder that `--data` names, else PLIMSOLL_DATA, else ../shared/data beside the repository."""

    def __init__(self, path=None):
        self.path = pathlib.Path(path or os.environ.get("PLIMSOLL_DATA") or REPOSITORY.parent / "shared" / "data")
        if not self.path.is_dir():
            raise DataMissing(f"no data folder at {self.path}: name it with --data or PLIMSOLL_DATA")

    def rows(self, name):
        """The rows of a CSV file as dictionaries of text, in the order of the file."""
        path = self.path / name
        if not path.is_file():
            raise DataMissing(f"{name} is missing from {self.path}")
        opened = gzip.open(path, "rt", newline="") if path.suffix == ".gz" else open(path, newline="")
        with opened as file:
            yield from csv.DictReader(file)


def nanoseconds(utc):
    """Nanoseconds since the epoch of an RFC 3339 time in UTC, with or without its Z."""
    moment = datetime.fromisoformat(utc.removesuffix("Z"))
    if moment.tzinfo is not None:
        raise ValueError(f"{utc} is not in UTC")
    since = moment.replace(tzinfo=timezone.utc) - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1_000
