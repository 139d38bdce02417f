"""Bring the catalogs in `locales/` up to date with the sentences in the code, or `--check` that they are.

    python tools/texts.py            extract, merge, say what is still to be translated
    python tools/texts.py --check    write nothing; exit 1 when a file is stale or a translation is missing

Files carry no dates and no line numbers, so a change in a catalog is a change in what the bot says.
A sentence that left the code is kept below `#~` and comes back with its translation.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as babel_extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract as in_page

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from bot.language.speech import MessageId, incomplete  # noqa: E402
from bot.language.tags import TAGS, babel_locale, catalog_folder  # noqa: E402

SPEAKING = ("bot/*/*.py", "jobs/*.py")
"""Files whose `say` speaks to readers; the modules at the top of `bot/` run the house and speak to nobody."""
PAGES = "bot/templates/*.html"
KEYWORDS = {"say": None, "say_n": (1, 2)}
MSGIDS = {"say": 1, "say_n": 2}
"""How many of the first arguments are sentences."""
_NOISE = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|'
    rb"Project-Id-Version|Report-Msgid-Bugs-To):.*\n",
    re.MULTILINE,
)


def extract(house: Path) -> Catalog:
    """Return the template catalog: every msgid given literally to `say` or `say_n` in the house's code."""
    template = Catalog(header_comment="# What the bot says. Made by `make texts`.", fuzzy=False)
    for path in speaking(house):
        with path.open("rb") as file:
            for _line, msgid, _comments, _context in babel_extract("python", file, keywords=KEYWORDS):
                template.add(msgid)
    for page in sorted(house.glob(PAGES)):
        with page.open("rb") as file:
            for _line, msgid, _comments, _context in babel_extract(in_page, file, keywords=KEYWORDS):
                template.add(msgid)
    return template


def speaking(house: Path) -> list[Path]:
    """Return the files that speak to readers, in order."""
    return sorted(path for pattern in SPEAKING for path in house.glob(pattern))


def hidden(house: Path) -> list[str]:
    """Return `file:line` of each `say` whose msgid is no literal: no catalog could know it."""
    return [
        f"{path.relative_to(house)}:{node.lineno}"
        for path in speaking(house)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := called(node)) in KEYWORDS
        if not all(isinstance(argument, ast.Constant) for argument in node.args[: MSGIDS[name]])
    ]


def called(call: ast.Call) -> str:
    """Return the name of what is called: `say` for both `say(...)` and `speech.say(...)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def update(path: Path, tag: str, template: Catalog) -> Catalog:
    """Return the catalog of a language with exactly the template's messages; English translates itself."""
    if path.is_file():
        catalog = read_po(BytesIO(path.read_bytes()), locale=babel_locale(tag))
    else:
        catalog = Catalog(locale=babel_locale(tag))
    catalog.fuzzy = False
    catalog.header_comment = f"# What the bot says in {tag}. Merged by `make texts`, written by hand."
    for message in list(catalog.obsolete.values()):
        catalog[message.id] = message
    catalog.obsolete.clear()
    # A copy, because Babel would put the template's own messages into every catalog.
    catalog.update(deepcopy(template), no_fuzzy_matching=True, update_header_comment=False)
    if tag == "en":
        for message in catalog:
            if message.id and not any(message.string or ()):
                message.string = message.id
    return catalog


def written(catalog: Catalog) -> bytes:
    """Return the file of a catalog, sorted and free of dates."""
    out = BytesIO()
    write_po(out, catalog, width=110, no_location=True, sort_output=True)
    return _NOISE.sub(b"", out.getvalue())


def main(arguments: list[str] | None = None, house: Path = HOUSE) -> int:
    """Run the command on a house (the folder above `bot`); returns its exit code."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when something is stale")
    check = parser.parse_args(arguments).check

    template = extract(house)
    expected: list[MessageId] = [message.id for message in template if message.id]
    files = {house / "locales" / "messages.pot": written(template)}
    problems = [f"{place}: the msgid must be written out here" for place in hidden(house)]
    for tag in TAGS:
        path = house / "locales" / catalog_folder(tag) / "LC_MESSAGES" / "messages.po"
        catalog = update(path, tag, template)
        files[path] = written(catalog)
        problems += (f"{tag}: {problem}" for problem in incomplete(catalog, expected))
    for path, text in files.items():
        stale = not path.is_file() or path.read_bytes() != text
        if stale and check:
            problems.append(f"{path.relative_to(house)} is stale: run `make texts`")
        elif stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if not problems:
        sys.stdout.write(f"{len(expected)} sentences in {len(TAGS)} languages, all complete.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
