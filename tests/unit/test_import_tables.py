"""Files of every kind become the same grid of cells, or say in one sentence why they do not."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.knowledge.importers.archives import MOST_FILES, unpacked
from bot.knowledge.importers.grid import column_letters
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.tables import MOST_BYTES, tables

CELLS = (("地区", "種類", "4月"), ("Ａ", "プラ", "5,19"))


def _text(separator: str = ",", end: str = "\n") -> str:
    quoted = '"5,19"' if separator == "," else "5,19"
    return end.join([separator.join(CELLS[0]), separator.join([*CELLS[1][:2], quoted])]) + end


def _book(**cells: object) -> bytes:
    book = Workbook()
    for place, value in cells.items():
        book.active[place] = value  # type: ignore[index]
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(data: bytes) -> tuple[tuple[str, ...], ...]:
    return tables("x", data, Report())[0].cells


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le+mark", "utf-16-be+mark"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_text_table_has_the_same_cells(encoding: str, separator: str, end: str) -> None:
    """Encoding, separator and line ends do not matter."""
    mark = "\ufeff" if encoding.endswith("+mark") else ""
    data = (mark + _text(separator, end)).encode(encoding.removesuffix("+mark"))
    assert _cells(data) == CELLS


def test_mixed_line_ends_and_spaces_do_not_matter() -> None:
    """Lines ended in different ways and cells with spaces around them are read alike."""
    assert _cells("a , b\r\nc,　d \re,f\n".encode()) == (("a", "b"), ("c", "d"), ("e", "f"))


def test_a_list_in_a_comma_table_separates_nothing() -> None:
    """Semicolons inside the cells of a comma table are text."""
    assert _cells(b"name,days\nx,1;2\ny,3;4\n")[1] == ("x", "1;2")


def test_a_spreadsheet_gives_texts_as_they_are_seen() -> None:
    """Whole numbers have no point, dates are dates, empty cells are empty."""
    cells = _cells(_book(A1=5, B1=5.5, C1=date(2026, 4, 5), E1="５・１９ ", A2=True))
    assert cells[0] == ("5", "5.5", "2026-04-05", "", "５・１９")
    assert cells[1][0] == "TRUE"


def test_merged_cells_are_filled() -> None:
    """A merged cell stands in every cell that it covers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["B2"] = "A地区", "1", "2"
    sheet.merge_cells("A1:A2")
    assert _cells(_saved(book)) == (("A地区", "1"), ("A地区", "2"))


def test_sheets_are_read_one_by_one_and_hidden_ones_are_told() -> None:
    """Every visible sheet is a grid of its own; a hidden one is named and left aside."""
    book = Workbook()
    book.active["A1"] = "x"  # type: ignore[index]
    book.create_sheet("令和9")["B2"] = "y"
    hidden = book.create_sheet("old")
    hidden["A1"], hidden.sheet_state = "z", "hidden"
    report = Report()
    grids = tables("x.xlsx", _saved(book), report)
    assert [grid.sheet for grid in grids] == ["Sheet", "令和9"]
    assert [str(one) for one in report.effects] == ["The hidden sheet 'old' was not read."]
    assert grids[1].place(1, 1) == "令和9!B2"


def test_empty_sheets_are_no_tables() -> None:
    """The empty sheets of a new workbook are left aside without a word."""
    book = Workbook()
    book.active["A1"] = "x"  # type: ignore[index]
    book.create_sheet("Sheet2")
    report = Report()
    assert [grid.sheet for grid in tables("x.xlsx", _saved(book), report)] == ["Sheet"]
    assert report.effects == []


