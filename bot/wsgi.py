"""What the web server loads: `gunicorn -c gunicorn.conf.py bot.wsgi:app`."""

from __future__ import annotations

import sys

from flask import Flask

from bot.app import create_app
from bot.knowledge.model import ContentRefused
from bot.language.speech import CatalogError
from bot.settings import SettingsProblem, load_settings
from bot.store.identity import OtherChannel
from bot.wiring import NotReady, build_runner, build_services

CANNOT_LOAD = 4
"""gunicorn's exit code for an application that cannot be loaded: it then stops instead of trying again."""


def load() -> Flask:
    """Build the application from the environment; what stands in the way is said in plain words."""
    try:
        services = build_services(load_settings(), "web")
    except (SettingsProblem, NotReady, OtherChannel, ContentRefused, CatalogError) as problem:
        sys.stderr.write(f"The web cannot start. {problem}\n")
        sys.exit(CANNOT_LOAD)
    return create_app(services, build_runner(services))


app = load()
