"""Column names of other languages: what they say in English, and that the rules understand that."""

import pytest

from factories.deriving.chronology import stage
from factories.naming import Family, by_name, spoken
from factories.naming.tongues import in_english, tables, unaccented
from factories.values.lifecycle import happening
from tests.unit.factories.tables import rows, table

SCHEMAS = {
    "german": "kundennummer=customer number|vorname=first name|nachname=last name|straße=street|plz=postcode|ort=city|"
    "geburtsdatum=birth date|betrag=amount|menge=quantity|bestellnummer=order number|erstellt_am=created at|"
    "geändert_am=updated at|lieferdatum=delivered at|mwst_satz=tax rate|bestellpositionen=order lines|"
    "kunde_id=customer id|letzte_bestellung_am=last order at|gewicht_kg=weight kg|zahlungsart=payment method|"
    "statusverlauf=status history|vertragsnummer=contract number|austrittsdatum=left date|"
    "land=country|rechnung_land=invoice country",
    "french": "prenom=first name|adresse=address|code_postal=postcode|ville=city|montant=amount|quantité=quantity|"
    "cree_le=created at|date_de_naissance=birth date|date_naissance=birth date|numero_commande=order number|"
    "date_derniere_commande=last order at|lignes_de_commande=order lines|montant_tva=tax amount|sous_total=subtotal|"
    "nom_client=client name|telephone_portable=mobile|taux_remise=discount rate",
    "spanish": "nombre=name|apellido=last name|direccion=address|ciudad=city|cantidad=quantity|precio=price|"
    "fecha_creacion=created at|fecha_nacimiento=birth date|numero_de_pedido=order number|forma_pago=payment method|"
    "total_pedidos=orders count|lineas_pedido=order lines|importe_iva=tax amount|nombre_cliente=customer name|"
    "id_cliente=customer id|contraseña=password|fecha_entrega=delivered at|codigo_producto=product code",
    "portuguese": "sobrenome=last name|endereço=address|cep=postcode|cidade=city|preço_unitário=unit price|"
    "data_nascimento=birth date|criado_em=created at|data_pedido=ordered at|itens_pedido=order lines|"
    "valor_total=total|forma_pagamento=payment method|descrição=description|nome_completo=full name|"
    "data_do_pedido=ordered at|numero_pedido=order number|situacao=situacao",
    "dutch": "voornaam=first name|achternaam=last name|huisnummer=house number|woonplaats=city|prijs=price|"
    "geboortedatum=birth date|aangemaakt_op=created at|besteldatum=ordered at|bestelregels=order lines|"
    "aantal_bestellingen=orders count|btw_bedrag=tax amount|klant_id=customer id|factuurnummer=invoice number",
}
CASES = [tuple(pair.split("=")) for told in SCHEMAS.values() for pair in told.split("|")]


@pytest.mark.parametrize(("name", "english"), CASES)
def test_a_name_says_in_english(name: str, english: str) -> None:
    """Whatever the accents, the small words between, and what comes first."""
    assert spoken(name) == english


ENGLISH = (
    "created_at cargo_weight order_number data_type date_format total_price email_status mode image_url client_id "
    "portable_version days_taken genre payee payee_name land_use bp_dia"
)


@pytest.mark.parametrize("name", ENGLISH.split())
def test_english_names_are_left_alone(name: str) -> None:
    """Also where one of their words is one of another language."""
    assert in_english(name.replace("_", " ")) == name.replace("_", " ")


def test_a_word_means_one_thing_in_all_languages() -> None:
    """Which language a schema is in is not asked."""
    meant: dict[str, set[str]] = {}
    for words in tables().values():
        for name, english in words.items():
            meant.setdefault(name, set()).add(english)
    assert {name: sorted(found) for name, found in meant.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", ["german", "french", "spanish", "portuguese", "dutch"])
def test_a_language_has_its_commonest_words(language: str) -> None:
    """Listed in plain letters, sorted, so that anybody can add one."""
    words = tables()[language]
    assert len(words) >= 150
    assert all(name == unaccented(name) == name.lower() for name in words)


_TABLES = ("s", "staff", "history", "log", "of")  # what is a table's name, not a column's


def test_the_rules_understand_what_is_said() -> None:
    """Some rule, some moment or some state is meant by every English name, but for names of tables."""
    unknown = {english for words in tables().values() for english in words.values() if not _understood(english)}
    assert {name for name in unknown if not name.endswith(_TABLES)} == UNKNOWN


UNKNOWN = {
    *("account", "appointment", "contract", "course", "customer", "district", "invoice"),
    *("member", "student", "user", "vehicle"),
}


def _understood(english: str) -> bool:
    name = english.replace(" ", "_")
    return (
        any(by_name(name, kind) for kind in Family if kind is not Family.FLAG)
        or stage(name) != 1.5
        or bool(happening(english))
    )


def test_a_name_beside_a_first_name_is_the_last_name() -> None:
    """As in French, where `nom` is both."""
    found = rows(table("clients", "id:i prenom:t nom:t courriel:t"), locale="fr_FR")
    for row in found[:50]:
        assert unaccented(str(row["nom"])).lower().replace(" ", "")[:3] in str(row["courriel"]).replace(".", "")
