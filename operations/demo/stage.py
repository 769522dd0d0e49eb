"""Setting the stage: every server and database that has to be there before the first flow runs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from backups.stores import Store
from backups.stores.location import Bucket
from backups.stores.s3 import S3Store
from database.endpoints import Production, Staging
from database.servers.embedded import EmbeddedServer
from operations.demo import prefect_side
from operations.demo.databases import OLDER, build_production, build_staging
from operations.demo.object_store import ObjectStoreServer
from operations.demo.places import Keys, Places
from operations.demo.prefect_side import PrefectServer
from operations.demo.screen import Screen
from operations.demo.servers import start_postgresql, start_store
from operations.demo.variables import BUCKET, PREFIX, greenroom_variables, prefect_variables


@dataclass(frozen=True, slots=True)
class Stage:
    """What runs: the servers, and the two databases as their URLs name them."""

    production_server: EmbeddedServer
    production: Production
    staging_server: EmbeddedServer
    staging: Staging
    store_server: ObjectStoreServer
    prefect: PrefectServer

    @property
    def store(self) -> Store:
        """Where staging's backups are."""
        return S3Store(self.store_server.client, Bucket(BUCKET, PREFIX))

    def variables(self, places: Places, secret: Keys) -> dict[str, str]:
        """The environment of whoever works with it."""
        ours = greenroom_variables(places, secret, self.production, self.staging, self.store_server)
        return ours | prefect_variables(places, self.prefect.port)


def set_stage(screen: Screen, places: Places, folder: Path, secret: Keys) -> Stage:
    """Start everything at once, for most of the time goes into Prefect's server; what runs already is found again."""
    example = folder / "examples" / "autonomica"
    with ThreadPoolExecutor(4) as pool:
        prefect = pool.submit(_prefect, screen, places, folder)
        production = pool.submit(_production, screen, places, example, secret)
        staging = pool.submit(_staging, screen, places, example, secret)
        store = pool.submit(_store, screen, places)
        try:  # in here, so that whatever breaks off waits for all four: what has started can then be stopped
            return Stage(*production.result(), *staging.result(), store.result(), prefect.result())
        except BaseException:
            prefect_side.stop(places)  # the one that takes long
            raise


def _prefect(screen: Screen, places: Places, folder: Path) -> PrefectServer:
    with screen.step("Prefect's server") as line:
        server = prefect_side.start_server(places, folder)
        line.note = server.page
        return server


def _production(screen: Screen, places: Places, example: Path, secret: Keys) -> tuple[EmbeddedServer, Production]:
    with screen.step("production, a canary in every text") as line:
        server = start_postgresql(places.production, places.port("production"))
        production = build_production(server, example, secret.production)
        line.note = f"{production} may see the shape, and no row"
        return server, production


def _staging(screen: Screen, places: Places, example: Path, secret: Keys) -> tuple[EmbeddedServer, Staging]:
    with screen.step(f"staging, left behind at revision {OLDER}") as line:
        server = start_postgresql(places.staging, places.port("staging"))
        staging = build_staging(server, example, secret.staging)
        line.note = f"{staging} on a server of its own"
        return server, staging


def _store(screen: Screen, places: Places) -> ObjectStoreServer:
    with screen.step("an S3 server for the backups") as line:
        server = start_store(places)
        line.note = server.url
        return server
