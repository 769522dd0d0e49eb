"""What of Redis is emptied is said in the settings, and nothing else is meant."""

import pytest

from operations.after.celery import is_binding, queue_keys, result_prefixes, unacknowledged_keys
from operations.after.emptied import Emptied, emptied_of


def test_a_table_says_it_database_by_database() -> None:
    """As TOML in the file, or as JSON in a variable."""
    wanted = (
        Emptied(0, queues=("celery", "content"), results=True, prefix="app."),
        Emptied(2, keys=("cache:*",)),
        Emptied(3, everything=True),
    )
    table = {
        "0": {"queues": ["celery", "content"], "results": True, "prefix": "app."},
        "2": {"keys": "cache:*"},
        "3": {"everything": True},
    }
    assert emptied_of(table) == wanted
    text = '{"0": {"queues": ["celery", "content"], "results": true, "prefix": "app."}, "2": {"keys": "cache:*"}, '
    assert emptied_of(text + '"3": {"everything": true}}') == wanted
    assert [str(item) for item in wanted] == [
        "0: queues celery content and results",
        "2: keys cache:*",
        "3: everything",
    ]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("nonsense", "must be a table, or in a variable the JSON of one"),
        ({"cache": {"everything": True}}, "must have the number of a database of Redis before each entry"),
        ({"0": "everything"}, "must say what of database 0 is emptied"),
        ({"0": {}}, "does not say what of database 0 is emptied"),
        ({"0": {"everything": False}}, "does not say what of database 0 is emptied"),
        ({"0": {"everything": "no"}}, "must say true or false of everything of database 0"),
        ({"0": {"everything": True, "keys": ["a*"]}}, "says that everything of database 0 is emptied, and what of it"),
        ({"0": {"keys": ["*"]}}, "has a pattern for all keys of database 0; if that is meant, say everything = true"),
        ({"0": {"keys": ["?*"]}}, "has a pattern for all keys of database 0"),
        ({"0": {"keys": ["[^_]*"]}}, "has a pattern for all keys of database 0"),
        ({"0": {"keys": ["*[!-~"]}}, "has a pattern for all keys of database 0"),
        ({"0": {"keys": [r"[^\]]*"]}}, "has a pattern for all keys of database 0"),
        ({"0": {"queue": ["celery"]}}, 'says "queue" of database 0, which is none of everything, keys, queues'),
        ({"0": {"queues": [""]}}, "must give queues of database 0 as a list of texts"),
    ],
)
def test_what_cannot_be_meant_is_refused(table: object, sentence: str) -> None:
    """A whole database is emptied only if somebody said so in as many words."""
    with pytest.raises(ValueError, match=sentence.replace("(", r"\(")):
        emptied_of(table)


def test_a_queue_is_a_list_for_each_priority() -> None:
    """kombu's separator, and the one its users put in its place."""
    keys = queue_keys("celery")
    assert {"celery", "celery\x06\x163", "celery\x06\x166", "celery\x06\x169", "celery:9"} <= set(keys)
    assert "celery:0" not in keys
    assert queue_keys("celery", "app.")[0] == "app.celery"
    assert unacknowledged_keys("app.") == ("app.unacked", "app.unacked_index")


def test_a_prefix_stands_before_results_as_celery_writes_it() -> None:
    """Celery puts an underscore between, kombu does not."""
    assert result_prefixes()[0] == "celery-task-meta-"
    assert result_prefixes("app")[0] == "app_celery-task-meta-"
    assert result_prefixes("app:")[0] == "app:celery-task-meta-"
    assert is_binding("_kombu.binding.celery")
    assert is_binding("app._kombu.binding.celery", "app.")
    assert not is_binding("cache:_kombu.binding.celery")
