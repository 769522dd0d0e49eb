"""Reading the team's own factories from a Python file, or from a folder of them; runs what is in the files."""

import copyreg
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from types import ModuleType

from catalog.errors import Refusal
from factories.written.declare import TableFactory, stand_together
from factories.written.sources import PREFIX, SourceFile, Sources, offer

_ADVICE = "Mend the file. How factories are written: docs/factories.md."

Factory = type[TableFactory]


def load_factories(path: Path) -> tuple[Factory, ...]:
    """The factories defined in the file, or in every file of the folder whose name does not begin with `_`.

    Read anew each time. Raises Refusal, with file and line, if the code cannot be run, holds no factory, or two of
    them name the same table.
    """
    sources = read_sources(path)
    found = _run(sources)
    if not found:
        raise Refusal(f"there is no factory in {path}", why="it defines no subclass of TableFactory", todo=_ADVICE)
    _refuse_twins(found)
    return found


def read_sources(path: Path) -> Sources:
    """The file's or the folder's Python files as they are now; runs nothing. Raises Refusal for what cannot be read."""
    root = PREFIX + sha256(str(path).encode()).hexdigest()[:12]
    if path.is_dir():
        own = path / "__init__.py"
        texts = [_source(f"{root}.{file.stem}", file) for file in sorted(path.glob("*.py")) if file != own]
        package = _source(root, own, is_folder=True) if own.exists() else SourceFile(root, str(path), "", True)
        return Sources((package, *texts))
    if not path.is_file():
        raise Refusal(f"the factories {path} cannot be read", why="there is no such file or folder", todo=_ADVICE)
    return Sources((_source(root, path),))


def _source(module: str, file: Path, *, is_folder: bool = False) -> SourceFile:
    try:
        return SourceFile(module, str(file), file.read_text(encoding="utf-8"), is_folder)
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
    except OSError as error:
        why = error.strerror or "the system gives no reason"
    raise Refusal(f"the factories {file} cannot be read", why=why, todo=_ADVICE)


@lru_cache(maxsize=1)
def _run_again(sources: Sources) -> tuple[Factory, ...]:
    return _run(sources)


def found_again(sources: Sources, name: str) -> Factory:
    """The factory of that name out of the sources, run on a worker that never read the files."""
    return next(factory for factory in _run_again(sources) if factory.__name__ == name)


def _reduced(factory: Factory) -> str | tuple[object, ...]:
    """How a factory is pickled: the team's by its sources, any other by its name."""
    sources = factory.sources()
    return (found_again, (sources, factory.__name__)) if sources else factory.__qualname__


copyreg.pickle(type(TableFactory), _reduced)  # type: ignore[arg-type]  # its own kind of class, which the stubs do not know


def _run(sources: Sources) -> tuple[Factory, ...]:
    """Run the files, and give the factories that they define; each knows where it came from, and the others."""
    offer(sources)
    found: list[Factory] = []
    for file in sources.files:
        if not Path(file.path).name.startswith("_") or file.is_folder:
            with _explained(file):
                module = import_module(file.module)
            found += _defined(module)
    for factory in found:
        factory.comes_from(sources)
    stand_together(tuple(found))
    return tuple(found)


@contextmanager
def _explained(file: SourceFile) -> Iterator[None]:
    """Whatever the code raises while it is run is a Refusal that names the file and the line."""
    try:
        yield
    except SyntaxError as error:
        place = f"{error.filename or file.path}:{error.lineno}"
        raise Refusal(f"the factories in {place} are not Python", why=error.msg, todo=_ADVICE) from error
    except (Exception, SystemExit) as error:
        why = f"{type(error).__name__}: {error}"
        raise Refusal(f"the factories in {_place(error, file)} cannot be run", why=why, todo=_ADVICE) from error


def _place(error: BaseException, file: SourceFile) -> str:
    """The innermost line in the team's own files that the error passed through."""
    folder = Path(file.path).parent
    own = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else file.path


def _defined(module: ModuleType) -> Iterator[Factory]:
    """The factories that the module itself defines, in its order; a base class of theirs says `abstract = True`."""
    for item in list(vars(module).values()):
        if not (isinstance(item, type) and issubclass(item, TableFactory) and item.__module__ == module.__name__):
            continue
        if item.table():
            yield item
        elif not getattr(item._meta, "abstract", False):
            todo = 'Say so in its Meta: table = "orders"; or abstract = True, if others are derived from it.'
            raise Refusal(f"factory {item.__name__} in {module.__file__} names no table", todo=todo)


def _refuse_twins(found: tuple[Factory, ...]) -> None:
    seen: dict[str, Factory] = {}
    for factory in found:
        other = seen.setdefault(factory.table(), factory)
        if other is not factory:
            both = f"{_title(other)} and {_title(factory)}"
            raise Refusal(f'two factories are for table "{factory.table()}"', why=both, todo="Keep one of them.")


def _title(factory: Factory) -> str:
    return f"{factory.__name__} in {sys.modules[factory.__module__].__file__}"
