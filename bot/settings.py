"""The environment, read once: one frozen Settings that reports every problem at once and hides secrets."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEFAULT_ENV_FILE: Final = Path(".env")
LINE_CREDENTIALS: Final = ("line_channel_secret", "line_channel_access_token")
"""A LINE account is these two together; one alone is refused."""

_ADDRESS = "an https:// address without a path (http:// only on this machine)"
_PRINTABLE = re.compile(r"[!-~]+")
"""What an HTTP header can carry: no spaces, no signs that one cannot see."""

_ASCII = re.compile(r"[ -~]+")

MAIL_ADDRESS: Final = re.compile(
    r"(?=.{6,254}\Z)[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
"""A plain mail address: one line of ASCII that no header takes for anything else. For `fullmatch`."""

_DATABASES = re.compile(r"(sqlite:///(?!:memory:)|postgresql(\+psycopg)?://).+")
Network = IPv4Network | IPv6Network


class SettingsProblem(Exception):
    """The settings cannot be used. `problems` holds one plain sentence each; none shows a secret."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class Kept(BaseSettings):
    """Where the city's words and the database are: all that commands for staff need."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
    )

    content_dir: Path = Field(Path("content"), description="an existing directory with the city's content")
    database_url: SecretStr = Field(
        SecretStr("sqlite:///var/awamado.db"),
        description="sqlite:////absolute/path.db or postgresql://user:password@host/name "
        "(signs such as / : @ in a password percent-encoded)",
    )

    @model_validator(mode="before")
    @classmethod
    def _trim(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Drop the spaces that copying leaves around a value; what is then empty counts as unset."""
        trimmed = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in trimmed.items() if value != ""}

    @field_validator("database_url", mode="after")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        url = re.sub(r"^postgres://", "postgresql://", value.get_secret_value())
        parts = urlsplit(url)  # raises ValueError for half an IPv6 address, as `port` does for what is none
        if not _DATABASES.fullmatch(url) or (parts.scheme != "sqlite" and parts.port == 0):
            raise ValueError
        return SecretStr(url)

    @field_validator("content_dir", mode="after")
    @classmethod
    def _directory(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError
        return value


class Settings(Kept):
    """Everything the environment decides. Each description completes the sentence "NAME must be ..."."""

    port: int = Field(8000, ge=1, le=65535, description="a whole number from 1 to 65535")
    web_concurrency: int = Field(1, ge=1, le=64, description="a whole number from 1 to 64")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR"
    )

    secret_key: SecretStr = Field(min_length=32, description="at least 32 random characters")

    line_channel_secret: SecretStr = Field(
        description="the channel secret from the LINE Developers console, in printable ASCII"
    )
    line_channel_secret_old: SecretStr | None = Field(
        None, description="the former channel secret while LINE changes over, in printable ASCII"
    )
    line_channel_access_token: SecretStr = Field(
        description="a channel access token from the LINE Developers console, in printable ASCII"
    )
    line_api_base: str = Field("https://api.line.me", description=_ADDRESS)
    line_data_api_base: str = Field("https://api-data.line.me", description=_ADDRESS)

    public_base_url: str | None = Field(None, description=_ADDRESS)
    trusted_proxies: int = Field(0, ge=0, le=8, description="how many proxies stand in front, 0 to 8")
    outbound_proxy: SecretStr | None = Field(None, description="http://[user:password@]host:port")
    console_networks: Annotated[tuple[Network, ...], NoDecode] = Field(
        (), description="networks separated by commas, such as 192.0.2.0/24, 2001:db8::/32"
    )
    metrics_token: SecretStr | None = Field(
        None, min_length=16, description="at least 16 random characters, in printable ASCII"
    )

    smtp_url: SecretStr | None = Field(
        None,
        description="smtp://user:password@host:587 (TLS by STARTTLS; none on this machine) or "
        "smtps://user:password@host:465 (signs such as / : @ in a password percent-encoded)",
    )
    mail_from: str | None = Field(
        None, validate_default=True, description="a mail address, set together with SMTP_URL: both or neither"
    )

    @property
    def mails(self) -> bool:
        """True when staff are told by mail too; never in practice."""
        return self.smtp_url is not None and not self.practice

    @property
    def practice(self) -> bool:
        """True when "LINE" is the practice LINE on this machine: plain http on a loopback address."""
        return self.line_api_base.startswith("http://")

    @property
    def pictures_base(self) -> str:
        """Where pictures are sent: in practice to the practice LINE, so that nothing leaves the machine."""
        return self.line_api_base if self.practice else self.line_data_api_base

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: str) -> str:
        return value.upper()

    @field_validator(*LINE_CREDENTIALS, "line_channel_secret_old", "metrics_token", mode="after")
    @classmethod
    def _printable(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _PRINTABLE.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("line_api_base", "line_data_api_base", "public_base_url", mode="after")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        """Keep scheme and host only. Plain http never leaves this machine: tokens travel on it."""
        if value is None:
            return None
        parts = urlsplit(value.rstrip("/"))
        if parts.path or parts.query or not parts.hostname or parts.username:
            raise ValueError
        if parts.scheme != "https" and not (parts.scheme == "http" and loopback(parts.hostname)):
            raise ValueError
        return parts.geturl()

    @field_validator("outbound_proxy", mode="after")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value() if value else "http://none")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError
        return value

    @field_validator("smtp_url", mode="after")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value() if value else "smtp://none")
        names = [unquote(one) for one in (parts.username, parts.password) if one is not None]
        rest = parts.path.strip("/") + parts.query + parts.fragment
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.port == 0 or rest:
            raise ValueError
        if len(names) == 1 or not all(map(_ASCII.fullmatch, names)):
            raise ValueError
        return value

    @field_validator("mail_from", mode="after")
    @classmethod
    def _sender(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Refuse half a mail account; a server that is wrong is named by itself."""
        alone = "smtp_url" in info.data and (info.data["smtp_url"] is None) != (value is None)
        if alone or (value is not None and not MAIL_ADDRESS.fullmatch(value)):
            raise ValueError
        return value

    @field_validator("console_networks", mode="before")
    @classmethod
    def _comma_list(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )


Read = TypeVar("Read", bound=Kept)

SECRETS: Final = frozenset(
    name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)
)
"""Names of the fields whose value must never be shown."""

_ADDRESSES: Final = {"database_url", "outbound_proxy", "smtp_url"}


def load_settings(env_file: Path | None = DEFAULT_ENV_FILE) -> Settings:
    """Read the environment, then `env_file` for what it leaves open (a file that is not there is no problem).

    Raises SettingsProblem with every problem at once.
    """
    return _read(Settings, env_file)


def load_kept(env_file: Path | None = DEFAULT_ENV_FILE) -> Kept:
    """Read only where content and database are, as `load_settings` does. Raises SettingsProblem."""
    return _read(Kept, env_file)


def _read(kind: type[Read], env_file: Path | None) -> Read:
    try:
        return kind(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own keyword
    except ValidationError as error:
        fields = dict.fromkeys(str(part["loc"][0]) for part in error.errors())
        missing = {str(part["loc"][0]) for part in error.errors() if part["type"] == "missing"}
        raise SettingsProblem([_sentence(field, field in missing, missing) for field in fields]) from None
    except UnicodeDecodeError:
        raise SettingsProblem([f"{env_file} is not text in UTF-8: save it in that encoding."]) from None


def line_account_given(env_file: Path | None, environment: dict[str, str]) -> bool:
    """Return True when at least one of the two LINE credentials is set: then this is no practice run."""
    known = {**(dotenv_values(env_file, encoding="utf-8-sig") if env_file else {}), **environment}
    return any((known.get(name.upper()) or "").strip() for name in LINE_CREDENTIALS)


def secret_values(settings: Settings) -> tuple[str, ...]:
    """Return the text of every secret that is not an address, for the log filter and nothing else.

    The filter finds passwords inside addresses by their shape; the rest of an address may be read.
    """
    secrets = [getattr(settings, name) for name in sorted(SECRETS - _ADDRESSES)]
    return tuple(secret.get_secret_value() for secret in secrets if secret)


def _sentence(field: str, absent: bool, missing: set[str]) -> str:
    """Say what is wrong with one field without showing its value."""
    name, wanted = field.upper(), Settings.model_fields[field].description
    if not absent:
        return f"{name} must be {wanted}."
    if field in LINE_CREDENTIALS and not missing.issuperset(LINE_CREDENTIALS):
        return f"{name} is missing: set both LINE credentials, or neither to practise without LINE."
    return f"{name} is missing: it must be {wanted}."


def loopback(host: str) -> bool:
    """Return True for this machine's own addresses."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
