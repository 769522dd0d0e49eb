"""Which numbers are a part of which others of their row, and usually how large a part: tickets sold of the capacity."""
# ruff: noqa: E501  # a line for each, however long

from dataclasses import dataclass
from functools import lru_cache

from factories.naming.patterns import compiled


@dataclass(frozen=True, slots=True)
class Part:
    """A part's name, its whole's, and the usual shares in percent, each as often as it is listed."""

    part: str
    whole: str
    shares: tuple[int, ...]


PARTS: tuple[Part, ...] = (
    Part(r"(marks|points|score) (obtained|achieved|awarded|scored)|(obtained|achieved|awarded) (marks|points|score)|marks", r"(max|maximum|total|possible|full) (marks|points|score)|marks total", (41, 52, 61, 66, 70, 74, 78, 83, 88, 93, 97)),
    Part(r"(tests?|checks?|rows|records|jobs|steps|cases) (failed|skipped|rejected|errored)|failed (tests?|checks?|rows|records|jobs|steps|cases)", r"(tests?|checks?|rows|records|jobs|steps|cases) (total|count|run)|total (tests?|checks?|rows|records|jobs|steps|cases)", (0, 0, 0, 0, 0, 0, 1, 2, 5)),
    Part(r"(enrol+ed|registered|booked|attendees?|participants?|students|guests)( count)?|(tickets|seats|places) (sold|taken|booked|reserved)|sold (tickets|seats)", r"(max(imum)? |total |venue )?(capacity|seats|places)( total)?|max(imum)? (participants|students|seats|attendees)", (22, 45, 60, 75, 85, 95, 100, 100)),
    Part(r"attendance", r"(stadium |venue )?capacity", (35, 55, 70, 85, 96)),
    Part(r"(defects?|faults?|failures?|rejects?)( found| count| quantity)?", r"sample size|(quantity )?(inspected|checked|sampled)( quantity| count)?", (0, 0, 0, 0, 0, 2, 4, 8)),
    Part(r"(raised|collected|pledged|achieved|current|funded)( amount| total)?|amount (raised|collected|pledged)", r"(goal|target|funding goal)( amount)?", (8, 22, 45, 60, 80, 95, 104)),
    Part(r"quantity (completed|produced|received|shipped|delivered|picked|invoiced|finished|good)|(completed|produced|received|shipped|delivered|picked) quantity", r"quantity( ordered| planned| requested| required)?|(ordered|planned|requested) quantity", (100, 100, 100, 100, 96, 50, 0)),
    Part(r"quantity (scrapped|rejected|returned|damaged|missing)|(scrapped|rejected|damaged|missing) quantity", r"quantity( ordered| planned)?|(ordered|planned) quantity", (0, 0, 0, 0, 1, 2, 4)),
    Part(r"(approved|settled|agreed|granted|paid out)( claim)? amount|amount (approved|settled|granted)", r"(estimated|claimed|requested|claim|loss)( claim)? amount|amount (claimed|requested)", (0, 50, 80, 90, 100, 100)),
    Part(r"allowed amount|amount allowed", r"(billed|charged?) amount|amount (billed|charged)", (60, 70, 80, 90, 100)),
    Part(r"patient (responsibility|share|portion)( amount)?", r"allowed amount|amount allowed|(billed|charged?) amount|amount (billed|charged)", (0, 0, 10, 20, 30)),
    Part(r"reserve(d)?( amount)?", r"(estimated|claimed|requested)( claim)? amount", (0, 20, 60, 100)),
    Part(r"(unique|distinct) (visitors?|views?|opens?|clicks?|users?)( count)?", r"(total |page )?(visits?|views?|opens?|clicks?)( count| total)?", (55, 64, 72, 80, 88)),
    Part(r"billed (seconds|secs|minutes|duration)", r"(duration|call duration|talk)( seconds| secs| sec| minutes)?", (100, 100, 100, 100)),
    Part(r"(basic|base) (pay|wage)", r"(gross|total) (pay|wages?|earnings|salary)", (82, 86, 90, 94)),
    Part(r"allowances?( total)?", r"(gross|total) (pay|wages?|earnings|salary)", (0, 3, 5, 8)),
    Part(r"(income |wage )?tax( withheld)?", r"(gross|total) (pay|wages?|earnings|salary)", (11, 14, 17, 20, 23)),
    Part(r"deposit( amount)?|down payment|earnest money", r"(offer |bid |sale |purchase )?(amount|price)", (5, 10, 10, 10, 20)),
    Part(r"total net|net total|(total )?net (pay|wages?)( total)?", r"total gross|gross total", (62, 64, 66)),
    Part(r"outstanding( balance| amount| principal)?|(remaining|current) (balance|principal|debt)", r"(principal|loan amount|amount financed)", (5, 20, 38, 55, 72, 88)),
    Part(r"(available|free|usable) (balance|credit|funds)", r"(account |current |ledger )?balance|credit limit", (100, 100, 100, 97, 90)),
    Part(r"actual (costs?|spend|amount)|(spent|actual|committed)( amount| costs?| to date)?", r"(budget|planned|estimated)( amount| costs?)?", (64, 78, 88, 95, 99, 103, 111)),
    Part(r"actual hours|hours (spent|actual|booked)", r"(planned|estimated|budgeted) hours|hours (planned|estimated)", (70, 85, 95, 100, 108, 120)),
    Part(r"conversions?( [a-z])?", r"(unique )?visitors?( [a-z])?", (2, 3, 3, 4, 5)),
    Part(r"actual visitors?", r"expected visitors?", (62, 78, 90, 104, 118)),
    Part(r"booked( places| seats| count)?", r"max(imum)? (group|people|persons|guests|participants)( size)?", (20, 45, 60, 80, 100, 100)),
    Part(r"(counted|actual|physical) (quantity|stock|count)", r"(system|expected|book|recorded|theoretical) (quantity|stock|count)", (100, 100, 100, 100, 100, 98, 95, 102)),
    Part(r"(amount |cash )?tendered|cash (received|given)|amount received", r"(grand |order )?total( amount)?", (100, 100, 100, 105, 112, 120)),
    Part(r"(helpful|up|positive)( votes?)?( count)?", r"(page |view )?views?( count)?", (1, 2, 4, 6)),
    Part(r"(unhelpful|not helpful|down|negative)( votes?)?( count)?", r"(page |view )?views?( count)?", (0, 0, 1, 1)),
    Part(r"(commission|platform|processing|transaction|payment) fee", r"(gross |total )?amount", (1, 2, 3)),
)  # fmt: skip
# Percentages that tell how large a part is: their own name, the part's, the whole's.
RATIOS: tuple[tuple[str, str, str], ...] = (
    (r"percent(age)?|score percent|marks percent|pct", PARTS[0].part, PARTS[0].whole),
    (r"(occupancy|sell through|fill|load)( rate| percent)?", PARTS[2].part, PARTS[2].whole),
    (r"(funded|progress|goal) ?(percent)?", PARTS[5].part, PARTS[5].whole),
    (r"(failure|error) (rate|percent)", PARTS[1].part, PARTS[1].whole),
)


@lru_cache(maxsize=65536)
def parts(words: str) -> tuple[Part, ...]:
    """The lines that speak of a part of that name."""
    return tuple(line for line in PARTS if compiled(line.part).fullmatch(words))


@lru_cache(maxsize=65536)
def ratios(words: str) -> tuple[tuple[str, str], ...]:
    """The parts and wholes whose ratio a column of that name may tell."""
    return tuple((part, whole) for told, part, whole in RATIOS if compiled(told).fullmatch(words))
