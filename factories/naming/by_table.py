"""What numbers and birth dates are in tables of a kind, where their names alone say less: a weight among patients."""
# ruff: noqa: E501  # a line for each kind of table, however long

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from factories.naming.measures import measured, usual
from factories.naming.patterns import among, at_end, compiled
from factories.naming.quantities import money
from factories.naming.rule import Family, Rule
from factories.recipe import Recipe
from factories.values.moments import Birthday
from factories.values.money import Ending, Money
from factories.values.numbers import Decimal

_TAX = re.compile(r"\b(tax|vat|gst)(es)?\b")


def of_tax(table: str) -> Decimal | None:
    """What a bare rate is in a table of taxes: a share of the price."""
    return Decimal(5, 25, 2, label="tax as a share") if _TAX.search(table) else None


_PATIENTS = re.compile(
    r"\b(vitals?|vital signs|patients?|encounters?|triages?|check ?ups?|physicals?|"
    r"(clinical|medical|nursing|patient) observations?)$"
)
BODY = (
    (re.compile(r"^(body )?temp(erature)?( c| celsius)?$"), 362, 385, 1, "body temperature"),
    (re.compile(r"^(body )?weight( kg)?$"), 48, 118, 0, "weight in kg"),
    (re.compile(r"^(body )?height( cm)?$"), 150, 198, 0, "height in cm"),
)


def of_the_body(table: str, words: str) -> Decimal | None:
    """What a bare weight, height or temperature is in a table about patients."""
    if not _PATIENTS.search(table):
        return None
    return next(
        (Decimal(low, high, at, label=label) for told, low, high, at, label in BODY if told.search(words)), None
    )


PRICES = (  # of what a table lists, if it is no merchandise: from, to, and how they end
    (re.compile(r"\b(room types?|rate plans?|hotel rooms?|hotels?)$"), 60, 280, Ending.ROUND),
    (
        re.compile(r"(^propert(y|ies)|\b(rental|listed) propert(y|ies)|\breal estate|\bhouses|\bapartments)$"),
        120_000,
        900_000,
        Ending.ROUND,
    ),
    (re.compile(r"\b(menu items?|dishes|meals?|drinks)$"), 4, 26, Ending.PRICE),
)


def price(table: str, recipe: Recipe) -> Recipe | None:
    """What a price is in such a table."""
    for listed, low, high, ending in PRICES:
        if isinstance(recipe, Money) and listed.search(table):
            return replace(recipe, low=low, high=high, ending=ending)
    return None


YOUNG = (
    (re.compile(r"\b(pupil|child|children|kid|schoolchild)s?\b"), Birthday(6, 16)),
    (re.compile(r"\bstudents?\b"), Birthday(17, 27)),
    (
        re.compile(r"\b(employees?|staff|drivers?|workers?|teachers?|nurses?|lecturers?|colleagues?)\b"),
        Birthday(24, 63),
    ),
    (re.compile(r"\b(players?|athletes?|squad members?)\b"), Birthday(18, 36)),
    (re.compile(r"\b(pets?|dogs?|cats?|animals?|livestock|cattle|horses?)\b"), Birthday(1, 12)),
)


def young(table: str) -> Birthday | None:
    """When those were born whom such a table is about, if they are no grown-ups of any age."""
    return next((born for pattern, born in YOUNG if pattern.search(table)), None)


@dataclass(frozen=True, slots=True)
class Sized:
    """Rules for columns in tables whose names end so, if `near` is met by a table that they point at."""

    tables: str
    rules: tuple[Rule, ...]
    near: str = ""


_HOUSES = "agents?|agenc(y|ies)|realtors?|brokers?|landlords?"
_ANIMALS = r"livestock|animals?|cattle|cows|herds?"

