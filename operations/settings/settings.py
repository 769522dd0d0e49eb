"""The settings: one validated value, read once at the top and handed down.

First found wins: the command line, the scenario, the environment, `.env` in the current folder, greenroom.toml, the
default.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from backups.cipher import Recipient, parse_recipients
from backups.retention import Policy
from backups.signing import SigningKey, VerifyKey, read_signing_key
from catalog.errors import Refusal
from database.endpoints import Endpoint, Production, Scratch, Staging
from database.wholes.strategy import SMALL
from operations.audit import AuditTrail
from operations.scenarios.reading import read_scenario
from operations.settings.all_fields import Fields
from operations.settings.choices import Spare
from operations.settings.sources import FILE, DotEnv, Environment, SettingsFile
from operations.settings.values import about, redis_place
from operations.settings.wrong import refusal
from schema_sync.kept import Rule
from schema_sync.previews import Bounds

_COMMANDS = ("after_refresh", "rehearse", "identity_command")
_EMPTY: tuple[object, ...] = ("", (), [], {})


Place = TypeVar("Place", Production, Staging, Scratch)


class Settings(Fields):
    """Everything an operator may set. Secrets are in none of its texts; `load` makes one."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources, the strongest first."""
        return init_settings, Environment(settings_cls), DotEnv(settings_cls), SettingsFile(settings_cls)

    def production(self) -> Production:
        """The production endpoint; Refusal if it is not set."""
        return self._with_tls(Production.parse(_needed("PRODUCTION_DATABASE_URL", self.production_database_url)))

    def staging(self) -> Staging:
        """The staging endpoint; Refusal if it is not set."""
        return self._with_tls(Staging.parse(_needed("STAGING_DATABASE_URL", self.staging_database_url)))

    def scratch_server(self) -> Scratch | None:
        """A database on the server where backups are tried, if that is not staging's; Refusal if it is production's."""
        if self.restore_test_database_url is None:
            return None
        at = self._with_tls(Scratch.parse(self.restore_test_database_url.get_secret_value()))
        if self.production_database_url is not None:
            production = Production.parse(self.production_database_url.get_secret_value())
            if (at.host, at.port) == (production.host, production.port):
                raise Refusal(
                    "restore_test_database_url is on production's server, where nothing is ever written",
                    todo="Name a database on another server, or leave it out: backups are then tried beside staging.",
                )
        return at

    def _with_tls(self, at: Place) -> Place:
        """The endpoint, demanding TLS unless the operator allowed a session without it by name."""
        if "no-tls" in self.allow:
            return at.tolerating_plaintext()
        secured = at.with_tls()
        if not (secured.is_local or secured.requires_tls):
            raise Refusal(
                f"the URL of {at} lets the session go unencrypted (its sslmode), and the host is not this machine",
                todo="Say sslmode=require in it (better: verify-full); or overrule this guard: --allow no-tls.",
            )
        return secured

    def backup_recipients(self) -> tuple[Recipient, ...]:
        """Whom backups are encrypted to; Refusal if nobody is set, or too few."""
        recipients = self.recipients or parse_recipients("")  # which refuses, in its own words
        if len(recipients) < self.least_recipients:
            raise Refusal(
                f"{len(recipients)} recipient is set, and a backup needs {self.least_recipients}",
                why="whoever loses the only identity loses every backup",
                todo="Add another key to GREENROOM_RECIPIENTS, its identity kept elsewhere (greenroom keys new); "
                "or set GREENROOM_LEAST_RECIPIENTS=1, on purpose.",
            )
        return recipients

    def signing_key(self) -> SigningKey | None:
        """What signs backups, if anything does; Refusal if its signatures would not be accepted."""
        if self.signing_key_file is None:
            if not self.verify_keys:
                return None
            raise Refusal(
                "verify keys are set and no signing key, so a backup taken here would not count",
                todo="Set GREENROOM_SIGNING_KEY_FILE where backups are taken (docs/runbook.md).",
            )
        key = read_signing_key(self.signing_key_file)
        if self.verify_keys and key.verify_key not in self.verify_keys:
            raise Refusal(
                "the signing key is not one of those that verify keys accept",
                todo=f"Add its public key to GREENROOM_VERIFY_KEYS: {key.verify_key}",
            )
        return key

    def proof_key(self) -> SigningKey | None:
        """What signs the proof of a check or restore test, where there is a signing key; elsewhere it is not signed."""
        return read_signing_key(self.signing_key_file) if self.signing_key_file else None

    def audit_trail(self, key: SigningKey | None = None) -> AuditTrail:
        """The audit trail of this installation; `key` signs what is appended."""
        return AuditTrail(self.home / "audit.jsonl", key)

    def audit_keys(self) -> tuple[VerifyKey, ...]:
        """Whose signatures count in the audit trail: the verify keys', or else those of the signing key here."""
        key = None if self.verify_keys else self.proof_key()
        return (key.verify_key,) if key else self.verify_keys

    def retention(self) -> Policy:
        """How long backups are kept."""
        keep, every = timedelta(days=self.retention_days), timedelta(hours=self.backup_hours)
        return Policy(keep=keep, weekly=self.keep_weekly, monthly=self.keep_monthly, every=every)

    def snapshot_rule(self) -> Rule:
        """Which snapshots stay."""
        return Rule(self.snapshots, timedelta(days=self.snapshot_days))

    def recovery_objective(self) -> timedelta:
        """How long a recovery may take."""
        return timedelta(hours=self.recovery_hours)

    def numbers(self) -> Path | None:
        """The file in which every run leaves its numbers; None if nobody wants them."""
        return self.metrics_file or (self.home / "metrics.prom" if self.push_gateway else None)

    def preview_bounds(self) -> Bounds:
        """How many previews there may be, and how old one may get."""
        return Bounds(self.previews, timedelta(days=self.preview_days))

    def spare_from(self) -> int | None:
        """From how many bytes on a golden is to have a spare; None if none is."""
        return {Spare.ALWAYS: 0, Spare.LARGE: SMALL}.get(self.spare)

    @property
    def rehearses_history(self) -> bool:
        """Whether the next release is rehearsed by the application's Alembic history."""
        return self.rehearse == ("alembic",)

    def shown(self) -> tuple[tuple[str, str], ...]:
        """Every setting in force as (key, text), without secrets."""
        fields = type(self).model_fields.items()
        return tuple((name, _text(name, getattr(self, name)) or _absent(field)) for name, field in fields)


