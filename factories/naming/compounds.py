"""German and Dutch words that are two in one: `bestelldatum` is an order's date, `klantnummer` a customer's number."""

from functools import lru_cache

_FIRSTS = {
    "bestell": "order", "auftrags": "order", "liefer": "delivery", "rechnungs": "invoice", "kunden": "customer",
    "artikel": "product", "produkt": "product", "waren": "product", "zahlungs": "payment", "versand": "shipping",
    "vertrags": "contract", "geburts": "birth", "faelligkeits": "due", "personal": "employee", "konto": "account",
    "mitarbeiter": "employee", "lager": "stock", "mindest": "minimum", "netto": "net", "brutto": "gross",
    "gesamt": "total", "einzel": "unit", "stueck": "unit", "einkaufs": "purchase", "verkaufs": "sales", "steuer": "tax",
    "haus": "house", "telefon": "phone", "mobil": "mobile", "start": "start", "end": "end", "ablauf": "expiry",
    "kuendigungs": "cancellation", "storno": "cancellation", "buchungs": "booking", "termin": "appointment",
    "projekt": "project", "aufgaben": "task", "firmen": "company", "benutzer": "user", "urlaubs": "vacation",
    "arbeits": "work", "abschluss": "completion", "aenderungs": "updated", "erstellungs": "created",
    "rueckgabe": "return", "lieferanten": "supplier", "patienten": "patient", "kurs": "course", "fahrzeug": "vehicle",
    "status": "status", "bestel": "order", "order": "order", "factuur": "invoice", "klant": "customer",
    "product": "product", "betaal": "payment", "verzend": "shipping", "lever": "delivery", "geboorte": "birth",
    "verval": "due", "inkoop": "purchase", "verkoop": "sales", "stuk": "unit", "totaal": "total", "huis": "house",
    "personeels": "employee", "bedrijfs": "company", "gebruikers": "user", "voorraad": "stock", "contract": "contract",
    "begin": "start", "eind": "end", "leverancier": "supplier", "project": "project", "bank": "bank",
}  # fmt: skip
_LASTS = {
    "datum": "date", "nummer": "number", "nr": "number", "betrag": "amount", "preis": "price", "kosten": "cost",
    "name": "name", "namen": "names", "adresse": "address", "menge": "quantity", "satz": "rate", "status": "status",
    "typ": "type", "art": "type", "bestand": "stock", "grund": "reason", "zeit": "time", "dauer": "duration",
    "ende": "end", "beginn": "start", "position": "line", "positionen": "lines", "zeilen": "lines", "zeile": "line",
    "posten": "lines", "gruppe": "group", "kategorie": "category", "stufe": "level", "tage": "days",
    "stunden": "hours", "summe": "total", "wert": "value", "gewicht": "weight", "groesse": "size", "verlauf": "history",
    "historie": "history", "protokoll": "log", "bewertungen": "reviews", "bewertung": "review", "eingaenge": "receipts",
    "bewegungen": "movements", "buchungen": "bookings", "konten": "accounts", "konto": "account", "karten": "cards",
    "bedrag": "amount", "prijs": "price", "naam": "name", "adres": "address", "aantal": "count", "wijze": "method",
    "methode": "method", "soort": "type", "regels": "lines", "regel": "line", "totaal": "total", "tijd": "time",
    "groep": "group", "plaats": "place", "korting": "discount", "tarief": "rate", "reden": "reason",
    "geschiedenis": "history",
}  # fmt: skip


@lru_cache(maxsize=65536)
def compound(word: str) -> str:
    """A German or Dutch word as its two parts in English; empty if it is none that is listed."""
    for place in range(3, len(word) - 1):
        first, last = _FIRSTS.get(word[:place]), _LASTS.get(word[place:])
        if first and last:
            kind = "method" if last == "type" and first in ("payment", "shipping", "delivery") else last
            return f"{first} {kind}"
    return ""
