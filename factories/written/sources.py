"""The team's own files as they were read: a value that can travel to a worker elsewhere and be run there again."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType

PREFIX = "greenroom_factories_"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: the module it is, where it was read, and its text; the folder's own module holds the others."""

    module: str
    path: str
    text: str = field(repr=False)
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of one reading; equal texts have equal digests, wherever they were read."""

    files: tuple[SourceFile, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of what they say, 64 hex digits."""
        said = [(file.module.partition(".")[2], file.text) for file in self.files]
        return sha256(repr(said).encode()).hexdigest()


class _Finder(MetaPathFinder, Loader):
    """Gives Python's import the modules of sources that have been read; nothing is written beside the files."""

    def __init__(self) -> None:
        self.known: Mapping[str, SourceFile] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where the module is, if it is one of ours (Python manual, "importlib.abc.MetaPathFinder")."""
        del path, target
        file = self.known.get(fullname)
        if file is None:
            return None
        return spec_from_loader(fullname, self, origin=file.path, is_package=file.is_folder)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's text."""
        file = self.known[module.__name__]
        module.__file__ = file.path
        code = compile(file.text, file.path, "exec")
        exec(code, vars(module))  # noqa: S102  # the team's own code, which its settings ask us to run


_FINDER = _Finder()


def offer(sources: Sources) -> None:
    """Let the modules of these sources be imported, and forget those of any before."""
    for name in [name for name in sys.modules if name.startswith(PREFIX)]:
        del sys.modules[name]
    _FINDER.known = {file.module: file for file in sources.files}
    if _FINDER not in sys.meta_path:
        sys.meta_path.append(_FINDER)
