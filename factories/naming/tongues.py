"""What column names of other languages say in English, by the tables in `languages/`.

A line there is an English name and what it is called: `birth date: geburtsdatum, geb datum`. Words are written without
accents, an umlaut as two letters, and without the small words between them (`date naissance`). One name means one
thing in all languages. German and Dutch words are parted, too (`bestelldatum` is an order's date), and what French,
Spanish, Portuguese and Italian put first is put last (`numero commande` is an order's number).
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from factories.naming.compounds import compound

_FOLDER = Path(__file__).parent / "languages"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae"})
_SMALL = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "del",
        "do",
        "da",
        "dos",
        "das",
        "la",
        "le",
        "les",
        "l",
        "el",
        "los",
        "las",
        "di",
        "della",
        "van",
        "der",
        "den",
        "het",
        "een",
    ]
)
_AT = frozenset(["am", "le", "en", "el", "em", "op", "il"])
_ALONE = frozenset(
    ["cargo", "portable", "handy", "motif", "fin", "pu", "orden", "valide", "data", "marca"]
)  # English words within a longer name
# What is said first there, and last in English.
_HEADS = frozenset(
    [
        "fecha",
        "date",
        "data",
        "numero",
        "num",
        "nb",
        "nombre",
        "nom",
        "nome",
        "precio",
        "prix",
        "preco",
        "prezzo",
        "importe",
        "montant",
        "valor",
        "importo",
        "monto",
        "total",
        "forma",
        "mode",
        "modo",
        "metodo",
        "medio",
        "moyen",
        "tipo",
        "type",
        "taux",
        "tasa",
        "taxa",
        "frais",
        "gastos",
        "custo",
        "coste",
        "cout",
        "costo",
        "direccion",
        "adresse",
        "endereco",
        "indirizzo",
        "telefono",
        "telephone",
        "telefone",
        "email",
        "correo",
        "courriel",
        "codigo",
        "code",
        "ciudad",
        "ville",
        "cidade",
        "pais",
        "pays",
        "estado",
        "statut",
        "status",
        "hora",
        "heure",
        "cantidad",
        "quantite",
        "quantidade",
        "peso",
        "poids",
        "saldo",
        "solde",
        "lignes",
        "ligne",
        "lineas",
        "linea",
        "itens",
        "item",
        "linhas",
        "detalle",
        "detalles",
        "categorie",
        "categoria",
        "historique",
        "historial",
        "historico",
        "motivo",
        "commentaire",
        "comentario",
        "lieu",
        "lugar",
        "id",
        "duree",
        "duracion",
        "duracao",
        "porcentaje",
        "url",
        "image",
        "imagen",
        "imagem",
    ]
)
_OTHER_HEADS = {
    "lignes": "lines", "lineas": "lines", "linhas": "lines", "itens": "items", "ligne": "line", "linea": "line",
    "detalles": "lines", "detalle": "line", "nb": "count", "num": "number",
    "taux": "rate", "tasa": "rate", "taxa": "rate",
    "mode": "method", "forma": "method", "modo": "method", "metodo": "method", "medio": "method", "moyen": "method",
    "lieu": "place", "lugar": "place", "porcentaje": "percent", "frais": "cost", "gastos": "cost", "data": "date",
}  # fmt: skip
_BESIDE = frozenset(["land", "dia"])  # English words, but alone and beside words of another language


@lru_cache(maxsize=1)
def tables() -> dict[str, dict[str, str]]:
    """For each language what its names say in English."""
    return {file.stem: dict(_lines(file)) for file in sorted(_FOLDER.glob("*.txt"))}


def _lines(file: Path) -> list[tuple[str, str]]:
    told = (line.partition(": ") for line in file.read_text("utf-8").splitlines())
    return [(_without_small(name), english) for english, _, names in told for name in names.split(", ")]


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {name: english for table in tables().values() for name, english in table.items()}


def unaccented(name: str) -> str:
    """The name in plain letters: `strasse` for `straße`, `numero` for `número`."""
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name.translate(_UMLAUTS))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def in_english(words: str) -> str:
    """A name's words, those that are listed put into English and in its order; as they are if none is listed."""
    plain = unaccented(words)
    told = _whole(plain)
    if told is not None:
        return told
    parts = [word for word in plain.split() if word not in _SMALL] if len(plain.split()) > 2 else plain.split()
    chunks = _chunks(parts)
    if not any(english for _, english in chunks):
        return words
    spoken = [english or (_known()[native] if native in _BESIDE else native) for native, english in chunks]
    if len(chunks) > 1 and chunks[-1][0] in _AT and chunks[-2][1]:
        spoken[-1] = "at"
    elif len(chunks) > 1 and chunks[0][0] in _HEADS and any(english for _, english in chunks):
        spoken = [*spoken[1:], _OTHER_HEADS.get(chunks[0][0], spoken[0])]
    return " ".join(spoken)


def _whole(words: str) -> str | None:
    return _known().get(words) or _known().get(_without_small(words))


def _without_small(words: str) -> str:
    kept = [word for word in words.split()[:-1] if word not in _SMALL]
    return " ".join([*kept, *words.split()[-1:]])


def _chunks(parts: list[str]) -> list[tuple[str, str]]:
    """The words in runs as long as are listed, each with what it says in English, empty if it is not listed."""
    found: list[tuple[str, str]] = []
    while parts:
        longest = next((n for n in range(min(len(parts), 4), 0, -1) if _listed(" ".join(parts[:n]))), 1)
        run, parts = " ".join(parts[:longest]), parts[longest:]
        found.append((run, _listed(run)))
    return found


def _listed(run: str) -> str:
    return "" if run in _ALONE or run in _BESIDE else _known().get(run) or compound(run)
