"""Looks through an Excel file before it is opened: a few kilobytes can unpack to what fills a machine's memory.

An .xlsx file is a zip of XML parts. The limits are far above any register that people fill in, and the look is quick:
the parts are streamed, nothing is kept.
"""

import io
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

LARGEST_UNPACKED = 200_000_000
MOST_ELEMENTS = 2_000_000
"""Of one part. 20,000 rows of 25 cells are some one and a half million."""
MOST_OTHER_ELEMENTS = 250_000
"""Of a part that holds neither cells nor texts, such as the formats: those are costly to read."""
MOST_COLUMNS = 1_000

DAMAGED = "This Excel file is damaged and cannot be opened."
TOO_MUCH = "There is too much in this Excel file. Copy the table alone into a new workbook and save that."


def why_not(data: bytes) -> str:
    """The sentence that says why this file is not opened; "" when it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                return f"Unpacked, this file is larger than {LARGEST_UNPACKED // 1_000_000} MB."
            if any(entry.flag_bits & 1 for entry in entries):
                return "This file is locked with a password. Save it without one."
            if not any(entry.filename.endswith("workbook.xml") for entry in entries):
                return "This is not an Excel file (.xlsx). Save the table as .xlsx or CSV."
            for entry in entries:
                with archive.open(entry) as part:
                    _Look(entry.filename).through(part)
    except _TooMuch:
        return TOO_MUCH
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        return DAMAGED
    return ""


class _TooMuch(Exception):
    pass


class _Look:
    """Counts the elements of one part, by what they are and not by what the part is called."""

    def __init__(self, filename: str) -> None:
        self.is_style = filename == "xl/styles.xml"
        self.elements = self.in_row = 0
        self.limit = 1
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._doctype

    def through(self, part: IO[bytes]) -> None:
        """Raises _TooMuch; a part that is not XML, such as a picture, or broken XML, is no matter here."""
        try:
            while chunk := part.read(1 << 18):
                self.parser.Parse(chunk)
        except expat.ExpatError:
            pass  # the reader of the sheet stops at the same place, if it reads this part at all

    def _start(self, name: str, _: object) -> None:
        tag = name.rpartition(" ")[2]
        if not self.elements:
            cells = tag in ("worksheet", "sst", "pivotCacheRecords") and not self.is_style
            self.limit = MOST_ELEMENTS if cells else MOST_OTHER_ELEMENTS
        self.elements += 1
        self.in_row = 0 if tag == "row" else self.in_row + (tag == "c")
        if self.elements > self.limit or self.in_row > MOST_COLUMNS:
            raise _TooMuch

    def _doctype(self, *_: object) -> None:
        raise _TooMuch  # no spreadsheet program writes one; it is where entities that swell are declared
