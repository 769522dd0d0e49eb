"""Rules about measures by their unit and about numbers that come from a few usual ones: degrees, volts, rates of tax.

They go before the rules about quantities, which know no unit.
"""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.quantities import money, whole
from factories.naming.rule import Family, Rule
from factories.values.few import OneOf
from factories.values.money import Ending
from factories.values.numbers import Decimal, Float, Integer


def measured(pattern: str, low: float, high: float, label: str, places: int = 0, means: str = "") -> tuple[Rule, ...]:
    """A range as whole numbers if there are several, as decimals with so many places, and as floating point numbers."""
    unit = 10**places
    whole_numbers = (Rule(pattern, Family.WHOLE, Integer(int(low), int(high), label=label), means),)
    return (
        *(whole_numbers if int(low) < int(high) else ()),
        Rule(pattern, Family.EXACT, Decimal(round(low * unit), round(high * unit), places, label=label), means),
        Rule(pattern, Family.FLOAT, Float(float(low), float(high), label=label), means),
    )


def usual(pattern: str, numbers: tuple[float, ...], label: str, means: str = "") -> tuple[Rule, ...]:
    """One of a few numbers, as often as it is listed; decimals have two places."""
    return (
        Rule(pattern, Family.WHOLE, OneOf(tuple(int(number) for number in numbers), label=label), means),
        Rule(pattern, Family.EXACT, OneOf(tuple(round(number * 100) for number in numbers), 2, label), means),
    )


