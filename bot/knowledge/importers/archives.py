"""A zip file becomes its files; how many, how large and how they are named is bounded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused

MOST_FILES: Final = 200
MOST_BYTES: Final = 50_000_000
"""Most bytes that all files of an archive may have together."""

_ZIP: Final = b"PK\x03\x04"
_RUBBISH: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", ".git")


def unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with those inside zip files in their place; a spreadsheet is no zip file here.

    Raises Refused for an archive that is broken, protected, too large, or has names that lead out of it.
    """
    found: dict[str, bytes] = {}
    for name, data in files.items():
        if data.startswith(_ZIP) and not name.lower().endswith((".xlsx", ".xlsm", ".ods")):
            found |= _members(name, data)
        else:
            found[name] = data
    return found


def _members(name: str, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="cp932") as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _rubbish(one.filename)]
            if len(members) > MOST_FILES:
                raise Refused(remark("The archive holds more than {most} files.", most=MOST_FILES), name)
            return _read(archive, members, name)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise Refused(remark("The archive cannot be read: {problem}.", problem=str(error)), name) from None


def _read(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> dict[str, bytes]:
    left = MOST_BYTES
    read: dict[str, bytes] = {}
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename:
            raise Refused(remark("The archive holds the name {path}.", path=repr(member.filename)), name)
        if member.flag_bits & 1:
            raise Refused(remark("The file is protected with a password: save it without one."), name)
        with archive.open(member) as file:  # what the archive says of its sizes proves nothing
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Refused(remark("The archive is larger than {most} MB.", most=MOST_BYTES // 1_000_000), name)
        read[str(path)] = content
    return read


def _rubbish(path: str) -> bool:
    return any(part in _RUBBISH for part in PurePosixPath(path.replace("\\", "/")).parts)
