"""The two ways a run ends badly, each a sentence for the operator."""


class GreenroomError(Exception):
    """Something an operator has to read: what happened, why, what is left behind, what to do next.

    Each part is a plain sentence or clause without a secret in it; `what` alone is required.
    """

    opening = "failed"

    def __init__(self, what: str, *, why: str = "", left: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.left = left
        self.todo = todo

    def __str__(self) -> str:
        cause = f": {self.why}" if self.why else ""
        first = f"{self.opening}: {self.what}{cause}; {self.aftermath}."
        return f"{first}\n{self.todo}" if self.todo else first

    @property
    def aftermath(self) -> str:
        """What the run left behind, as a clause."""
        return self.left or "nothing is left behind"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling, which the keyword arguments would otherwise prevent."""
        return (_rebuild, (type(self), self.what, self.why, self.left, self.todo))


class Refusal(GreenroomError):
    """A guard said no before anything changed."""

    opening = "refused"

    @property
    def aftermath(self) -> str:
        """Always the same: a refusal changes nothing."""
        return "nothing was changed"


class Misuse(Refusal):
    """The command line says what cannot be meant."""

    opening = "wrong usage"


class Failure(GreenroomError):
    """Something broke on the way; `left` names what is left behind, and is empty if nothing is."""


class Rejected(Failure):
    """What was made does not pass; it would not pass either if it were tried again."""


def _rebuild(kind: type[GreenroomError], what: str, why: str, left: str, todo: str) -> GreenroomError:
    return kind(what, why=why, left=left, todo=todo)
