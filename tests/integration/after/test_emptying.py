"""A real Redis is emptied of what the settings say, and of nothing else."""

import socket
import ssl
import time
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import trustme
from kombu import Connection, Exchange, Queue
from pydantic import SecretStr
from redis import Redis

from catalog.errors import Failure
from operations.after.asking_redis import asked, look, place_of
from operations.after.emptied import Emptied
from operations.after.emptying import Gone, empty
from tests.redis_server import RedisServer, behind_tls

SECONDS = 20.0


def send(server: RedisServer, queue: str, *, prefix: str = "", **options: Any) -> None:
    """Put a message of each of Celery's priorities into a queue, as Celery does, and take one without acknowledging."""
    transport = {"global_keyprefix": prefix, **options}
    with Connection(server.url().get_secret_value(), transport_options=transport) as connection:
        bound = Queue(queue, Exchange(queue), routing_key=queue)
        producer = connection.Producer()
        for priority in (0, 3, 6, 9):
            producer.publish({"id": 5}, routing_key=queue, exchange=bound.exchange, declare=[bound], priority=priority)
        simple = connection.SimpleQueue(bound)
        simple.get(timeout=5)
        simple.consumer.channel.qos._delivered.clear()  # as of a worker that died: nothing is given back


def hold(server: RedisServer, **keys: str) -> None:
    with server.client() as client:
        client.mset(keys)


def test_a_queue_is_emptied_in_all_its_priorities_and_its_bindings_stay(redis: RedisServer) -> None:
    """As kombu itself puts messages in and takes one; another queue keeps its own, but for what workers hold."""
    send(redis, "content")
    send(redis, "other")
    hold(redis, **{"content:5": "of the application's", "contents": "6"})
    before = redis.keys()
    assert {"content\x06\x163", "content\x06\x169", "unacked", "unacked_index", "_kombu.binding.content"} <= before
    (gone,) = empty(redis.url(), [Emptied(0, queues=("content",))], SECONDS)
    assert gone.messages == 3 + 2  # of each queue one is with a worker
    left = redis.keys()
    assert not {key for key in left if key.startswith("content\x06") or key in ("content", "unacked", "unacked_index")}
    assert {"content:5", "contents", "_kombu.binding.content", "_kombu.binding.other"} <= left
    assert {key for key in before if key.startswith("other")} <= left


@pytest.mark.parametrize("options", [{"prefix": "app."}, {"sep": ":", "priority_steps": list(range(10))}])
def test_a_queue_is_emptied_under_a_prefix_and_with_another_separator(
    redis: RedisServer, options: dict[str, Any]
) -> None:
    """Both are options of kombu's that Celery's documentation names."""
    send(redis, "celery", **options)
    empty(redis.url(), [Emptied(0, queues=("celery",), prefix=options.get("prefix", ""))], SECONDS)
    bindings = f"{options.get('prefix', '')}_kombu.binding"
    left = redis.keys()
    assert left
    assert all(key.startswith(bindings) for key in left)


def test_results_and_keys_by_pattern_are_emptied_in_their_own_databases(redis: RedisServer) -> None:
    """Not what is called alike; a pattern that matches bindings leaves them."""
    for database in (0, 1, 2):
        with redis.client(database) as client:
            client.mset({"celery-task-meta-1": "a", "celery-taskset-meta-1.j": "b", "cache:1": "c", "session:1": "d"})
            client.sadd("_kombu.binding.celery", "x")
    wanted = (Emptied(1, results=True), Emptied(2, keys=("cache:*", "_k*")))
    gone = empty(redis.url(), wanted, SECONDS)
    assert gone == (Gone(1, 2), Gone(2, 1))
    assert len(redis.keys(0)) == 5
    assert redis.keys(1) == {"cache:1", "session:1", "_kombu.binding.celery"}
    assert redis.keys(2) == {"celery-task-meta-1", "celery-taskset-meta-1.j", "session:1", "_kombu.binding.celery"}


def test_many_keys_go_and_a_whole_database_goes_if_asked(redis: RedisServer) -> None:
    """More than one answer of SCAN holds."""
    with redis.client() as client:
        client.mset({f"cache:{number}": "x" for number in range(5000)})
        client.set("session", "y")
    assert empty(redis.url(), [Emptied(0, keys=("cache:*",))], SECONDS) == (Gone(0, 5000),)
    assert redis.keys() == {"session"}
    assert empty(redis.url(1), [Emptied(0, everything=True)], SECONDS) == (Gone(0, 1),)
    assert redis.keys() == set()


def test_a_parameter_of_the_url_leads_nowhere_else(redis: RedisServer) -> None:
    """Redis's client would take the number of a database from there."""
    hold(redis, a="1")
    url = SecretStr(redis.url(1).get_secret_value() + "?db=0&host=elsewhere")
    assert place_of(url).host == "127.0.0.1"
    assert empty(url, [Emptied(1, everything=True)], SECONDS) == (Gone(1, 0),)
    assert redis.keys() == {"a"}


