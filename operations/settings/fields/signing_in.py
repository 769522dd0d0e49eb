"""How testers sign in to the staging application."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings.choices import WithoutClerk
from operations.settings.values import About, ClerkApi, ClerkKey, PublishableKey

_SIGNING_IN = "Signing in"


class SigningIn(BaseModel):
    """How testers sign in to the staging application."""

    clerk_secret_key: Annotated[
        ClerkKey | None,
        About(
            _SIGNING_IN,
            "The secret key of the Clerk instance that staging signs in with: personas are made users there "
            "(docs/personas.md). Only a development instance is accepted.",
            "a development key of Clerk",
            example='"sk_test_of-yours"',
            absent="personas have made-up ids, and nobody can sign in as one",
            secret=True,
        ),
    ] = Field(default=None, validation_alias="CLERK_SECRET_KEY")

    clerk_publishable_key: Annotated[
        PublishableKey | None,
        About(
            _SIGNING_IN,
            "The publishable key that the staging application has. If it is set, the secret key has to be of the same "
            "instance.",
            "a publishable key of a development instance of Clerk",
            example='"pk_test_eW91cnMtMTIuY2xlcmsuYWNjb3VudHMuZGV2JA=="',
            absent="the two keys are not compared",
        ),
    ] = Field(default=None, validation_alias="CLERK_PUBLISHABLE_KEY")

    clerk_api: Annotated[
        ClerkApi,
        About(_SIGNING_IN, "Where Clerk's backend API is.", "an address that begins with https://"),
    ] = "https://api.clerk.com/v1"

    clerk_seconds: Annotated[
        float,
        Field(gt=0, le=600, allow_inf_nan=False),
        About(
            _SIGNING_IN,
            "How many seconds a run spends on Clerk at the most.",
            "a number of seconds above 0, at most 600",
        ),
    ] = 60

    without_clerk: Annotated[
        WithoutClerk,
        About(
            _SIGNING_IN,
            "What a run does when Clerk cannot be asked: it is refused, with staging as it was, or it goes on with "
            "made-up ids, with which nobody can sign in.",
            "refuse or made-up",
        ),
    ] = WithoutClerk.REFUSE