def load(**overrides: Any) -> Settings:
    """The settings in force; an override that is None or empty counts as not given.

    Reads the environment, `.env` and greenroom.toml. Raises Refusal, naming the setting and where it came from and
    repeating no secret, if a name is unknown or a value wrong; Misuse if only overrides are wrong.
    """
    given = {name: value for name, value in overrides.items() if value is not None and value not in _EMPTY}
    settings = _made(given, {})
    if not settings.scenario:
        return settings
    scenario = read_scenario(settings.scenario, settings.scenarios)
    return _made(given, scenario.settings, f"the scenario {scenario.name} ({scenario.path})")


def _made(given: Mapping[str, Any], scenario: Mapping[str, Any], place: str = "") -> Settings:
    """The settings with what was given before all else, then what the scenario says."""
    told = {**scenario, **given}
    if "rows" in scenario and "rows" in given:
        told["rows"] = {**dict(scenario["rows"]), **dict(given["rows"])}
    try:
        return Settings(**told)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
    except (OSError, UnicodeDecodeError):
        errors = None
    if errors is None:  # raised here and below, so that no cause with a secret in it hangs on the refusal
        raise Refusal(".env cannot be read", todo="It must be a text file in UTF-8 that this user may read.")
    raise refusal(Settings, errors, given, dict.fromkeys(scenario, place))


def _needed(name: str, url: SecretStr | None) -> str:
    if url is None:
        todo = f"Set {name} in the environment or in .env, or {name.lower()} in {FILE} (docs/settings.md)."
        raise Refusal(f"{name} is not set", todo=todo)
    return url.get_secret_value()


def _absent(field: FieldInfo) -> str:
    return about(field).absent or "not set"


def _text(name: str, value: object) -> str:
    """A value for people, without a secret; nothing if it is not set."""
    match value:
        case None | ():
            return ""
        case SecretStr() if name.endswith("_database_url"):
            return str(Endpoint.parse(value.get_secret_value()))
        case SecretStr():
            return redis_place(value) if name.endswith("redis_url") else "set"
        case (str(program), *arguments) if name in _COMMANDS:  # its arguments may hold a key
            return f"{program} ..." if arguments else program
        case tuple():
            return _items(value)
        case bool():
            return str(value).lower()
    return str(value)


def _items(values: tuple[object, ...]) -> str:
    """Several values; of secrets how many there are."""
    if isinstance(values[0], SecretStr):
        return f"{len(values)} set"
    return ", ".join("=".join(map(str, item)) if isinstance(item, tuple) else str(item) for item in values)
