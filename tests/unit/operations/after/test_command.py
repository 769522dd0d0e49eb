"""What the command after a refresh is given."""

from operations.after.command import without_production


def test_productions_url_is_taken_out_however_it_is_written() -> None:
    """As the settings take it in any case, so must this."""
    urls = {
        "PRODUCTION_DATABASE_URL": "a",
        "production_database_url": "b",
        "Production_Database_Url": "c",
        "PRODUCTION_REDIS_URL": "d",
    }
    assert without_production({"PATH": "/bin", **urls}) == {"PATH": "/bin"}
