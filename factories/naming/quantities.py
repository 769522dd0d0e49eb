"""Rules about numbers, flags and moments: how large, how often, how far ahead."""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.rule import Family, Rule
from factories.values.files import FileSize
from factories.values.moments import Birthday
from factories.values.money import Ending, Money
from factories.values.numbers import Chance, Decimal, Float, Integer

_WHOLE, _EXACT, _FLOAT = Family.WHOLE, Family.EXACT, Family.FLOAT
_MINOR = "cents|minor units|pennies|pence|paise|kopecks|kopeks|kobo|centavos|centimes|grosze|fils|halalas"


def whole(pattern: str, low: int, high: int, label: str, skew: int = 0, means: str = "") -> Rule:
    """A range of whole numbers; `skew` makes small ones more frequent."""
    return Rule(pattern, _WHOLE, Integer(low, high, skew, label=label), means)


def everywhere(pattern: str, low: int, high: int, label: str, places: int = 1, means: str = "") -> tuple[Rule, ...]:
    """The same range as whole numbers, as decimals with so many places, and as floating point numbers."""
    unit = 10**places
    return (
        whole(pattern, low, high, label, means=means),
        Rule(pattern, _EXACT, Decimal(low * unit, high * unit, places, label=label), means),
        Rule(pattern, _FLOAT, Float(float(low), float(high), label=label), means),
    )


def money(pattern: str, low: int, high: int, ending: Ending, means: str) -> tuple[Rule, ...]:
    """Money as decimals, and as whole numbers of cents where the name says so, else of whole units."""
    return (
        Rule(
            rf"(?:{pattern}) ({_MINOR}|minor)|(cents|minor) (?:{pattern})",
            _WHOLE,
            Money(low, high, 0, ending, minor=True, label="amount in cents"),
            means,
        ),
        Rule(pattern, _WHOLE, Money(low, high, 0, ending, label=f"{means} in whole units"), means),
        Rule(pattern, _EXACT, Money(low, high, 2, ending, label=means), means),
        Rule(pattern, _FLOAT, Money(low, high, 2, ending, label=means), means),
    )


_UNITS = r"( (eur|usd|gbp|chf|net|gross))?"

