"""Names that mean in one table what they do not mean in another, and tables whose own keys tell which."""

import pytest

from factories.naming import Family, by_name, meaning


@pytest.mark.parametrize(
    ("table", "name", "label"),
    [
        ("users", "name", "person's name"),
        ("Customer", "name", "person's name"),
        ("kunden", "name", "person's name"),
        ("companies", "name", "company"),
        ("customer_groups", "name", "team"),
        ("products", "name", "product"),
        ("cities", "name", "city"),
        ("books", "title", "title of a work"),
        ("orders", "status", "order status"),
        ("payments", "status", "payment status"),
        ("tickets", "state", "ticket status"),
        ("accounts", "account_type", "account type"),
        ("payments", "method", "payment"),
        ("invoices", "number", "reference number"),
        ("messages", "body", "message"),
        ("vehicles", "model", "vehicle model"),
        ("invoice_items", "description", "product"),
        ("products", "handle", "slug"),
        ("users", "handle", "user name"),
        ("cart_items", "product_handle", "slug"),
        ("currencies", "symbol_native", "currency symbol"),
        ("api_keys", "revoked_by", "person's name"),
        ("jobs", "locked_by", "worker"),
        ("languages", "native_name", "language"),
        ("countries", "english_name", "country"),
        ("customers", "name", "person's name"),
        ("user_filters", "name", "name of a thing"),
        ("agent_sessions", "title", "title"),
        ("directors", "title", "title of a person"),
        ("schools", "name", "school"),
        ("school_classes", "name", "course"),
        ("teachers", "subject", "course"),
        ("exams", "title", "exam"),
        ("gl_accounts", "name", "ledger account"),
        ("accounts", "name", "company"),
        ("tracking_events", "event_type", "tracking event"),
        ("parcels", "signature_name", "person's name"),
        ("merchants", "legal_name", "company"),
        ("stock", "aisle", "aisle"),
        ("returns", "condition", "item condition"),
        ("returns", "status", "return status"),
        ("calls", "outcome", "call outcome"),
        ("hearings", "outcome", "legal outcome"),
        ("experiments", "outcome", "outcome"),
        ("courses", "description", "course text"),
        ("players", "position", "playing position"),
        ("employees", "position", "job"),
        ("guests", "title", "title of a person"),
    ],
)
def test_the_table_decides_where_the_name_alone_does_not(table: str, name: str, label: str) -> None:
    """A bare name, a status, a type are what is usual in their table."""
    rule = by_name(name, Family.TEXT, table)
    assert rule is not None
    assert rule.recipe.label == label


@pytest.mark.parametrize(
    ("near", "label"),
    [("titles", "series season"), ("clubs", "academic year"), ("houses", "season"), ("", "season")],
)
def test_the_tables_that_it_points_at_decide_whose_word_it_is(near: str, label: str) -> None:
    """The seasons of a series are numbered, those of a club are years; what points nowhere is a season of the year."""
    found = meaning("name", Family.TEXT, "seasons", near=near)
    assert found is not None
    assert found.rule.recipe.label == label


@pytest.mark.parametrize(
    ("table", "name", "kind", "label"),
    [
        ("weather_observations", "temperature", Family.EXACT, "body temperature"),
        ("time_zones", "name", Family.TEXT, "zone"),
        ("wp_terms", "name", Family.TEXT, "term"),
        ("product_properties", "name", Family.TEXT, "title of a property"),
        ("product_properties", "description", Family.TEXT, "what is said of a place"),
        ("chat_rooms", "description", Family.TEXT, "what is said of a place"),
        ("boards", "name", Family.TEXT, "forum"),
        ("menus", "name", Family.TEXT, "entry of a menu"),
        ("programs", "license_type", Family.TEXT, "licence class"),
        ("complaints", "complaint", Family.TEXT, "diagnosis"),
        ("records", "superseded_by", Family.TEXT, "person's name"),
        ("records", "sorted_by", Family.TEXT, "person's name"),
        ("orders", "amount_remaining", Family.EXACT, "days"),
        ("requests", "time_taken", Family.WHOLE, "days"),
        ("hosts", "memory_allocated", Family.WHOLE, "reserved"),
        ("products", "warranty_period", Family.WHOLE, "period"),
        ("products", "warranty_period", Family.TEXT, "reporting period"),
        ("foods", "sugar", Family.EXACT, "mg/dl"),
        ("charges", "gateway_response", Family.TEXT, "message"),
        ("faqs", "answer", Family.TEXT, "message"),
        ("price_alerts", "name", Family.TEXT, "alert"),
        ("product_reviews", "comment", Family.TEXT, "appraisal comment"),
        ("user_sessions", "os", Family.TEXT, "game platform"),
        ("custom_fields", "name", Family.TEXT, "field name"),
        ("test_cases", "title", Family.TEXT, "legal matter"),
        ("expense_claims", "description", Family.TEXT, "claim story"),
        ("tool_calls", "result", Family.TEXT, "call outcome"),
        ("charges", "description", Family.TEXT, "folio charge"),
        ("test_runs", "device", Family.TEXT, "laboratory instrument"),
        ("time_entries", "description", Family.TEXT, "legal work"),
        ("quiz_questions", "question_type", Family.TEXT, "field type"),
        ("oauth_clients", "grant_type", Family.TEXT, "gift type"),
        ("contacts", "customer_status", Family.TEXT, "level name"),
        ("leads", "web_form", Family.TEXT, "dosage form"),
        ("servers", "storage", Family.TEXT, "storage condition"),
        ("stations", "wind_direction", Family.TEXT, "direction"),
        ("rides", "from_location", Family.TEXT, "storage location"),
        ("products", "size_guide", Family.TEXT, "person's name"),
        ("reservations", "party_size", Family.WHOLE, "size of a group"),
        ("hosts", "cpu_usage", Family.WHOLE, "consumption"),
        ("cars", "fuel_consumption", Family.EXACT, "consumption"),
        ("plans", "price_yearly", Family.EXACT, "kWh a year"),
        ("pages", "start_index", Family.WHOLE, "reading of a meter"),
        ("invoices", "total_charge", Family.EXACT, "charge"),
        ("customers", "risk_score", Family.WHOLE, "score from 0 to 1"),
        ("product_images", "width", Family.WHOLE, "centimetres"),
        ("books", "page_count", Family.WHOLE, "pages"),
        ("payments", "failure_code", Family.TEXT, "defect code"),
        ("reviews", "seller_reply", Family.TEXT, "message"),
        ("prescriptions", "route", Family.TEXT, "http path"),
        ("journal_entries", "source", Family.TEXT, "channel"),
        ("invoices", "invoice_number", Family.WHOLE, "count"),
        ("orders", "order_number", Family.WHOLE, "position"),
        ("models", "accuracy", Family.EXACT, "metres"),
        ("employees", "leave_balance", Family.EXACT, "balance"),
        ("invoices", "outstanding_balance", Family.EXACT, "balance"),
        ("listings", "max_guests", Family.WHOLE, "size of a group"),
    ],
)
def test_a_rule_of_one_trade_does_not_reach_into_another(table: str, name: str, kind: Family, label: str) -> None:
    """The same words stand for something else there."""
    found = meaning(name, kind, table)
    assert found is None or found.rule.recipe.label != label
