"""The systemd units for a server that has no platform to read the Procfile."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_HEAD = """\
# {file}: copy to /etc/systemd/system/
[Unit]
Description=Awamado {name}
After=network-online.target{after}
Wants=network-online.target
{requires}
[Service]
User=awamado
WorkingDirectory={root}
ExecStart={python} -m {module}
"""
_LOCKED_DOWN = """\
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={root}/var
"""
_ONCE = """\
Type=oneshot
RemainAfterExit=yes
"""
_FOREVER = """\
Restart=always
RestartSec=2
KillMode=mixed
TimeoutStopSec=30
"""
_INSTALL = """\

[Install]
WantedBy=multi-user.target
"""
_UNITS: Final = (
    ("migrate", "bot migrate", _ONCE),
    ("web", "gunicorn -c gunicorn.conf.py bot.wsgi:app", _FOREVER),
    ("worker", "jobs", _FOREVER),
)


def units(root: Path, python: str) -> str:
    """Return the text of every unit, for the tree at `root` and that interpreter.

    The processes read `.env` in `root` themselves: systemd's own reader quotes differently.
    """
    first = "awamado-migrate.service"
    texts = []
    for name, module, kind in _UNITS:
        later = name != "migrate"
        text = (_HEAD + kind + _LOCKED_DOWN + _INSTALL).format(
            file=f"awamado-{name}.service",
            name=name,
            module=module,
            root=root,
            python=python,
            after=f" {first}" if later else "",
            requires=f"Requires={first}\n" if later else "",
        )
        texts.append(text)
    return "\n".join(texts)