RULES: tuple[Rule, ...] = (
    # one of a few
    *usual(r"(vat|tax|gst|sales tax)( rate| percent| percentage| pct)+", (0, 7, 10, 19, 19, 20, 20, 20, 21, 25), "rate of tax in percent", "tax rate"),
    *usual(r"(discount|rebate|markdown)( rate| percent| percentage| pct)+|discount %", (0, 0, 0, 0, 5, 5, 10, 10, 15, 20, 25), "discount in percent", "discount rate"),
    *usual(r"percent off|percentage off", (5, 10, 10, 15, 20, 20, 25, 30, 50), "percent off"),
    *usual(r"trial( period)? days|trial length( days)?", (0, 7, 14, 14, 14, 30, 30), "days of trial"),
    *usual(r"notice( period)?( months)+", (1, 1, 2, 3, 3, 6), "months of notice"),
    *usual(r"(term|duration|runtime|tenor|contract)( in)? months|months", (6, 12, 12, 24, 24, 36, 48, 60, 72, 120), "months"),
    *usual(r"(interval|frequency|period) count", (1, 1, 1, 1, 3, 6, 12), "how many intervals"),
    *usual(r"(max(imum)?|included|licen[sc]ed|number of) (seats|users|devices|members)", (1, 2, 3, 5, 5, 10, 25, 50, 100), "places of a plan"),
    *usual(r"(days worked|worked days|paid days|days paid|working days)( count)?", (18, 19, 20, 20, 21, 21, 21, 22, 22), "working days of a month"),
    *usual(r"notice( period)?( days)+", (14, 30, 30, 30, 60, 90), "days of notice"),
    *usual(r"(payment|billing|due|anchor|invoice) day", (1, 1, 1, 5, 10, 15, 28), "day of the month"),
    *usual(r"break( duration| time)?( minutes| mins| min)?", (0, 30, 30, 30, 45, 60), "minutes of a break"),
    *usual(r"(meeting|interview|viewing|appointment|lesson|booking|slot|session|consultation)? ?duration( in)? (minutes|mins|min)", (15, 30, 30, 30, 45, 60, 60, 60, 90), "usual minutes", "duration"),
    *usual(r"exit (code|status)|return code", (0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 137), "exit code"),
    *usual(r"phases|number of phases", (1, 1, 3, 3, 3), "phases"),
    *usual(r"star rating|(hotel )?stars", (2, 3, 3, 3, 4, 4, 4, 5), "stars"),
    *usual(r"credits|ects|credit (hours|points)", (3, 3, 5, 5, 6, 6, 6, 9, 10, 12), "credits"),
    *usual(r"(max|maximum|total|possible|full) (marks|points|score)|marks total", (20, 40, 50, 60, 100, 100, 100, 100), "most marks"),
    *usual(r"fte|full time equivalent|employment percentage share", (0.5, 0.6, 0.8, 1, 1, 1, 1, 1, 1), "full time equivalent"),
    *usual(r"(weekly|contract|contracted) (working )?hours|hours per week", (20, 24, 32, 35, 40, 40, 40, 40, 40), "hours a week"),
    *usual(r"co ?pay(ment)?", (0, 10, 15, 20, 20, 25, 30, 40, 50), "copay"),
    *usual(r"deductible|(policy )?excess", (0, 150, 150, 300, 300, 500, 500, 1000), "deductible"),
    *usual(r"(win |close |closing |deal )?probability|likelihood( percent)?", (10, 20, 25, 40, 50, 60, 75, 90), "probability in percent"),
    *usual(r"(csat|satisfaction|happiness|effort|interview|interviewer) (score|rating)", (1, 2, 3, 4, 4, 4, 5, 5, 5), "score from 1 to 5"),
    *usual(r"(number of|no of) (dependents?|dependants?|children|kids|siblings)|dependents?|dependants?", (0, 0, 0, 0, 1, 1, 2, 2, 3), "dependents"),
    *usual(r"number of (positions|openings|vacancies|hires)|vacancies|openings( count)?", (1, 1, 1, 1, 1, 2, 2, 3, 5), "positions"),
    *usual(r"number of (floors|storeys|stories|levels)|floors( total)?|storeys", (1, 2, 2, 2, 3, 3, 4, 6), "floors"),
    *usual(r"number of (machines|stations|lines|lanes|doors|docks|bays)", (1, 1, 2, 2, 3, 4, 6), "small number"),
    *usual(r"floor( number| no)?|storey", (0, 1, 1, 1, 2, 2, 3, 3, 4, 5), "floor"),
    *usual(r"attempt( number| no)?|round( number| no)?|try number", (1, 1, 1, 1, 1, 2, 2, 3), "which time"),
    *usual(r"(home|away|guest|visitor|host|goals|team \w+) (score|goals)|goals( scored)?|assists", (0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4), "goals"),
    *usual(r"dunning level|reminder level|(reminder|dunning) (count|stage)", (0, 0, 0, 0, 0, 1, 1, 2, 3), "reminders"),
    *usual(r"retention( percent| pct| rate)?", (5, 5, 5, 10), "retention in percent"),
    *usual(r"bonus( percent| pct| percentage| rate)+", (0, 5, 5, 10, 10, 10, 15, 20), "bonus in percent"),
    *usual(r"hangup cause|q ?850|release cause", (16, 16, 16, 16, 16, 17, 19, 21, 31), "cause of release"),
    *usual(r"overdraft( limit)?", (0, 0, 500, 500, 1000, 1000, 2000, 5000), "overdraft"),
    *usual(r"(daily|weekly|monthly|card|spending|withdrawal|transaction|cash|purchase)( card| spending| withdrawal| transaction)? limit", (500, 500, 1000, 1000, 1500, 2000, 2500, 5000), "limit in whole units"),
    *usual(r"(.* )?(incidents?|accidents?|injur(y|ies)|near misses|breaches|absences)( count| today)?", (0, 0, 0, 0, 0, 0, 0, 1, 1, 2), "incidents"),
    *usual(r"(repeats?|refills?|renewals?)( allowed| left| remaining| count)?", (0, 0, 0, 1, 1, 2, 3, 5), "repeats"),
    *usual(r"age (restriction|limit|rating)|(min|minimum) age", (0, 0, 0, 6, 12, 12, 16, 18), "age limit"),
    *usual(r"(traffic|rollout|split|sample)( percent| pct| percentage| share)+", (5, 10, 20, 25, 50, 50, 100), "share of traffic"),
    *usual(r"max(imum)? ((group|party)( size)?|people)", (8, 10, 12, 12, 15, 20, 25, 30), "size of a group"),
    # the way, and where
    *measured(r"heading|bearing|azimuth|course over ground|direction degrees", 0, 359, "degrees"),
    *measured(r"sats|satellites( in view| used)?|number of satellites", 6, 14, "satellites"),
    *measured(r"[hpv]dop", 0.6, 2.6, "dilution of precision", 1),
    *measured(r"(average|mean) speed( kmh| kph| mph)?", 34, 88, "average speed", 1),
    *measured(r"(gps|location|position|horizontal) accuracy( m| meters| metres)?|accuracy (m|meters|metres)", 3, 24, "metres", 1),
    # electricity and signals
    *measured(r"(battery|vehicle battery|starter battery) (v|volts|voltage)", 11.9, 14.2, "volts of a car battery", 2),
    *measured(r"(line|mains|grid|supply|phase|ac)? ?(voltage|volts)( l[123]| v)?", 226, 238, "volts of the mains", 1),
    *measured(r"current (a|amps?|amperes?)|amps|amperage", 0.2, 16, "amperes", 2),
    *measured(r"power factor|cos phi", 0.82, 0.999, "power factor", 3),
    *measured(r"(grid |line )?frequency hz|(.* )?hz|grid frequency", 49.95, 50.05, "hertz", 2),
    *measured(r"(.* )?(rssi|rsrp|signal( strength)?)( dbm| db)?|(.* )?dbm", -96, -42, "dBm"),
    *measured(r"(.* )?(bitrate|bit rate)( kbps)?|(.* )?kbps", 640, 8200, "kbit/s"),
    *measured(r"(.* )?mbps", 8, 240, "Mbit/s"),
    *measured(r"((estimated|expected) )?(annual|yearly) ((consumption|usage|energy)( kwh)?|kwh)", 1800, 6400, "kWh a year"),
    *measured(r"(opening|start|previous|first) (meter )?reading( kwh)?|(opening|start|previous|first) meter (index|value)", 1200, 48_000, "reading of a meter", 1, "opening reading"),
    *measured(r"(closing|end|current|last) (meter )?reading( kwh)?|(closing|end|current|last) meter (index|value)", 1200, 48_000, "reading of a meter", 1, "closing reading"),
    *measured(r"^(consumption|usage|consumed)( kwh| quantity| m3)?|(energy|electricity|gas|water|power) (consumption|usage|used|consumed)( kwh| m3)?|kwh (consumed|used)", 180, 1400, "consumption", 1, "consumption"),
    *measured(r"delta kwh|(interval|hourly|quarter hour(ly)?) (kwh|energy)|kwh (delta|import|export)", 0.1, 4.8, "kWh", 3),
    *measured(r"(value|reading|total|index|meter|energy|cumulative)? ?kwh", 1200, 48_000, "reading of a meter", 3),
    *measured(r"(.* )?power( kw)?|(.* )?kw", 0.2, 11, "kW", 2),
    *measured(r"ping( ms)?|latency( ms)?|rtt( ms)?|jitter( ms)?|lag( ms)?", 8, 140, "milliseconds of a connection"),
    # laboratories
    *measured(r"(temp|temperature) (min|minimum|low|lowest)( c| celsius)?|(min|minimum|low|lowest) (temp|temperature)( c| celsius)?", 4, 14, "low temperature", 1),
    *measured(r"(temp|temperature) (max|maximum|high|highest|average|avg)( c| celsius)?|(max|maximum|high|highest) (temp|temperature)( c| celsius)?", 14, 27, "high temperature", 1),
    *measured(r"(storage|fridge|freezer|cold|cold chain) (temp|temperature)( c| celsius)?", 2, 8, "temperature of a fridge", 1),
    *measured(r"(volume|vol)? ?(ml|milliliters|millilitres)", 2, 10, "millilitres", 1),
    *measured(r"sd|std( dev)?|standard deviation|stddev|sigma", 0.1, 1.9, "standard deviation", 2),
    *measured(r"z score", -2.4, 2.4, "z-score", 2),
    # `ph` was written out as phone by then
    *measured(r"(soil|water|urine) phone( value| level)?|phone (value|level)", 5.4, 7.6, "pH", 1),
    *measured(r"(tat|turn ?around( time)?)( hours)?", 2, 48, "hours"),
    # fields and animals
    *measured(r"(.* )?(area )?(ha|hectares?)", 0.8, 32, "hectares", 2),
    *measured(r"yield( t)? (ha|per ha|per hectare)", 2.1, 11.4, "tonnes a hectare", 2),
    *measured(r"milk( yield)?( l| kg| litres)?( per)?( day)?", 14, 38, "litres a day", 1),
    # shares in percent
    *measured(r"(code |test |line |branch )?coverage( percent| pct)?", 61, 97, "coverage in percent", 1),
    *measured(r"(scrap|waste|loss|defect|reject|spoilage)( rate)? (percent|pct|percentage)", 0, 6, "scrap in percent", 1),
    *measured(r"(efficiency|utili[sz]ation|oee|availability|uptime|capacity)( rate)? (percent|pct|percentage)", 72, 98, "efficiency in percent", 1),
    *measured(r"yield (percent|pct|percentage)", 88, 99, "yield in percent", 1),
    *measured(r"attendance (percent|pct|percentage|rate)", 62, 100, "attendance in percent", 0),
    *measured(r"commission( rate)? ?(percent|pct|percentage)", 1.5, 6, "commission in percent", 1),
    *measured(r"(fraud|risk|churn|anomaly|similarity|match|relevance) score", 0.01, 0.62, "score from 0 to 1", 2),
    *measured(r"(imdb|critics?|tmdb|metacritic|viewer|external) (score|rating)", 5.1, 8.9, "score of 10", 1),
    *measured(r"win (percent|pct|percentage)", 34, 66, "percent", 1),
    *measured(r"(nominal|annual|effective|deposit|lending|borrowing|debit|credit|default)? ?interest( rate| pct| percent)?|apr|apy|coupon rate", 0.9, 8.6, "interest in percent", 2, "interest rate"),
    # counts
    *measured(r"(quantity |count(ed)? |stock )?(difference|discrepancy|deviation)( quantity)?", 0, 4, "difference", means="discrepancy"),
    *measured(r"(workers?|crew|labou?rers|people|persons|staff)( on site| present| today| count)", 4, 38, "people at work"),
    *measured(r"seat (number|no)", 1, 40, "seat"),
    *measured(r"(unique |expected |actual |total )?visitors?( count| total| [a-z])?", 240, 9_000, "visitors"),
    *measured(r"k ?d( ratio)?|kda", 0.4, 2.9, "ratio", 2),
    *measured(r"attendance|spectators?|crowd", 180, 14_000, "spectators", means="attendance"),
    *measured(r"(shirt|jersey|squad|kit) (number|no)", 1, 30, "number of a shirt"),
    *measured(r"(school |tour )?groups?( count)?|school classes", 0, 6, "groups"),
    *measured(r"match ?day|game ?week|round of matches", 1, 34, "matchday"),
    *measured(r"season (number|no)", 1, 5, "number of a season"),
    *measured(r"lead time( days)?", 2, 45, "days"),
    *measured(r"days (past due|overdue|late|in arrears)|(past due|overdue) days", 0, 60, "days", means="days late"),
    *measured(r"(loyalty|bonus|reward|membership)( program)? points?|points balance", 0, 9_000, "points"),
    *measured(r"(first )?response (time )?(minutes|mins)|response target( minutes)?", 15, 240, "minutes"),
    *measured(r"resolution (time )?(minutes|mins)|resolution target( minutes)?", 480, 4_320, "minutes"),
    *measured(r"(total|number of) rooms|rooms total", 18, 160, "rooms"),
    *measured(r"calories|kcal", 180, 980, "kilocalories"),
    *measured(r"runtime( min| mins| minutes)?|running time( minutes)?", 42, 148, "minutes", means="duration"),
    whole(r"(page count|number of pages)", 1, 24, "pages", 1),
    whole(r"(won|wins)( count)?|(games|matches) won", 0, 16, "games", means="won"),
    whole(r"(drawn|draws|ties)( count)?|(games|matches) drawn", 0, 8, "games", means="drawn"),
    whole(r"(lost|losses)( count)?|(games|matches) lost", 0, 16, "games", means="lost"),
    whole(r"(games |matches )?played", 8, 34, "games", means="played"),
    whole(r"(goals|points|runs) (for|scored)", 12, 64, "goals", means="scored"),
    whole(r"(goals|points|runs) (against|conceded)", 12, 58, "goals", means="against"),
    whole(r"(goal|point|run)s? (diff|difference)", -24, 32, "difference", means="difference"),
    *money(r"(total|amount|price|sum|sub ?total|value) (excl|ex|excluding|without|before|net of)( vat| tax| btw)?|net (total|sum)", 40, 2_400, Ending.ANY, "subtotal"),
    *money(r"(total|amount|sum|price) (incl|inc|including|with|after)( vat| tax| btw)?", 40, 2_800, Ending.ANY, "total"),
    *money(r"(.* )?budget( amount)?|planned (cost|costs|amount)|estimated costs?", 2_000, 90_000, Ending.ROUND, "budget"),
    *money(r"(amount |cash )?tendered|cash (received|given)|amount received", 20, 200, Ending.ROUND, "tendered"),
    *money(r"change( given| due| returned)?", 0, 20, Ending.ANY, "change"),
    *money(r"variance( amount)?|budget variance|cost variance", 100, 9_000, Ending.ANY, "variance"),
    *money(r"(insurance|appraised|appraisal|estimated market) value", 2_000, 400_000, Ending.ROUND, "budget"),
    # money that a price or an amount is too small or too large for
    *money(r"(annual|yearly|total) (revenue|turnover|sales)|revenue (annual|yearly)", 400_000, 48_000_000, Ending.ROUND, "budget"),
    *money(r"(contract|order book|project) (value|sum|amount)|project (budget|volume)", 40_000, 2_400_000, Ending.ROUND, "budget"),
    *money(r"(value in dispute|amount in dispute|disputed amount|claim value)", 2_000, 160_000, Ending.ROUND, "budget"),
    *money(r"(sum insured|insured (sum|amount)|(coverage|cover|insurance) (amount|limit|sum))", 10_000, 400_000, Ending.ROUND, "budget"),
    *money(r"(market|transfer|player) value", 50_000, 9_000_000, Ending.ROUND, "budget"),
    *money(r"premium( amount)?|(monthly|insurance) premium", 14, 160, Ending.ANY, "amount"),
    *money(r"(hourly|billing|charge|consulting|lawyer) rate|rate per hour|(cost )?rate (hr|hour)|cost per hour", 45, 280, Ending.ROUND, "price"),
    *money(r"(daily|day) rate|rate per day", 320, 1_400, Ending.ROUND, "price"),
    *money(r"(base|rack|room|nightly|night) rate|rate per night", 60, 280, Ending.ROUND, "price"),
    *money(r"rent( pcm| per month| pm)|monthly rent|(cold|warm|base) rent", 600, 3_200, Ending.ROUND, "rent"),
    *money(r"(security|rental|tenancy|rent) deposit", 1_200, 6_400, Ending.ROUND, "deposit"),
    *money(r"deposit( amount)?|down payment|earnest money", 100, 2_400, Ending.ROUND, "deposit"),
    *money(r"total gross|gross total|total (payroll|wages|salaries)", 40_000, 480_000, Ending.ANY, "gross pay"),
    *money(r"(labou?r|work|installation) costs?", 45, 480, Ending.ANY, "cost"),
    *money(r"(parts?|materials?|spare parts?) costs?", 12, 640, Ending.ANY, "cost"),
    *money(r"(basic|base) (pay|wage)", 2_100, 6_400, Ending.ANY, "salary"),
    *money(r"(.* )?allowances?", 50, 320, Ending.ROUND, "allowance"),
    *money(r"(monthly|subscription|plan|membership|base) (fee|charge|price|advance|instal+ment amount)|standing charge", 6, 64, Ending.PRICE, "price"),
    *money(r"(amount|total|value) (in )?(base|local|home|reporting|functional)( currency)?|(base|local|home|converted|reporting) (currency )?amount", 10, 900, Ending.ANY, "base amount"),
    *money(r"(patient|customer|insurer|insured) (responsibility|share|portion)( amount)?", 0, 120, Ending.ANY, "amount"),
    *money(r"(lunch|meal|canteen|cafeteria|print(ing)?) balance", 0, 60, Ending.ANY, "balance"),
    *money(r"(?<!outstanding )(?<!leave )(?<!vacation )(?<!holiday )(?<!stock )(account |available |current |ledger |opening |closing |running )?balance|balance after", 40, 14_000, Ending.ANY, "balance"),
    *money(r"lifetime (value|total|giving)|total (given|donated)", 40, 6_000, Ending.ANY, "amount"),
    Rule(r"(unit|energy|kwh|working) rate|(energy|kwh|working) price|price per kwh|tariff rate", Family.EXACT, Decimal(2100, 4200, 4, label="price of a kWh")),
    Rule(r"price per (litre|liter|l)", Family.EXACT, Decimal(1450, 1990, 3, label="price of a litre"), "price"),
    Rule(r"call charge", Family.EXACT, Decimal(0, 240, 2, 1, label="charge")),
)  # fmt: skip
