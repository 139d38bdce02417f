"""Shows people the menu of their language; in practice it brings the menus to the practice LINE as well."""

from __future__ import annotations

from bot import logs
from bot.line.calls import Refused
from bot.richmenus.deploying import Deployment, design
from bot.richmenus.fonts import CannotDraw
from bot.richmenus.linking import Linking
from bot.services import Services
from bot.wiring import build_linking
from jobs.timetable import Job

_log = logs.get(__name__)


def jobs(services: Services) -> list[Job]:
    """Return the jobs."""
    linking = build_linking(services)
    told = Job("menus", 2.0, linking.work)
    if not services.settings.practice:
        return [told]
    return [told, Job("practice-menus", 5.0, _Practice(services, linking).deploy)]


class _Practice:
    """Deploys what `content/` says, so that nobody who tries the bot has to think of it."""

    def __init__(self, services: Services, linking: Linking) -> None:
        self._services = services
        self._linking = linking
        self._done: object = None

    def deploy(self) -> None:
        """Deploy when the tiles are others than the last time."""
        tiles = self._services.content.current.knowledge.tiles
        if tiles == self._done:
            return
        from bot.richmenus.drawing import draw  # the service itself draws nothing, and needs no Pillow

        try:
            designs = design(tiles, self._services.voices, draw)
            Deployment(self._linking.port, designs, self._linking.renew).run()
        except CannotDraw as problem:
            _log.warning("menus_not_drawn", reason=str(problem))
        except Refused as refused:
            _log.warning("menus_not_deployed", reason=str(refused))
            return
        self._done = tiles
