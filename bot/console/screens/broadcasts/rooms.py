"""All screens of broadcasts below one address, with the words that each of their pages may use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from bot.console.phone_look import classes, own_picture
from bot.console.screens.broadcasts import (
    another_time,
    approving,
    checking,
    days,
    deeds,
    detail,
    editor,
    listing,
    media,
    new,
    series,
    suggesting,
    templates,
    trying,
    unsure,
)
from bot.console.screens.broadcasts.at_hand import said
from bot.console.screens.broadcasts.words import html_lang, language_name, state_look, state_name

pages = Blueprint("broadcasts", __name__, url_prefix="/broadcasts")
for screen in (
    listing,
    days,
    series,
    templates,
    media,
    new,
    another_time,
    editor,
    checking,
    approving,
    suggesting,
    detail,
    deeds,
    trying,
    unsure,
):
    pages.register_blueprint(screen.pages)
pages.register_blueprint(new.blanks)


@pages.context_processor
def known_to_broadcasts() -> dict[str, Any]:
    """Return what every page of broadcasts may use."""
    return {
        "classes": classes,
        "own_picture": own_picture,
        "said": said,
        "language_name": language_name,
        "html_lang": html_lang,
        "state_name": state_name,
        "state_look": state_look,
    }
