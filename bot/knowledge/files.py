"""Reading one file of `content/`: YAML and CSV become records, and every problem keeps its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Final

import yaml
from pydantic import ValidationError

from bot.knowledge.model import Problem
from bot.knowledge.rows import Record, Rows

Lined = tuple[Record, int]
"""A record and the line it starts on."""

Overlay = Mapping[str, bytes | None]
"""What holds instead of the files on disk: the whole new bytes of a path, or None where a file is gone."""

NOTHING_OVER_IT: Final[Overlay] = MappingProxyType({})

_SUFFIXES: Final = {".yaml", ".csv", ".geojson"}

_PLAIN_WORDS = {
    "extra_forbidden": "is not a known key",
    "missing": "is missing",
}


class _Loader(yaml.CSafeLoader):
    """YAML in which a date and a yes/no stay text: the models read them, and say so when they cannot."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def is_content(file: str) -> bool:
    """Return whether a path below the folder is one that content may have."""
    return PurePosixPath(file).suffix in _SUFFIXES


def content_files(folder: Path) -> list[Path]:
    """Return the YAML and CSV files on disk below a content folder, sorted."""
    return sorted(path for path in folder.rglob("*") if is_content(path.name) and path.is_file())


class ContentReader:
    """Reads files below one folder and collects what is wrong instead of stopping at the first.

    An overlay hides files on disk, adds some, or takes them away.
    """

    def __init__(self, root: Path, overlay: Overlay = NOTHING_OVER_IT) -> None:
        self.root = root
        self.overlay = overlay
        self.problems: list[Problem] = []

    def refuse(self, file: str, line: int, message: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(file, line, message))

    def text(self, file: str) -> str | None:
        """Return a file's text (UTF-8, a byte-order mark is fine), or None with the problem noted."""
        try:
            return self.bytes_of(file).decode("utf-8-sig")
        except FileNotFoundError:
            self.refuse(file, 0, "the file is missing")
        except UnicodeDecodeError as error:
            self.refuse(file, error.object[: error.start].count(b"\n") + 1, "is not UTF-8 text")
        return None

    def bytes_of(self, file: str) -> bytes:
        """Return what a file holds. Raises FileNotFoundError."""
        if file not in self.overlay:
            return (self.root / file).read_bytes()
        over = self.overlay[file]
        if over is None:
            raise FileNotFoundError(file)
        return over

    def paths(self) -> list[str]:
        """Return every YAML and CSV file, in order, without the generated schemas."""
        on_disk = {path.relative_to(self.root).as_posix() for path in content_files(self.root)}
        added = {file for file, over in self.overlay.items() if over is not None and is_content(file)}
        return sorted(on_disk - self.overlay.keys() | added)

    def below(self, folder: str) -> list[str]:
        """Return the YAML files directly below a folder, in order; none when it is not there."""
        return [file for file in self.paths() if PurePosixPath(file).match(f"{folder}/*.yaml")]

    def entries(self, file: str, model: type[Record]) -> list[Lined[Record]]:
        """Return the records of a YAML file that is a list of entries."""
        node, data = self._yaml(file)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(file, _line(node), "must be a list of entries")
            return []
        read = []
        for child, value in zip(node.value, data, strict=True):
            record = self._validate(file, model, value, child)
            if record is not None:
                read.append((record, _line(child)))
        return read

    def mapping(self, file: str, model: type[Record]) -> Record | None:
        """Return the one record of a YAML file that is a mapping."""
        node, data = self._yaml(file)
        return None if node is None else self._validate(file, model, data, node)

    def rows(self, file: str, model: type[Record], lists: Mapping[str, str]) -> list[Lined[Record]]:
        """Return the records of a CSV file. `lists` names the columns that hold lists, with their separators.

        An empty cell counts as left out. Missing or strange columns refuse the file.
        """
        return list(self._records(file, model, lists))

    def many(self, file: str, model: type[Record], lists: Mapping[str, str]) -> Rows[Record]:
        """Return the records of a CSV file as `rows` does, packed: for one of tens of thousands."""
        return Rows(model, self._records(file, model, lists))

    def _records(self, file: str, model: type[Record], lists: Mapping[str, str]) -> Iterator[Lined[Record]]:
        if self.text(file) is None:
            return
        # Line by line: a whole text in memory takes four bytes for each of its letters.
        lines = io.TextIOWrapper(io.BytesIO(self.bytes_of(file)), "utf-8-sig", newline="\n")
        table = csv.DictReader(lines, restkey="(more cells than columns)")
        try:
            strange = [name for name in table.fieldnames or [] if name not in model.model_fields]
            if strange:
                self.refuse(file, 1, f"unknown column {', '.join(strange)}")
                return
            for row in table:
                cells = ((key, cell) for key, cell in row.items() if cell)
                value = {key: _cells(cell, lists[key]) if key in lists else cell for key, cell in cells}
                record = self._validate(file, model, value, table.line_num)
                if record is not None:
                    yield record, table.line_num
        except csv.Error as error:
            self.refuse(file, 0, f"is not CSV: {error}")

    def _yaml(self, file: str) -> tuple[yaml.Node | None, Any]:
        text = self.text(file)
        if text is None:
            return None, None
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                self.refuse(file, 0, "the file is empty")
                return None, None
            for line, key in _repeated_keys(node):
                self.refuse(file, line, f"key {key!r} stands twice")
            return node, loader.construct_document(node)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.refuse(
                file, mark.line + 1 if mark else 0, f"is not YAML: {getattr(error, 'problem', error)}"
            )
            return None, None
        except (TypeError, ValueError, RecursionError):
            self.refuse(file, 0, "is no plain YAML: a key is a list, or an alias holds itself")
            return None, None
        finally:
            loader.dispose()

    def _validate(self, file: str, model: type[Record], value: Any, place: yaml.Node | int) -> Record | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                line = place if isinstance(place, int) else _line_of(place, detail["loc"])
                where = ".".join(str(step) for step in detail["loc"]) or "entry"
                words = _PLAIN_WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
                self.refuse(file, line, f"{where}: {words}")
            return None


def _cells(cell: Any, separator: str) -> list[Any]:
    if not isinstance(cell, str):
        return [cell]
    parts = [part.strip() for part in cell.split(separator) if part.strip()]
    if separator == " ; ":
        return [_source(part) for part in parts]
    return parts


def _source(cell: str) -> dict[str, str | None]:
    url, _, day = cell.partition("|")
    return {"url": url, "date": day or None}


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _line_of(node: yaml.Node, location: tuple[int | str, ...]) -> int:
    """Follow a pydantic error location into the YAML tree as far as it leads."""
    for step in location:
        child = None
        if isinstance(node, yaml.MappingNode):
            child = next((value for key, value in node.value if key.value == str(step)), None)
            child = child or next((key for key, _ in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            child = node.value[step]
        if child is None:
            break
        node = child
    return _line(node)


def _repeated_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield _line(key), key.value
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _repeated_keys(child)
