"""What can be set from outside, by environment variables named SOTAY_… or a file .env."""

import re
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from base.setting_kinds import (
    DatabaseAddress,
    PushHosts,
    PushKey,
    PushProxy,
    PushSubject,
    RedisAddress,
    ServiceAccountFile,
)

PREFIX = "SOTAY_"

SECRET = ("push_key",)
"""Never told, not even when it cannot be used."""

WITH_PASSWORD = ("database_url", "redis_url", "push_proxy")
"""Told by their scheme alone: where in a mistyped address the password stands, nobody can say."""

_SCHEME = re.compile(r"[a-z]+:", re.IGNORECASE)

_chosen: list["Settings"] = []


class SettingsError(Exception):
    """A setting has a value that cannot be used; ``problems`` lists (setting, got, takes)."""

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{name}: got {got!r}; takes {takes}" for name, got, takes in problems))


class Settings(BaseSettings):
    """Every setting, each with its meaning; docs/operating.md repeats them and a test holds the two together."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", use_attribute_docstrings=True, frozen=True
    )

    data_dir: Path = Path("data")
    """Folder that holds everything kept between runs: the SQLite database, pictures, keys, audit heads,
    the search index."""

    host: str = "127.0.0.1"
    """Address to listen on. Anything but a loopback address needs SOTAY_PUBLIC_URL with https."""

    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    """Port to listen on, 1 to 65535."""

    processes: Annotated[int, Field(ge=1, le=64)] = 1
    """Number of web processes, 1 to 64; the worker is one more."""

    public_url: AnyHttpUrl | None = None
    """Address members type, such as https://sotay.example.vn; http://localhost:PORT when not set.
    Passkeys are bound to its host."""

    trusted_proxies: str = ""
    """Addresses of reverse proxies whose X-Forwarded-For and -Proto are believed,
    separated by commas; none when empty."""

    database_url: DatabaseAddress = ""
    """sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME (a sign such as # / ? @ in PASSWORD as %23 %2F
    %3F %40); sotay.sqlite3 in SOTAY_DATA_DIR when empty."""

    database_pool: Annotated[int, Field(ge=1, le=100)] = 4
    """Connections each process may keep to the database, 1 to 100."""

    redis_url: RedisAddress = ""
    """redis://HOST:PORT/NUMBER; when empty, limits are counted in the database,
    the worker looks for work by itself, and so do live counts."""

    language: Literal["vi", "en"] = "vi"
    """Language of the command line, and of pages for a visitor who has not chosen: vi or en."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least severe log line written: debug, info, warning or error."""

    log_format: Literal["text", "json"] = "text"
    """text for people, json for machines (one object a line)."""

    secure_cookies: bool | None = None
    """true for __Host- cookies sent over https only; follows the scheme of SOTAY_PUBLIC_URL when not set."""

    session_days: Annotated[int, Field(ge=1, le=365)] = 30
    """Days a sign-in lasts without being used, 1 to 365."""

    feedback_days: Annotated[int, Field(ge=1, le=365)] = 15
    """Days within which feedback is to be answered, and as many again when it is asked anew, 1 to 365."""

    appeal_days: Annotated[int, Field(ge=1, le=365)] = 7
    """Days within which an appeal against a decision on a comment is to be decided, 1 to 365."""

    keys_dir: Path | None = None
    """Folder with the secret keys that seal the journal and hash codes, made at first use; keys in SOTAY_DATA_DIR
    when not set. Every machine needs the same ones."""

    audit_heads_dir: Path | None = None
    """Folder to which the journal's head is written each day, best on another machine;
    audit-heads in SOTAY_DATA_DIR when not set."""

    push_subject: PushSubject = ""
    """Whom push services write to when something is wrong: mailto:ADDRESS or https://SITE, never localhost;
    SOTAY_PUBLIC_URL when empty."""

    push_key: PushKey = SecretStr("")
    """Private key of Web Push, 43 characters of url-safe base64; the file push.pem in SOTAY_KEYS_DIR,
    made by `sotay push keys`, when empty."""

    push_hosts: PushHosts = ""
    """Further hosts that Web Push may go to, beside those of browser makers, as in a closed network:
    HOST or HOST:PORT, in lower case, separated by commas; *.HOST for all below it."""

    push_proxy: PushProxy = ""
    """HTTP proxy through which push services are reached where servers may not go out by themselves:
    http://HOST:PORT or http://USER:PASSWORD@HOST:PORT; hosts of SOTAY_PUSH_HOSTS are reached without it."""

    fcm_credentials: ServiceAccountFile = None
    """File with a service account of Firebase (JSON, as its console gives it); no FCM when not set."""

    push_rate: Annotated[int, Field(ge=0, le=100_000)] = 4000
    """Messages of big notices that all workers together send over each push channel in a second, at most;
    0 to 100000, 0 for no limit."""

    digest_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "07:00"
    """Time of day in Vietnam, HH:MM, at which the daily digest is told, to each member after their quiet window."""

    @field_validator("trusted_proxies")
    @classmethod
    def _known_proxies(cls, value: str) -> str:
        for address in filter(None, map(str.strip, value.split(","))):
            ip_network(address)  # raises ValueError
        return value

    @property
    def database(self) -> str:
        """The database's address with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'sotay.sqlite3'}"

    @property
    def keys(self) -> Path:
        """The folder of secret keys with the default filled in."""
        return self.keys_dir or self.data_dir / "keys"

    @property
    def audit_heads(self) -> Path:
        """The folder of exported journal heads with the default filled in."""
        return self.audit_heads_dir or self.data_dir / "audit-heads"

    @property
    def origin(self) -> str:
        """Scheme, host and port that browsers show: what WebAuthn and the Origin header must match."""
        return _origin(self.public_url, self.port)

    @property
    def site_host(self) -> str:
        """The host name to which passkeys are bound."""
        return _host(self.origin)

    @property
    def cookies_secure(self) -> bool:
        """Whether cookies carry Secure and the __Host- prefix."""
        return self.origin.startswith("https:") if self.secure_cookies is None else self.secure_cookies

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server: sample sign-in links are printed nowhere else."""
        return self.host in ("127.0.0.1", "::1", "localhost") and self.public_url is None


def load(**overrides: object) -> Settings:
    """Read the settings from the environment and ``.env``, raising SettingsError with each wrong one named."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError([_problem(dict(e)) for e in error.errors()]) from None


def settings() -> Settings:
    """The settings of this process, read once."""
    if not _chosen:
        _chosen.append(load())
    return _chosen[0]


def use(chosen: Settings) -> None:
    """Make ``chosen`` the settings of this process (command line and tests)."""
    _chosen[:] = [chosen]


@lru_cache(16)  # asked for on every request
def _origin(public_url: AnyHttpUrl | None, port: int) -> str:
    return f"http://localhost:{port}" if public_url is None else str(public_url).rstrip("/")


@lru_cache(16)
def _host(origin: str) -> str:
    return urlsplit(origin).hostname or "localhost"


def _problem(error: dict[str, object]) -> tuple[str, str, str]:
    location = error["loc"]
    field = str(location[0]) if isinstance(location, tuple) and location else ""
    known = Settings.model_fields.get(field)
    takes = (known.description or "") if known else str(error["msg"])
    return PREFIX + field.upper(), _without_secrets(field, str(error["input"])), takes


def _without_secrets(field: str, got: str) -> str:
    if field in WITH_PASSWORD and (scheme := _SCHEME.match(got)):
        return f"{scheme[0]}…"
    return "…" if field in SECRET + WITH_PASSWORD else got
