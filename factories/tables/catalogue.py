"""Whom projects are for: invented companies in twelve industries, each with words of its own (`industries.toml`, `topics.toml`)."""
# ruff: noqa: E501  # names read best a few to a line

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STEMS = (
    "Quillmere", "Brackenvale", "Ostrelle", "Tavenor", "Wrenfold", "Maristow", "Fennimark", "Harrowby Lane", "Juniper & Slate",
    "Copperlight", "Velloria", "Norrendal", "Pellwick", "Sorrelton", "Amberfjord", "Thistledown", "Corvane", "Lindenmoor",
    "Eskerby", "Peregrine Row", "Saltmarsh", "Belloway", "Ivarsund", "Marrowfield", "Tidewell", "Ashgrove & Finn", "Kestrelby",
    "Orlindale", "Winterhall", "Dovecote", "Larkmeadow", "Stonebridge & Ives", "Calderwyn", "Rookhurst", "Mirabelle", "Foxglen",
    "Hollybrook", "Vantry", "Sunderleigh", "Greywater",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry: its companies' names, whom they talk to and how, what they want, and what is written about them."""

    name: str
    suffixes: tuple[str, ...]
    voices: tuple[str, ...]
    people: tuple[str, ...]
    ages: str
    goals: tuple[str, ...]
    keywords: tuple[str, ...]
    topics: tuple[str, ...]
    emoji: str

    def voice_of(self, company: str) -> str:
        """How that company of the industry talks."""
        return self.voices[self._kind(company)]

    def people_of(self, company: str) -> str:
        """To whom it talks."""
        return self.people[self._kind(company)]

    def _kind(self, company: str) -> int:
        """By the second half of its name; a company that is not ours is of the first kind."""
        return next((place for place, suffix in enumerate(self.suffixes) if company.endswith(suffix)), 0)


def _industry(told: Mapping[str, Any]) -> Industry:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Industry(**fields)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


INDUSTRIES = tuple(map(_industry, _read("industries.toml")["industry"]))
SAID: Mapping[str, tuple[str, ...]] = {topic: tuple(said) for topic, said in _read("topics.toml").items()}
GOALS, TOPICS = (len(found) for found in (INDUSTRIES[0].goals, INDUSTRIES[0].topics))

COMPANIES = len(STEMS) * len(INDUSTRIES) * 3


def company(number: int) -> tuple[str, int]:
    """The company of that number and its industry's place in the list."""
    industry = number % len(INDUSTRIES)
    stem = number // len(INDUSTRIES) % len(STEMS)
    suffix = number // (len(INDUSTRIES) * len(STEMS)) % 3
    return f"{STEMS[stem]} {INDUSTRIES[industry].suffixes[suffix]}", industry


def web_name(company: str) -> str:
    """The company's web address, in a domain that is reserved for examples (RFC 2606)."""
    return f"{hyphened(company)}.example"


def hyphened(words: str) -> str:
    """The words as they stand in an address."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in words.lower()).split())
