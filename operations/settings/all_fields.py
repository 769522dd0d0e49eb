"""All settings, put together from their themes under `operations/settings/fields`."""

from pydantic_settings import BaseSettings, SettingsConfigDict

from operations.settings.fields.backups import Backups
from operations.settings.fields.databases import Databases
from operations.settings.fields.following import Following
from operations.settings.fields.given_rows import GivenRows
from operations.settings.fields.machine import Machine
from operations.settings.fields.monitoring import Monitoring
from operations.settings.fields.refreshing import Refreshing
from operations.settings.fields.seeding import Seeding
from operations.settings.fields.signing_in import SigningIn
from operations.settings.sources import PREFIX


# The last theme is listed first.
class Fields(
    Monitoring, Backups, Machine, Following, Refreshing, GivenRows, Seeding, SigningIn, Databases, BaseSettings
):
    """The settings as they are declared; `Settings` adds where they are read and what is made of them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        dotenv_filtering="only_existing",
        enable_decoding=False,
        frozen=True,
        hide_input_in_errors=True,
    )
