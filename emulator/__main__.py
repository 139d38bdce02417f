"""`python -m emulator`: start the practice LINE."""

from __future__ import annotations

import click

from emulator.server import Options, Server


@click.command(
    epilog="Example: python -m emulator --port 8700 --webhook-url http://127.0.0.1:8000/webhook --follow"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8700,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes any free one.",
)
@click.option(
    "--webhook-url", help="Where the bot takes its webhooks; can be set later through the control API."
)
@click.option("--secret", default="practice-channel-secret", show_default=True, help="Channel secret.")
@click.option("--token", default="practice-channel-token", show_default=True, help="Channel access token.")
@click.option("--follow", is_flag=True, help="Let the three phones follow the bot as soon as it answers.")
@click.option("--quiet", is_flag=True, help="Print the address and errors only.")
def main(
    host: str, port: int, webhook_url: str | None, secret: str, token: str, follow: bool, quiet: bool
) -> None:
    """Run a practice LINE: the Messaging API with its rules, and phones at http://HOST:PORT/."""
    Server(Options(host, port, secret, token, webhook_url, follow, quiet)).run()


if __name__ == "__main__":
    main(prog_name="python -m emulator")
