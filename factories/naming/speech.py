"""A column's name in English words: camel case parted, abbreviations written out, other languages put into English."""

import re
from functools import lru_cache

from factories.naming.parting import parted

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBERED = re.compile(r"(?<=[a-z]{2})(?=\d+$)")
_KEPT = re.compile(r"^(md|co|sha|base|iso|ipv|utf|mp|h|utm|last|s|line|address|top|p|x|y)\d+$")

_PREFIXES = ("tbl", "tb", "tab", "mst", "trn")  # say that a table is one

# Several words at once, first; then word by word.
_PHRASES = {
    "codigo postal": "postcode", "code postal": "postcode", "fecha nacimiento": "birth date",
    "fecha de nacimiento": "birth date", "date naissance": "birth date", "date de naissance": "birth date",
    "data nascimento": "birth date", "data di nascita": "birth date", "erstellt am": "created at",
    "angelegt am": "created at", "geaendert am": "updated at", "geandert am": "updated at",
    "aktualisiert am": "updated at", "geloescht am": "deleted at", "fecha creacion": "created at",
    "fecha de creacion": "created at", "fecha actualizacion": "updated at", "date creation": "created at",
    "date de creation": "created at", "data criacao": "created at", "creado en": "created at", "cree le": "created at",
    "modifie le": "updated at", "actualizado en": "updated at", "criado em": "created at",
    "atualizado em": "updated at", "nom de famille": "last name", "nom famille": "last name",
    "razon social": "company name", "correo electronico": "email", "precio unitario": "unit price",
    "prix unitaire": "unit price", "medio de pago": "payment method", "cod fiscale": "tax id",
    "no of": "number of", "nr of": "number of", "num of": "number of", "reg no": "registration",
    "reg nr": "registration",
}  # fmt: skip
_WORDS = {
    # abbreviations
    "nm": "name", "desc": "description", "descr": "description", "cust": "customer", "addr": "address",
    "qty": "quantity", "amt": "amount", "nr": "number", "num": "number", "nbr": "number", "dt": "date",
    "cty": "city", "cd": "code", "ph": "phone", "tel": "phone", "pct": "percent", "perc": "percent", "flg": "flag",
    "msg": "message", "usr": "user", "org": "organization", "dob": "birth date", "birthdate": "birth date",
    "birthday": "birth date", "ts": "timestamp", "cnt": "count", "ln": "line", "txt": "text", "lang": "language",
    "tz": "timezone", "ccy": "currency", "curr": "currency", "mgr": "manager", "emp": "employee", "dept": "department",
    "acct": "account", "avg": "average", "val": "value", "img": "image", "pic": "picture", "cat": "category",
    "loc": "location", "ctry": "country", "lat": "latitude", "lng": "longitude", "lon": "longitude",
    "organisation": "organization", "colour": "color", "mail": "email", "zipcode": "postcode", "zip": "postcode",
    "postalcode": "postcode", "fname": "first name", "lname": "last name", "firstname": "first name",
    "lastname": "last name", "fullname": "full name", "surname": "last name", "forename": "first name",
    "hostname": "host name", "nickname": "nick name", "displayname": "display name", "ipaddress": "ip address",
    "useragent": "user agent", "modified": "updated", "changed": "updated",
    "yrs": "years", "yr": "year", "hrs": "hours", "txn": "transaction", "trx": "transaction", "veh": "vehicle",
    "bal": "balance", "rcvd": "received", "recd": "received", "mfr": "manufacturer", "freq": "frequency",
    "rmk": "remark", "rmks": "remarks", "ack": "acknowledged", "maint": "maintenance", "ver": "version",
    "comp": "component", "proj": "project", "chg": "charge", "eff": "effective",
    # German
    "vorname": "first name", "nachname": "last name", "familienname": "last name", "anrede": "salutation",
    "titel": "title", "strasse": "street", "straße": "street", "hausnummer": "house number", "hausnr": "house number",
    "plz": "postcode", "postleitzahl": "postcode", "ort": "city", "stadt": "city", "wohnort": "city", "land": "country",
    "bundesland": "state", "telefon": "phone", "telefonnummer": "phone", "handy": "mobile", "mobil": "mobile",
    "geburtsdatum": "birth date", "geschlecht": "gender", "firma": "company", "firmenname": "company name",
    "kunde": "customer", "kunden": "customers", "kundennummer": "customer number", "kundennr": "customer number",
    "benutzer": "users", "benutzername": "user name", "passwort": "password", "mitarbeiter": "employees",
    "lieferanten": "suppliers", "lieferant": "supplier", "artikel": "products", "artikelnummer": "sku",
    "produkte": "products", "bestellungen": "orders", "bestellnummer": "order number", "rechnungen": "invoices",
    "rechnungsnummer": "invoice number", "rechnungsbetrag": "invoice amount", "bestelldatum": "ordered at",
    "lieferdatum": "delivered at", "rechnungsdatum": "issued at", "faelligkeit": "due date", "datum": "date",
    "menge": "quantity", "anzahl": "quantity", "preis": "price", "einzelpreis": "unit price",
    "gesamtpreis": "line total", "summe": "total", "gesamtsumme": "total", "betrag": "amount", "waehrung": "currency",
    "währung": "currency", "mwst": "tax rate", "steuersatz": "tax rate", "rabatt": "discount", "umsatz": "revenue",
    "gehalt": "salary", "bezeichnung": "product name", "beschreibung": "description", "bemerkung": "note",
    "notiz": "note", "kommentar": "comment", "inhalt": "content", "ueberschrift": "title", "kategorie": "category",
    "farbe": "color", "groesse": "size", "gewicht": "weight", "aktiv": "active", "geloescht": "deleted",
    "beginn": "start", "ende": "end", "nummer": "number", "sprache": "language", "abteilung": "department",
    # French, Spanish, Italian, Portuguese, Dutch
    "prenom": "first name", "nom": "last name", "apellido": "last name", "apellidos": "last name",
    "nombre": "name", "cognome": "last name", "nome": "name", "sobrenome": "last name", "voornaam": "first name",
    "achternaam": "last name", "correo": "email", "courriel": "email", "telefono": "phone", "teléfono": "phone",
    "telephone": "phone", "telefone": "phone", "movil": "mobile", "celular": "mobile", "telefoon": "phone",
    "direccion": "address", "dirección": "address", "adresse": "address", "indirizzo": "address", "endereco": "address",
    "adres": "address", "rue": "street", "calle": "street", "straat": "street", "ville": "city", "ciudad": "city",
    "citta": "city", "cidade": "city", "stad": "city", "pays": "country", "pais": "country", "país": "country",
    "paese": "country", "provincia": "region", "estado": "status", "statut": "status", "stato": "status",
    "cp": "postcode",
    "cep": "postcode", "empresa": "company", "entreprise": "company", "azienda": "company",
    "cliente": "customer", "clientes": "customers", "clienti": "customers", "usuario": "user name",
    "usuarios": "users", "utilisateurs": "users", "contrasena": "password", "precio": "price", "prix": "price",
    "prezzo": "price", "preco": "price", "prijs": "price", "cantidad": "quantity", "quantite": "quantity",
    "quantita": "quantity", "quantidade": "quantity", "aantal": "quantity", "importe": "amount", "montant": "amount",
    "importo": "amount", "valor": "amount", "moneda": "currency", "devise": "currency", "moeda": "currency",
    "valuta": "currency", "iva": "tax rate", "tva": "tax rate", "descuento": "discount", "remise": "discount",
    "descripcion": "description", "descripción": "description", "descrizione": "description",
    "descricao": "description",
    "omschrijving": "description", "titulo": "title", "titre": "title", "titolo": "title", "comentario": "comment",
    "commentaire": "comment", "notas": "notes", "fecha": "date", "data": "data", "activo": "active", "actif": "active",
    "attivo": "active", "ativo": "active", "pedidos": "orders", "commandes": "orders", "facturas": "invoices",
    "factures": "invoices", "productos": "products", "produits": "products", "prodotti": "products",
    "produtos": "products", "empleados": "employees", "employes": "employees", "genero": "gender", "sexe": "sex",
    "sexo": "sex", "langue": "language", "idioma": "language", "lingua": "language", "couleur": "color",
}  # fmt: skip


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name in lower case with underscores (`createdAt` is `created_at`)."""
    return _CAMEL.sub("_", name).lower().replace("-", "_").replace(" ", "_").replace(".", "_")


@lru_cache(maxsize=65536)
def spoken(name: str) -> str:
    """A name in English words parted by blanks (`kundenNr` is `customer number`, `addr_ln_1` is `address line 1`)."""
    parts = [part for part in plain(name).split("_") if part]
    parts = parts[1:] if len(parts) > 1 and parts[0] in _PREFIXES else parts
    told = " ".join(part if _KEPT.match(part) else _NUMBERED.sub(" ", part) for part in parts)
    for phrase, english in _PHRASES.items():
        if phrase in told:
            told = re.sub(rf"\b{phrase}\b", english, told)
    english = " ".join(_WORDS.get(word) or parted(word) for word in told.split(" "))
    return f"{english.removesuffix(' no')} number" if english.endswith(" no") else english
