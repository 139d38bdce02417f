"""The reviewed templates: what there is, how sure its words are, when it is read again, every language."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from bot.console import speaking
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs
from bot.console.screens.broadcasts.at_hand import office
from bot.console.speaking import remark
from bot.language.tags import TAGS

pages = Blueprint("templates", __name__, url_prefix="/templates")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """List the templates, emergencies first."""
    notices = sorted(office().knowledge.notices.values(), key=lambda one: one.kind != "emergency")
    return render_template("console/broadcasts/templates.html", notices=notices, **_told())


@pages.get("/<name>")
@needs(Capability.LOOK)
def one(name: str) -> str:
    """Show a template in every language, its blanks in braces."""
    notice = office().knowledge.notices.get(name)
    if notice is None:
        abort(404)
    tag = speaking.speech().tag
    blanks = {blank.id: getattr(blank.label, tag) for blank in notice.blanks}
    return render_template(
        "console/broadcasts/template.html",
        notice=notice,
        shown={tag: [{"type": "text", "text": "\n".join(notice.text[tag])}] for tag in TAGS},
        tags=TAGS,
        blanks=blanks,
        **_told(),
    )


def _told() -> dict[str, object]:
    tag = speaking.speech().tag
    return {
        "title": lambda notice: getattr(notice.title, tag),
        "evidence": evidence_name,
        "day": speaking.day,
        "today": desk().services.clock.today(),
    }


def evidence_name(evidence: str) -> str:
    """Return how sure the words of a template are."""
    names = {
        "national-rule": remark("follows a national body's wording"),
        "inferred": remark("says only what its blanks say"),
        "unconfirmed": remark("to be read before use"),
    }
    return names.get(evidence) or remark("from the city's own page")
