"""An empty place for settings, and settings with something in each."""

from pathlib import Path

import pytest

from operations.settings.settings import Settings, load
from operations.settings.sources import variables
from tests.unit.operations.settings.asking import KEY, OTHER_KEY, PRODUCTION, STAGING


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and an environment without any setting in it."""
    monkeypatch.chdir(tmp_path)
    for name in variables(Settings):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with something in each."""
    monkeypatch.setenv("PRODUCTION_DATABASE_URL", PRODUCTION)
    monkeypatch.setenv("STAGING_DATABASE_URL", STAGING)
    monkeypatch.setenv("REDIS_URL", "rediss://app:sesame@redis.example.com/2")
    monkeypatch.setenv("CLERK_SECRET_KEY", "sk_test_sesame")
    monkeypatch.setenv("GREENROOM_STORE", "s3://bucket/staging")
    monkeypatch.setenv("GREENROOM_RECIPIENTS", f"{KEY}, {OTHER_KEY},{KEY}")
    monkeypatch.setenv("GREENROOM_IDENTITY_FILE", "~/identity.txt")
    monkeypatch.setenv("GREENROOM_ANCHOR", "2026-11-22T03:00:00Z")
    monkeypatch.setenv("GREENROOM_TIME_ZONE", "Europe/Berlin")
    monkeypatch.setenv("GREENROOM_ROWS", "users=1000, public.tasks=0,tasks=1.5 per users")
    monkeypatch.setenv("GREENROOM_ROLES", "app=app_staging")
    monkeypatch.setenv("GREENROOM_ALLOW", "same-server,no-tls")
    monkeypatch.setenv("GREENROOM_STRICT", "true")
    monkeypatch.setenv("GREENROOM_AFTER_REFRESH", "notify --token sesame")
    monkeypatch.setenv("GREENROOM_NOTIFY", "json://localhost/sesame mailto://me:sesame@example.com")
    monkeypatch.setenv("GREENROOM_NOTIFY_ON", "failed, drift")
    monkeypatch.setenv("GREENROOM_REHEARSE", "migrate --token sesame")
    return load()