def test_places_are_those_of_the_file() -> None:
    """A text table has rows and columns as a spreadsheet shows them; several files are named."""
    grid = tables("a.csv", b"x\n\n\ny,z\n", Report(), several=True)[0]
    assert grid.place(3, 1) == "a.csv row 4, column B"
    assert grid.text(3, 1) == "z"
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "empty": (b"", "The file is empty."),
    "only commas": (b",,,\n,,\n", "The file is empty."),
    "an empty workbook": (_book(), "The file is empty."),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "This is neither a spreadsheet nor a text table"),
    "no text at all": (bytes(range(256)), "This is neither a spreadsheet nor a text table"),
    "a broken workbook": (_book(A1=1)[:900], "The spreadsheet cannot be read: "),
    "a broken old workbook": (OLE, "The spreadsheet cannot be read: "),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "The file is protected with a password"),
    "too large": (b"a" * (MOST_BYTES + 1), "The file is larger than 20 MB."),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_table_says_why(name: str) -> None:
    """What cannot be read is refused in one sentence."""
    data, sentence = BAD[name]
    with pytest.raises(Refused, match="^" + sentence.replace("(", r"\(")):
        tables("x", data, Report())


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that would fill the memory is refused before it does."""
    monkeypatch.setattr("bot.knowledge.importers.bounds.MOST_UNPACKED", 1_000_000)
    with pytest.raises(Refused, match="larger than 1 MB"):
        tables("x.xlsx", _zip({"xl/worksheets/sheet1.xml": b"0" * 1_000_001}), Report())


_NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
ODS = (
    f'<office:document-content xmlns:office="{_NAMES.format("office")}"'
    f' xmlns:table="{_NAMES.format("table")}" xmlns:text="{_NAMES.format("text")}"'
    ' office:version="1.2"><office:body><office:spreadsheet>'
    '<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string">'
    '<text:p>A地区</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/>'
    '</table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    "</table:table-row>{far}</table:table></office:spreadsheet></office:body></office:document-content>"
)
FAR = (
    '<table:table-row><table:table-cell table:number-columns-repeated="1000"/>'
    '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
)
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NAMES.format("manifest")}"><manifest:file-entry'
    ' manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def _ods(far: str = "") -> bytes:
    return _zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": MANIFEST.encode(),
            "content.xml": ODS.replace("{far}", far).encode(),
        }
    )


def test_an_open_document_is_read() -> None:
    """An .ods file is read; its million empty rows are none."""
    assert [row for row in _cells(_ods()) if any(row)] == [("A地区",)]


def test_a_stray_cell_far_away_is_refused() -> None:
    """Something in the last corner of a sheet would be a table of thousands of millions of cells."""
    sentence = "A sheet reaches to row 10485.., column .*: delete what stands far outside the table."
    with pytest.raises(Refused, match=sentence):
        tables("x.xlsx", _book(A1="地区", XFD1048576=" "), Report())
    with pytest.raises(Refused, match=sentence.replace("10485..", "1048002")):
        tables("x.ods", _ods(FAR), Report())


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Any bytes are a table or are refused, also behind the beginning of a spreadsheet."""
    for start in (b"", b"PK\x03\x04", OLE[:8]):
        with contextlib.suppress(Refused):
            tables("x", start + data, Report())


def _zip(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_a_zip_file_becomes_its_files() -> None:
    """Folders keep their names; what an operating system adds is left out; a workbook stays whole."""
    found = unpacked({"s.zip": _zip({"data/ja/a.csv": b"x", "__MACOSX/a.csv": b"y"}), "b.xlsx": _book(A1=1)})
    assert list(found) == ["data/ja/a.csv", "b.xlsx"]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "C:\\a.csv", "..\\a.csv"])
def test_a_zip_file_with_a_name_that_leads_out_is_refused(name: str) -> None:
    """No file of an archive may lie outside of it."""
    with pytest.raises(Refused, match="The archive holds the name"):
        unpacked({"s.zip": _zip({name: b"x"})})


def test_a_zip_file_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many files, too many bytes and broken archives are refused."""
    with pytest.raises(Refused, match="more than 200 files"):
        unpacked({"s.zip": _zip({f"{number}.csv": b"" for number in range(MOST_FILES + 1)})})
    monkeypatch.setattr("bot.knowledge.importers.archives.MOST_BYTES", 1_000_000)
    with pytest.raises(Refused, match="larger than 1 MB"):
        unpacked({"s.zip": _zip({"a.csv": b"0" * 500_001, "b.csv": b"0" * 500_001})})
    with pytest.raises(Refused, match="The archive cannot be read"):
        unpacked({"s.zip": _zip({"a.csv": b"x"})[:40]})