def test_redis_says_which_server_it_is(redis: RedisServer, another_redis: RedisServer) -> None:
    """The same by whatever name; a user that may not ask is no reason to give up."""
    seen = look(redis.url(), SECONDS)
    assert (seen.kind, seen.replica, seen.local) == ("standalone", False, True)
    assert seen.run_id == look(SecretStr(redis.url(2).get_secret_value().replace("127.0.0.1", "localhost")), 5).run_id
    assert seen.run_id != look(another_redis.url(), SECONDS).run_id
    with redis.client() as client:
        client.acl_setuser("shy", enabled=True, passwords=["+sesame"], categories=["+@connection"], keys=["*"])
    assert look(SecretStr(f"redis://shy:sesame@127.0.0.1:{redis.port}/0"), SECONDS).run_id == ""


def test_another_server_than_the_judged_one_is_left_alone(redis: RedisServer, another_redis: RedisServer) -> None:
    """A name may lead elsewhere from one moment to the next."""
    hold(redis, a="1")
    judged = look(another_redis.url(), SECONDS).run_id
    with pytest.raises(Failure) as error:
        empty(redis.url(), [Emptied(0, everything=True)], SECONDS, judged)
    assert "another server answers" in error.value.why
    assert redis.keys() == {"a"}
    assert empty(another_redis.url(), [Emptied(0, everything=True)], SECONDS, judged) == (Gone(0, 0),)


def test_no_second_connection_is_made(redis: RedisServer) -> None:
    """It could lead to another server than the one that said which it is; nor is one made when the time is up."""
    late = Event()

    def lose(client: "Redis") -> object:
        with redis.client() as other:
            other.client_kill_filter(_id=client.client_id())
        return client.dbsize()

    def linger(client: "Redis") -> object:
        client.ping()
        late.wait(5)
        return client.flushdb()

    hold(redis, a="1")
    with pytest.raises(Failure, match="did not do what it was asked"):
        asked(redis.url(), 0, SECONDS, lose)
    with pytest.raises(Failure, match="did not do what it was asked"):
        asked(redis.url(), 0, 0.2, linger)
    late.set()
    time.sleep(0.5)
    assert redis.keys() == {"a"}


def test_no_first_connection_is_made_when_the_time_is_up(redis: RedisServer) -> None:
    """What is told as not done is not done a moment later, nor where the time was up before it began."""
    late = Event()

    def begin_late(client: "Redis") -> object:
        late.wait(5)
        return client.flushdb()

    hold(redis, a="1")
    with pytest.raises(Failure, match="did not do what it was asked"):
        asked(redis.url(), 0, 0.2, begin_late)
    late.set()
    with pytest.raises(Failure, match="did not do what it was asked"):
        empty(redis.url(), [Emptied(0, everything=True)], 0)
    time.sleep(0.5)
    assert redis.keys() == {"a"}


def test_tls_is_spoken_and_the_server_has_to_be_the_right_one(redis: RedisServer, tmp_path: Path) -> None:
    """`rediss://`, with an authority of one's own in the URL; without it, the certificate is not trusted."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    hold(redis, a="1")
    with behind_tls(redis, context) as port:
        url = redis.url().get_secret_value().replace("redis://", "rediss://").replace(str(redis.port), str(port))
        with pytest.raises(Failure, match="did not do what it was asked") as error:
            look(SecretStr(url), SECONDS)
        assert "certificate" in error.value.why.lower()
        trusting = SecretStr(f"{url}?ssl_ca_certs={tmp_path / 'ca.pem'}")
        assert empty(trusting, [Emptied(0, everything=True)], SECONDS) == (Gone(0, 1),)


@pytest.mark.parametrize("dribbles", [False, True])
def test_a_redis_that_does_not_answer_is_given_up(dribbles: bool) -> None:
    """One that is silent, and one that sends a byte now and then for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        began = time.monotonic()
        if dribbles:
            Thread(target=_dribble, args=(listening,), daemon=True).start()
        with pytest.raises(Failure):
            empty(SecretStr(f"redis://127.0.0.1:{port}/0"), [Emptied(0, everything=True)], 0.5)
        assert time.monotonic() - began < 30


def _dribble(listening: socket.socket) -> None:
    client, _ = listening.accept()
    with client:
        client.sendall(b"+")
        try:
            while True:
                client.sendall(b"x")
                time.sleep(0.05)
        except OSError:
            return


def test_no_error_holds_the_password(redis: RedisServer) -> None:
    """Neither a wrong one, nor the right one where nothing answers."""
    for url in (redis.url(password="sesame"), SecretStr("redis://:sesame@127.0.0.1:1/0")):
        with pytest.raises(Failure) as error:
            empty(url, [Emptied(0, everything=True)], SECONDS)
        assert "sesame" not in str(error.value)
        assert error.value.__cause__ is None


def test_a_database_that_there_is_not_is_told(redis: RedisServer) -> None:
    """The server of the tests has four."""
    with pytest.raises(Failure) as error:
        empty(redis.url(), [Emptied(9, everything=True)], SECONDS)
    assert "index" in error.value.why