RULES: tuple[Rule, ...] = (
    # parts of a date
    whole(r"(birth|born) year|year of birth", 1948, 2006, "year of birth"),
    whole(r"(exp|expiry|expiration) year|card exp year", 2027, 2031, "year of expiry", means="card"),
    whole(r"(built|founded|founding|established|published|publication|release|construction) year|year (built|founded)", 1985, 2025, "year"),
    whole(r"(?<!per )(model|fiscal|school|tax|academic)? ?year", 2019, 2026, "year", means="year"),
    whole(r"(card )?(exp|expiry|expiration) month", 1, 12, "month", means="card"),
    whole(r"(?!.*\bper )(.* )?month", 1, 12, "month"),
    whole(r"(.* )?quarter", 1, 4, "quarter"),
    whole(r"decimal (digits|places)|precision digits", 0, 3, "decimal places"),
    whole(r"weekday|day of week|dow", 0, 6, "day of the week"),
    whole(r"day of month|day", 1, 28, "day"),
    whole(r"week|week (number|no)", 1, 52, "week"),
    whole(r"hour|hour of day", 0, 23, "hour"),
    whole(r"minute|second", 0, 59, "minutes or seconds"),
    # people
    whole(r"(min|minimum) age|age limit", 0, 18, "age"),
    whole(r"age (of|at) death", 58, 97, "age"),
    whole(r"(?<!min )(?<!minimum )age|age years|age (of|at) \w+", 18, 78, "age", means="age"),
    *everywhere(r"body height( cm)?", 150, 198, "height in cm"),
    *everywhere(r"(body |patient )weight( kg)?", 48, 120, "weight in kg"),
    whole(r"(years? of )?experience( years)?", 0, 25, "years", 1),
    *everywhere(r"(vacation|leave|holiday) (days|balance)|days off|(.* )?days per year|(days )?entitled( days)?|entitlement", 20, 30, "days", 0, "entitled"),
    *everywhere(r"(days|hours) (taken|used)|^taken( days)?", 0, 20, "days", 0, "used"),
    *everywhere(r"^remaining( days| hours)?|(days|hours) (remaining|left)", 0, 20, "days", 0, "remaining"),
    *everywhere(r"bmi|body mass index", 18, 34, "body mass index"),
    whole(r"(respiratory|respiration|breathing) rate|respiration", 12, 20, "breaths per minute"),
    *everywhere(r"(oxygen|o2) saturation|spo ?2|sp o2", 94, 100, "percent of oxygen", 0),
    *everywhere(r"blood sugar|(blood )?glucose", 75, 140, "mg/dl"),
    whole(r"pain (score|level|scale)", 0, 7, "pain from 0 to 10", 1),
    whole(r"(lesson|class|school) period( number| no)?|^period( number| no)?", 1, 8, "period"),
    *everywhere(r"gpa|grade point average|(final )?grade", 1, 4, "grade point average", 2),
    *everywhere(r"(heart rate|pulse|bpm)", 55, 110, "beats per minute"),
    *everywhere(r"(systolic)( .*)?", 100, 150, "mmHg"),
    *everywhere(r"(diastolic)( .*)?", 60, 95, "mmHg"),
    whole(r"credits|ects|credit hours", 1, 12, "credits"),
    # the web
    whole(r"(http )?(status|response|http) (code|status)|http status", 200, 204, "HTTP status", means="http status"),
    whole(r"port|port number", 1024, 9999, "port"),
    whole(r"(ad |email |mail )?(impressions?|reach)( count)?|impressions", 500, 50_000, "impressions", 1, "impressions"),
    whole(r"(page |video |post |profile )?(views?|reads?|plays?|hits|visitors?)( count)?|(view|visit|play|read|hit)s? (count|total)", 5, 5_000, "views", 2, "views"),
    whole(r"(.* )?(clicks?|visits?|sessions?)( count)?", 5, 2_000, "clicks", 1, "clicks"),
    whole(r"(.* )?(likes?|shares|share count|reactions?|favou?rites?|bookmarks?|retweets?|upvotes?|downloads?|installs?|saves?)( count)?", 0, 400, "reactions", 2, "reactions"),
    whole(r"(.* )?followers?( count)?|following( count)?|subscribers?( count)?", 10, 20_000, "followers", 2),
    whole(r"(.* )?comments?( count)?|repl(y|ies)( count)?", 0, 60, "comments", 2, "reactions"),
    # sizes of files and pictures
    Rule(r"(file|byte|blob|attachment|image|document|object|asset|media|upload) (size|bytes|length)( bytes)?|^(size|bytes|filesize)|content (size|length)|size( in)? bytes|bytes (sent|received|in|out)", _WHOLE, FileSize(), "file size"),
    whole(r"(.* )?size (kb)|(.* )?kb", 10, 9_000, "kilobytes", 1),
    whole(r"(image |video |screen |viewport )?(width|height)( px| pixels)?|(width|height) px", 320, 1920, "pixels"),
    whole(r"(.* )?tokens( used| count)?", 100, 8_000, "tokens", 1),
    whole(r"(max |maximum )?(adults|persons|pax)( count)?|(max|maximum) (occupancy|guests)|occupancy max", 1, 4, "people"),
    whole(r"(max |maximum )?(children|infants|kids)( count)?", 0, 3, "people", 1),
    whole(r"(max|maximum) (students|pupils|participants|attendees|players)|class size", 12, 32, "people"),
    whole(r"party size|group size|number of (guests|people|persons)", 1, 8, "people", 1),
    whole(r"word count|words", 180, 2_400, "words", 1),
    whole(r"renewals?( count)?", 0, 3, "renewals", 1),
    whole(r"(spicy|spice|heat) level|price (range|level|tier)", 1, 4, "small number"),
    whole(r"action flag", 1, 3, "small number"),
    whole(r"(total copies|copies total)", 1, 8, "copies", 1, "most copies"),
    whole(r"(available copies|copies available)", 0, 8, "copies", 1, "copies left"),
    whole(r"(quantity|tickets|units|seats) total|total (quantity|tickets|seats)", 40, 400, "tickets", means="most tickets"),
    whole(r"(quantity|tickets|units|seats) sold|sold( quantity| count)", 5, 40, "tickets", 1, "sold"),
    # places in an order, importance, tries
    whole(r"(entry|journal|document|voucher|receipt|case|ticket|order|invoice|transaction|batch|check|cheque|contract|policy|claim|request|booking|reservation|account) number", 10_001, 99_999, "number of a paper"),
    whole(r"(.* )?(position|sort|sort order|order|ordinal|sequence|seq|index|idx|display order|line number|line no|line|step|rank|place)( number| no)?", 1, 12, "position", 1, "position"),
    whole(r"priority|tier|severity|urgency|importance", 1, 5, "small number"),
    whole(r"(max|maximum) (attempts|retries|tries)|retry limit", 3, 5, "limit of tries", means="most attempts"),
    whole(r"(.* )?(attempts?|retries|retry|tries|failures?)( count)?", 0, 3, "tries", 2, "attempts"),
    whole(r"(.* )?(version|revision|edition|lock version)( number| no)?", 1, 5, "small number", 1),
    *money(rf"(room|nightly|night|weekend|rack|rental) rate|price per (night|day)|(nightly|daily) price{_UNITS}", 60, 280, Ending.ROUND, "price"),
    # shares
    *everywhere(r"(vat|tax|gst|sales tax|service charge) (rate|percent|percentage|pct)( percent)?", 7, 25, "tax in percent", 0, "tax rate"),
    *everywhere(r"(progress|completion)( percent| percentage| pct| rate)?|percent (complete|done)", 5, 95, "progress in percent", 0, "progress"),
    *everywhere(r"(discount|rebate|markdown)( rate| percent| percentage| pct)+", 0, 30, "discount in percent", 0, "discount rate"),
    *everywhere(r"(battery|humidity|cpu|memory|disk|occupancy|confidence)( level| usage| load| percent| percentage| rate| pct)?|(.* )?(percent|percentage|pct)", 0, 100, "percentage"),
    whole(r"(.* )?level|floor", 1, 20, "level", 1),
    Rule(r"(interest|apr|discount|commission|growth|inflation|churn|bounce|conversion|click|open|click through|error|failure|unsubscribe) rate|ctr|cvr", _EXACT, Decimal(1, 180, 3, label="rate"), "rate"),
    Rule(r"(interest|apr|discount|commission|growth|inflation|churn|bounce|conversion|click|open|click through|error|failure|unsubscribe) rate|ctr|cvr", _FLOAT, Float(0.001, 0.18, label="rate"), "rate"),
    Rule(r"exchange rate|fx rate|^rate", _EXACT, Decimal(8_000, 13_000, 4, label="rate"), "exchange rate"),
    Rule(r"(.* )?(multiplier|coefficient)", _EXACT, Decimal(80, 160, 2, label="factor around one")),
    Rule(r"(.* )?(rate|ratio|share|probability|fraction|factor|win rate|temperature setting|top p)", _EXACT, Decimal(0, 99, 2, label="rate"), "rate"),
    Rule(r"(.* )?(rate|ratio|share|probability|confidence|fraction|weight|similarity|relevance)", _FLOAT, Float(0.0, 1.0, label="rate"), "rate"),
    *everywhere(r"(.* )?(rating|stars)|(.* )?(rating|stars|review) (average|avg|mean)|(average|mean) (review )?(rating|stars|score)", 3, 5, "rating"),
    *everywhere(r"(.* )?(nps|nps score)", 0, 10, "score"),
    whole(r"credit score", 480, 840, "credit score"),
    whole(r"(.* )?(ratings?|reviews?|votes?) count|number of (ratings|reviews|votes)", 0, 180, "ratings", 2, "reactions"),
    *everywhere(r"(.* )?(score|points|rank score)", 40, 100, "score"),
    # nature
    *everywhere(r"(.* )?(temperature|temp)( c| celsius)?", 12, 31, "temperature in °C"),
    *everywhere(r"(.* )?(pressure)( hpa)?", 985, 1035, "pressure in hPa"),
    *everywhere(r"co2( ppm)?", 400, 1400, "ppm"),
    *everywhere(r"(.* )?(voltage|volts)", 3, 5, "volts", 2),
    *everywhere(r"(signal strength|rssi|signal)", -95, -40, "dBm", 0),
    *everywhere(r"(.* )?(altitude|elevation)( m)?", 0, 900, "metres"),
    *everywhere(r"(.* )?speed( kmh| kph| mph)?", 18, 105, "speed"),
    # money
    *money(rf"(.* )?(annual |yearly |base |gross |net )?(salary|income)( min| max)?{_UNITS}", 28_000, 120_000, Ending.ROUND, "salary"),
    *money(rf"(.* )?(budget|principal|loan amount|revenue|turnover|funding|valuation|credit limit|insured value|goal amount|target amount){_UNITS}", 2_000, 90_000, Ending.ROUND, "budget"),
    *money(rf"(shipping|delivery|freight|postage)( cost| costs| fee| price| amount| total)?{_UNITS}", 3, 14, Ending.PRICE, "shipping"),
    *money(rf"(line|row|item|position) (total|amount|price|sum)|total price|price total|extended (price|amount){_UNITS}", 8, 500, Ending.ANY, "line total"),
    *money(rf"(monthly )?rent( per month| amount)?|rent (monthly|price){_UNITS}", 600, 3_200, Ending.ROUND, "rent"),
    *money(rf"monthly (payment|instal+ment)|instal+ment( amount)?{_UNITS}", 40, 900, Ending.ANY, "instalment"),
    *money(rf"(total|overall|inventory|stock) (cost|costs|value){_UNITS}", 8, 500, Ending.ANY, "line total"),
    *money(rf"price per (litre|liter|l|kwh|km|mile|minute|min|gb|unit of fuel){_UNITS}", 1, 3, Ending.ANY, "price"),
    *money(rf"unit amount|amount per unit{_UNITS}", 4, 220, Ending.PRICE, "price"),
    *money(rf"(consultation|tuition|membership|entry|entrance|registration|enrol?l?ment|exam|school|course|admission|legal|application|licen[cs]e|joining) fees?{_UNITS}", 20, 260, Ending.ROUND, "price"),
    *money(rf"(gross|total) (pay|wages?|earnings){_UNITS}", 2_400, 7_800, Ending.ANY, "gross pay"),
    *money(rf"net (pay|wages?|earnings){_UNITS}", 1_700, 5_400, Ending.ANY, "net pay"),
    *money(rf"(total |all )?deductions?{_UNITS}", 500, 2_400, Ending.ANY, "deductions"),
    *money(rf"income tax|(tax|wage) withheld|withholding( tax)?|(social security|pension|health insurance)( contribution| premium| amount)?{_UNITS}", 80, 900, Ending.ANY, "deduction"),
    *money(rf"(hourly|daily) (rate|wage|fee){_UNITS}", 25, 140, Ending.ROUND, "hourly rate"),
    *money(rf"(compare at|compare|original|regular|list|retail|old|recommended|rrp|msrp)( price)?{_UNITS}", 8, 260, Ending.PRICE, "list price"),
    *money(rf"(sale|discounted|special|promo|offer|reduced) price{_UNITS}", 5, 180, Ending.PRICE, "sale price"),
    *money(rf"(unit|item|per unit) (cost|cost price)|cost price|purchase price|cost|costs?{_UNITS}", 2, 90, Ending.ANY, "cost"),
    *money(rf"(.* )?price( per .*| monthly| yearly| annual(ly)?)?{_UNITS}", 4, 220, Ending.PRICE, "price"),
    *money(r"cpc|cost per click|cpm|cpa", 0, 4, Ending.ANY, "cost of a click"),
    *money(rf"(tax|vat|gst)( amount| total| value)|tax|taxes|vat|gst{_UNITS}", 1, 60, Ending.ANY, "tax"),
    *money(rf"(discount|rebate)( amount| value| total)?{_UNITS}", 1, 30, Ending.ROUND, "discount"),
    *money(rf"(.* )?(fines?|penalty|late fee)( amount| due)?{_UNITS}", 1, 12, Ending.ROUND, "fine"),
    *money(rf"(.* )?(fees?|commission|tips?|surcharge)( amount)?{_UNITS}", 0, 18, Ending.ANY, "fee"),
    *money(rf"(sub ?total|items total|goods total){_UNITS}", 15, 600, Ending.ANY, "subtotal"),
    *money(rf"net( amount| total| value)?{_UNITS}", 15, 600, Ending.ANY, "net"),
    *money(rf"(amount|total|sum) ?(paid)|paid( amount| total)?|paid amount{_UNITS}", 20, 700, Ending.ANY, "paid"),
    *money(rf"(amount|total|balance) (due|open|outstanding|remaining)|outstanding( amount| balance)?|due( amount)?{_UNITS}", 20, 700, Ending.ANY, "due"),
    *money(rf"(grand|order|invoice|gross|cart|bill|overall|final)? ?(total|sum)( amount| price| value)?|(total|gross|invoice|order) (amount|price|value|gross)|gross{_UNITS}", 20, 700, Ending.ANY, "total"),
    *money(rf"(amount |total )?refund(ed)?( amount| total)?{_UNITS}", 5, 200, Ending.ANY, "refunded"),
    *money(rf"(.* )?balance( due| after| amount)?{_UNITS}", 10, 900, Ending.ANY, "balance"),
    *money(rf"(.* )?(spend|spent|deposit|rent|premium|payment|donation|value|credit|debit|amount|profit|margin|loss|earnings|payout|charge|wage|bonus){_UNITS}", 10, 900, Ending.ANY, "amount"),
    whole(rf"(.* )?({_MINOR})", 500, 25_000, "amount in cents", 1),
    # amounts of things
    whole(r"quantity (received|shipped|delivered|fulfilled|picked|invoiced|accepted)|(received|shipped|delivered|fulfilled|picked) quantity", 1, 6, "quantity", 2, "part of a quantity"),
    whole(r"(low |minimum )?(stock|inventory) (threshold|alert|warning)( level)?|(.* )?threshold|safety stock|reorder (level|point)", 3, 15, "least"),
    whole(r"(quantity|stock) (reserved|allocated|committed)|^(reserved|allocated|committed)( quantity| stock)?", 0, 12, "reserved", 2, "reserved"),
    whole(r"quantity available|available (quantity|stock)", 0, 240, "stock", 1, "available"),
    whole(r"(.* )?(stock|inventory|on hand|available|in stock)( quantity| level| count)?|quantity (on hand|in stock)", 0, 240, "stock", 1, "stock"),
    whole(r"(used|redeemed|uses|redemptions?) count|times (used|redeemed)|^(uses|redemptions)", 0, 60, "uses", 1, "uses"),
    whole(r"(usage|use|redemption|redeem) limit|(max|maximum) (uses|redemptions|usages)", 50, 500, "limit of uses", means="most uses"),
    whole(r"(load |max |maximum )?capacity (kg|kilograms)|payload kg", 600, 24_000, "kilograms", 1),
    whole(r"(.* )?(quantity|bedrooms|bathrooms|servings|seats|guests|units|pieces|copies|items|rooms|beds|package count|parcels)( ordered| count)?", 1, 6, "quantity", 2, "quantity"),
    Rule(r"(.* )?quantity", _EXACT, Decimal(1, 8, 0, 1, label="quantity"), "quantity"),
    whole(r"(.* )?(capacity|limit|quota|max .*|maximum .*)", 20, 300, "limit"),
    whole(r"(min|minimum) .*|reorder (level|point)", 1, 15, "least"),
    whole(r"calories|kcal|energy kcal", 120, 900, "kilocalories"),
    Rule(r"bedrooms|bathrooms", _EXACT, Decimal(2, 8, 0, label="rooms")),
    *everywhere(r"(.* )?area( sqm| m2| sqft)?|(living )?space sqm", 28, 240, "square metres"),
    whole(r"pages?( count)?|number of pages", 90, 620, "pages"),
    whole(r"(start|begin|starting) (odometer|mileage)|(odometer|mileage) (start|begin)", 2_000, 180_000, "kilometres", means="start odometer"),
    whole(r"(end|ending) (odometer|mileage)|(odometer|mileage) end", 2_000, 180_000, "kilometres", means="end odometer"),
    whole(r"(.* )?(odometer|mileage|kilometers)( km)?", 2_000, 180_000, "kilometres", means="odometer"),
    whole(r"population|inhabitants", 20_000, 2_500_000, "inhabitants", 1),
    whole(r"headcount|employee count|number of employees|employees", 5, 400, "people", 1),
    whole(r"audience( size)?|sent( count)?|delivered( count)?|recipients?( count)?|emails sent", 800, 20_000, "recipients", 1, "sent"),
    whole(r"opens?( count)?|opened( count)?|unique opens", 200, 9_000, "opens", 1, "opens"),
    whole(r"conversions?( count)?|sign ?ups?( count)?", 1, 120, "conversions", 1, "conversions"),
    whole(r"bounces?( count)?|unsubscribes?( count)?|complaints?( count)?", 0, 40, "bounces", 1),
    whole(r"(.* )?(weight|wt)( g| grams)?", 50, 4_000, "grams", 1),
    *everywhere(r"(.* )?(weight|wt)( kg)?", 0, 30, "kilograms"),
    *everywhere(r"(.* )?(width|height|length|depth)( mm| cm)?", 5, 120, "measure"),
    *everywhere(r"(.* )?distance( km| miles| m)?", 1, 60, "distance", means="distance"),
    *everywhere(r"overtime( hours)?", 0, 3, "hours"),
    *everywhere(r"(worked|working|work) hours|hours worked", 4, 9, "hours", means="duration"),
    *everywhere(r"(.* )?(hours|time spent hours|effort|estimate)( hours)?|hours( .*)?", 1, 8, "hours"),
    *everywhere(r"(fuel|consumption|litres|liters|volume)( .*)?", 4, 60, "litres"),
    whole(r"(reading|read) time( minutes)?", 2, 12, "minutes"),
    whole(r"(prep|cook|cooking|preparation) time( minutes)?", 10, 60, "minutes"),
    whole(r"(.* )?(duration|latency|elapsed|response time|runtime|run time|execution time|time taken|ms)( ms| milliseconds| millis)?", 20, 2_400, "milliseconds", 2, "duration"),
    whole(r"(.* )?(duration|length|runtime|elapsed|call|talk time|time)? ?(seconds|secs|sec|s)", 20, 1_800, "seconds", 1, "duration"),
    whole(r"(.* )?(break|pause|delay|late|early|waiting|grace)( minutes| mins)?|minutes (late|early|delayed)|delayed minutes", 0, 45, "minutes", 1),
    whole(r"(.* )?(minutes|mins|min)", 5, 120, "minutes", 1, "duration"),
    whole(r"(.* )?(hours)", 1, 40, "hours", 1, "duration"),
    *everywhere(r"nights", 1, 10, "nights", 0, "duration"),
    *everywhere(r"(.* )?days", 1, 60, "days", 0, "duration"),
    whole(r"(xp|experience points)", 0, 50_000, "points", 1),
    whole(r"(coins|gold|gems|points|loyalty points)( balance)?|(.* )?points", 0, 5_000, "points", 1),
    whole(r"(wins|losses|draws|games|matches|kills|deaths)( played| count)?", 0, 180, "games", 1),
    whole(r"additions|insertions|lines added", 1, 240, "lines", 2),
    whole(r"deletions|lines (removed|deleted)", 0, 120, "lines", 2),
    whole(r"refills?|repeats?", 0, 5, "refills"),
    whole(r"(.* )?(score|grade|points|mark|marks)", 40, 100, "score"),
    whole(r"(number of|total) .*|(.* )?(count|number|total)", 0, 40, "count", 1, "count"),
    # moments that need not be past
    Rule(r"(birth|born)( date| day| on| at)?|date of birth", Family.MOMENT, Birthday(), "birth"),
    # coordinates
    Rule(r"(.* )?percent", _EXACT, Decimal(0, 10_000, 2, label="percentage")),
    # flags: how many of a thousand are true
    Rule(r"(is |has |was )?(deleted|archived|blocked|banned|spam|suspended|cancel(l)?ed|revoked|locked|hidden|disabled|failed|refunded|deceased|expired|flagged|reported|bounced|void|dead|stolen|damaged|fraud\w*)", Family.FLAG, Chance(50, "rarely true")),
    Rule(r"(.* )?(active|enabled|verified|visible|published|confirmed|valid|available|subscribed|approved|success|successful|succeeded|public|in stock|taxable|online)", Family.FLAG, Chance(880, "mostly true")),
    Rule(r"(.* )?(default|current|primary|featured|pinned|internal|admin|super ?user|staff|test|private|urgent|manager|remote|gift|bestseller|draft|anonymous|vip|premium|beta|root|system|billable|smoker)", Family.FLAG, Chance(150, "seldom true")),
    Rule(r"(.* )?(passed|successful|working|compliant|operational|published online|ignition|automatic|contactless|autoplay|reservable|refundable|returnable|reviewed|inspected|checked|acknowledged|signed|present|on display|gift aid)( enabled| on)?", Family.FLAG, Chance(820, "often true")),
    Rule(r"(.* )?(read|seen|completed|done|paid|payee|accepted|opened|processed|resolved|shipped|delivered|sent|agreed|consent|opt in|opted in|newsletter|terms accepted|marketing)", Family.FLAG, Chance(700, "often true")),
    Rule(r".*", Family.FLAG, Chance(180, "as a rule false")),
)  # fmt: skip