SIZED: tuple[Sized, ...] = (
    Sized(r"standings?|league tables?", measured(r"points", 0, 60, "points", means="points of a table")),
    Sized(r"pets?|dogs?|cats?", measured(r"weight( kg)?", 3, 38, "weight of a pet in kg", 1)),
    Sized(_ANIMALS, measured(r"(live ?)?weight( kg)?", 280, 740, "weight of an animal in kg")),
    Sized(r"players?|athletes?|squad members?", measured(r"(body )?weight( kg)?", 58, 98, "weight in kg")),
    Sized(r"players?|athletes?|squad members?", measured(r"(body )?height( cm)?", 164, 198, "height in cm")),
    Sized(r"assignments?|assessments?|criteri(a|on)|exams?|rubric \w+", measured(r"weight(ing)?", 0.05, 0.4, "share of the whole", 2)),
    Sized(r"people|persons?|users?|profiles?|members?|employees?|customers?|candidates?|actors?|models?", measured(r"(body )?height( cm)?", 150, 198, "height in cm")),
    Sized(r"books?|novels?|editions?|publications?", measured(r"pages?( count)?|page total|number of pages", 90, 620, "pages of a book")),
    Sized(r"products?|product (?!images?|photos?|pictures?|media|videos?|files?)\w+|variants?|items?|packages?|parcels?|skus?", measured(r"(.* )?(height|width|length|depth)( cm)?", 3, 60, "centimetres", 1)),
    Sized(r"artefacts?|artifacts?|artworks?|paintings?|exhibits?", measured(r"(.* )?(height|width|length|depth)( cm)?", 8, 180, "centimetres", 1)),
    Sized(r"vehicles?|cars?|trucks?|vans?|fleet", money(r"(purchase |list |sale |asking )?price|(purchase|acquisition) cost", 9_000, 78_000, Ending.ROUND, "price")),
    Sized(r"vehicles?|cars?|trucks?|vans?|fleet", measured(r"(fuel )?tank( capacity)?( l| litres)?", 42, 88, "litres of a tank")),
    Sized(r"assets?|equipment|machines?|devices?", money(r"(purchase |list )?price|(purchase|acquisition) cost", 300, 18_000, Ending.ROUND, "price")),
    Sized(r"listings?|properties", money(r"(sold |sale |asking |list )?price", 120_000, 900_000, Ending.ROUND, "price"), _HOUSES),
    Sized(r"listings?|properties|units?|apartments?", measured(r"plot( area)?( sqm| m2)?|(plot|land|lot) size( sqm)?", 220, 1_400, "square metres"), _HOUSES),
    Sized(r"usage( \w+)?|usages?|meter events?", measured(r"quantity|units|amount used", 20, 9_000, "units used", means="quantity")),
    Sized(r"time entr(y|ies)|time ?sheets?", money(r"rate", 90, 280, Ending.ROUND, "price")),
    Sized(r"time entr(y|ies)|time ?sheets?", usual(r"minutes|duration( minutes)?", (6, 12, 18, 30, 30, 45, 60, 60, 90, 120, 180), "minutes worked", "duration")),
    Sized(r"calls?|cdrs?|call (records?|details?)", (Rule(r"(call )?(charge|cost|price)", Family.EXACT, Decimal(0, 240, 2, 1, label="charge")),)),
    Sized(r"enrol?lments?|grades?|submissions?|(exam|test|course) results?|report cards?|marks", measured(r"(final |overall |total )?(percent(age)?|(score|marks?) percent(age)?)", 52, 99, "marks in percent", 1)),
    Sized(r"members?|memberships?", money(r"(annual |yearly |membership )?fee", 30, 240, Ending.ROUND, "price")),
    Sized(r"clubs?|stadiums?|arenas?", measured(r"(.* )?capacity", 1_500, 42_000, "spectators")),
    Sized(r"events?|concerts?|shows?|performances?", measured(r"(.* )?capacity", 80, 2_400, "guests")),
    Sized(r"inspections?|checks?|samples?", usual(r"sample size", (5, 5, 8, 8, 13, 20, 32, 50), "sample size")),
    Sized(r"interviews?|assessments?", usual(r"score|rating", (1, 2, 3, 3, 4, 4, 4, 5, 5), "score from 1 to 5")),
    Sized(r"(lab |test )?results?", measured(r"(numeric |result )?value( num(ber)?| numeric)?", 0.6, 180, "measured value", 1), r"specimens?|samples?|patients?|tests?|lab tests?|test catalog"),
    Sized(r"donations?|gifts?|pledges?", usual(r"amount", (10, 15, 20, 25, 25, 30, 50, 50, 100, 100, 250, 500), "round amount", "amount")),
    Sized(r"tickets?", money(r"(face value|price|ticket price)", 18, 95, Ending.ROUND, "price"), r"events?|shows?|concerts?|performances?"),
    Sized(r"courses?|modules?|classes|offerings?|trainings?|workshops?", usual(r"(max(imum)? )?(seats|places|participants|students)", (12, 16, 20, 25, 30, 30, 40, 60, 80, 120), "places of a course")),
    Sized(r"pay ?slips?|payroll (items?|lines?|entries)|salary slips?", money(r"(income |wage )?tax", 80, 900, Ending.ANY, "deduction")),
    Sized(r"match events?|game events?", measured(r"minute", 1, 90, "minute of a match")),
    Sized(r"documents?|files?|attachments?|contracts?|scans?", measured(r"pages?( count)?|number of pages", 1, 24, "pages")),
    Sized(r"e?mails?|e?mail (messages?|sends?|recipients?)|sends|mailings? recipients?|newsletter recipients?", usual(r"(email )?(opens?|clicks?)( count)?", (0, 0, 0, 1, 1, 1, 2, 3), "times")),
    Sized(r"items?|parts?|components?|materials?", money(r"(std|standard|moving average) (cost|price)", 0, 140, Ending.ANY, "cost")),
    Sized(r"qc( runs?)?|controls?|control runs?", measured(r"target( value)?|mean|expected( value)?|measured( value)?", 4, 8, "value of a control", 2)),
    Sized(r"inspections?|measurements?", measured(r"nominal( value)?|measured( value)?|lsl|lower limit", 9.8, 10.2, "measured length", 2)),
    Sized(r"restaurants?|cafes?|bars?", measured(r"(number of )?seats|capacity|covers", 18, 140, "seats")),
    Sized(r"(dining |restaurant )?tables?", usual(r"seats|capacity|places", (2, 2, 2, 4, 4, 4, 6, 8), "seats at a table")),
    Sized(r"orders?|tabs?|checks?", measured(r"covers|(number of )?guests", 1, 8, "guests"), r"tables?|restaurants?"),
    Sized(r"loans?|credits?|mortgages?", money(r"principal|(loan |credit )?amount", 2_000, 90_000, Ending.ROUND, "budget")),
)  # fmt: skip


def sized(table: str, words: str, kind: Family, near: str) -> Rule | None:
    """The rule for a number in such a table, by its words and those of the tables near it; None if there is none."""
    for line in _of(table):
        if not line.near or among(line.near).search(near):
            found = (rule for rule in line.rules if rule.family is kind and compiled(rule.pattern).fullmatch(words))
            if rule := next(found, None):
                return rule
    return None


@lru_cache(maxsize=65536)
def _of(table: str) -> tuple[Sized, ...]:
    return tuple(line for line in SIZED if at_end(line.tables).search(table))
