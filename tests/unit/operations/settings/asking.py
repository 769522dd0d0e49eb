"""What tests of settings ask with: a settings file, a refusal, and values for a few settings."""

from pathlib import Path

import pytest

from backups.cipher import Identity
from catalog.errors import Refusal
from operations.settings.settings import load

PRODUCTION = "postgresql+asyncpg://reader:hunter2@db.example.com:5433/app?sslmode=verify-full"
STAGING = "postgresql://owner:sesame@localhost/app_staging"
KEY = str(Identity.new().recipient)
OTHER_KEY = str(Identity.new().recipient)


def refused(**overrides: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        load(**overrides)
    return caught.value


def in_file(text: str) -> None:
    Path("greenroom.toml").write_text(text, encoding="utf-8")
