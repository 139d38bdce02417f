"""Bring the catalogs in `locales/` up to date with the sentences in the code, or `--check` that they are.

    python tools/texts.py            extract, merge, say what is still to be translated
    python tools/texts.py --check    write nothing; exit 1 when a file is stale or a translation is missing

There are two domains: `messages`, what readers read, in five languages (`say`), and `staff`, what clerks and
officers read, in Japanese and English (`remark`).

Files carry no dates and no line numbers, so a change in a catalog is a change in what the bot says.
A sentence that left the code is kept below `#~` and comes back with its translation.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as babel_extract
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes
from jinja2.ext import babel_extract as in_page

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from bot.language.speech import MessageId, incomplete  # noqa: E402
from bot.language.staff import STAFF_TAGS  # noqa: E402
from bot.language.tags import TAGS, babel_locale, catalog_folder  # noqa: E402


@dataclass(frozen=True)
class Domain:
    """Sentences for one kind of people. `msgids`: function -> how many first arguments are sentences.

    `speaking` and `pages` are patterns of the Python files and the templates that hold them.
    """

    name: str
    speaking: Sequence[str]
    pages: str
    msgids: Mapping[str, int]
    tags: Sequence[str]
    what: str
    pages: str

    def template(self, house: Path) -> Path:
        """Return the file of the untranslated sentences."""
        return house / "locales" / f"{self.name}.pot"

    def catalog(self, house: Path, tag: str) -> Path:
        """Return the file of the sentences in a language."""
        return house / "locales" / catalog_folder(tag) / "LC_MESSAGES" / f"{self.name}.po"


# The modules at the top of `bot/` run the house and speak to no reader.
READERS = Domain(
    "messages",
    ("bot/*/*.py", "jobs/*.py"),
    "bot/templates/*.html",
    {"say": 1, "say_n": 2},
    TAGS,
    "What the bot says",
)
STAFF = Domain(
    "staff",
    ("bot/**/*.py",),
    "bot/console/templates/**/*.html",
    {"remark": 1, "remark_n": 2},
    STAFF_TAGS,
    "What staff read",
)
_NOISE = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|'
    rb"Project-Id-Version|Report-Msgid-Bugs-To):.*\n",
    re.MULTILINE,
)


def extract(house: Path, domain: Domain) -> Catalog:
    """Return the template catalog: every msgid given literally to the functions of a domain."""
    template = Catalog(header_comment=f"# {domain.what}. Made by `make texts`.", fuzzy=False)
    keywords = {name: (1, 2) if count == 2 else None for name, count in domain.msgids.items()}
    for how, paths in (("python", speaking(house, domain)), (in_page, pages(house, domain))):
        for path in paths:
            with path.open("rb") as file:
                for _line, msgid, _comments, _context in babel_extract(how, file, keywords=keywords):
                    template.add(msgid)
    return template


def speaking(house: Path, domain: Domain) -> list[Path]:
    """Return the files that speak in a domain, in order."""
    return sorted(path for pattern in domain.speaking for path in house.glob(pattern))


def pages(house: Path, domain: Domain) -> list[Path]:
    """Return the templates that speak in a domain, in order."""
    return sorted(house.glob(domain.pages))


def hidden(house: Path, domain: Domain, template: Catalog) -> list[str]:
    """Return `file:line` of each call whose msgid no catalog could know: no literal, or in an f-string."""
    in_code = (
        (path, node.lineno)
        for path in speaking(house, domain)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := called(node)) in domain.msgids
        if not _known(node.args[: domain.msgids[name]], template)
    )
    in_pages = (
        (path, node.lineno)
        for path in pages(house, domain)
        for node in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call)
        if isinstance(node.node, nodes.Name) and (name := node.node.name) in domain.msgids
        if not all(isinstance(argument, nodes.Const) for argument in node.args[: domain.msgids[name]])
    )
    return [f"{path.relative_to(house)}:{line}" for path, line in (*in_code, *in_pages)]


def _known(arguments: Sequence[ast.expr], template: Catalog) -> bool:
    texts = [one.value for one in arguments if isinstance(one, ast.Constant)]
    return len(texts) == len(arguments) and str(texts[0]) in template


def called(call: ast.Call) -> str:
    """Return the name of what is called: `say` for both `say(...)` and `speech.say(...)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def update(path: Path, tag: str, template: Catalog, what: str) -> Catalog:
    """Return the catalog of a language with exactly the template's messages; English translates itself."""
    if path.is_file():
        catalog = read_po(BytesIO(path.read_bytes()), locale=babel_locale(tag))
    else:
        catalog = Catalog(locale=babel_locale(tag))
    catalog.fuzzy = False
    catalog.header_comment = f"# {what} in {tag}. Merged by `make texts`, written by hand."
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

    problems: list[str] = []
    for domain in (READERS, STAFF):
        files, wrong, sentences = bring_up_to_date(house, domain)
        problems += wrong + write(house, files, check=check)
        if not problems:
            sys.stdout.write(f"{sentences} sentences in {len(domain.tags)} languages, all complete.\n")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


def bring_up_to_date(house: Path, domain: Domain) -> tuple[dict[Path, bytes], list[str], int]:
    """Return what each file of a domain should hold, what is wrong, and how many sentences there are."""
    template = extract(house, domain)
    expected: list[MessageId] = [message.id for message in template if message.id]
    files = {domain.template(house): written(template)}
    problems = [f"{place}: the msgid must be written out here" for place in hidden(house, domain, template)]
    for tag in domain.tags:
        path = domain.catalog(house, tag)
        catalog = update(path, tag, template, domain.what)
        files[path] = written(catalog)
        problems += (f"{domain.name}, {tag}: {problem}" for problem in incomplete(catalog, expected))
    return files, problems, len(expected)


def write(house: Path, files: Mapping[Path, bytes], *, check: bool) -> list[str]:
    """Write what is stale, or with `check` only return a sentence on each."""
    problems = []
    for path, text in files.items():
        stale = not path.is_file() or path.read_bytes() != text
        if stale and check:
            problems.append(f"{path.relative_to(house)} is stale: run `make texts`")
        elif stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    return problems


if __name__ == "__main__":
    sys.exit(main())
