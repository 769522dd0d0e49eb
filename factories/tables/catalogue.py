"""Whom projects are for: invented companies in twelve industries, each with words of its own. Nobody real is among them."""
# ruff: noqa: E501  # an industry reads best with each of its lists on a line

from dataclasses import dataclass

STEMS = (
    "Quillmere", "Brackenvale", "Ostrelle", "Tavenor", "Wrenfold", "Maristow", "Fennimark", "Harrowby Lane", "Juniper & Slate",
    "Copperlight", "Velloria", "Norrendal", "Pellwick", "Sorrelton", "Amberfjord", "Thistledown", "Corvane", "Lindenmoor",
    "Eskerby", "Peregrine Row", "Saltmarsh", "Belloway", "Ivarsund", "Marrowfield", "Tidewell", "Ashgrove & Finn", "Kestrelby",
    "Orlindale", "Winterhall", "Dovecote", "Larkmeadow", "Stonebridge & Ives", "Calderwyn", "Rookhurst", "Mirabelle", "Foxglen",
    "Hollybrook", "Vantry", "Sunderleigh", "Greywater",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry: how its companies are called, whom they talk to and how, what they want, what people search for."""

    name: str
    suffixes: tuple[str, str, str]
    voice: str
    people: str
    ages: str
    goals: tuple[str, ...]
    keywords: tuple[str, ...]
    topics: tuple[str, ...]


INDUSTRIES = (
    Industry("Food & drink", ("Bakery", "Roasters", "Kitchen"), "Warm and neighbourly, never in a hurry", "families and office workers nearby", "25-54",
             ("Fill the shop before noon", "Sell the Christmas boxes early", "Win offices for the breakfast service", "Bring summer guests back in autumn"),
             ("sourdough bread near me", "birthday cake delivery", "office breakfast catering", "gluten free bakery", "coffee beans subscription", "sunday brunch", "christmas hampers", "vegan pastries", "fresh bread delivery", "espresso beans", "wedding cake tasting", "artisan bakery"),
             ("sourdough that keeps for a week", "the beans in our autumn blend", "a breakfast table for twelve", "what our baker does at three in the morning")),
    Industry("Travel", ("Voyages", "Retreats", "Hotels"), "Curious and calm, with an eye for detail", "couples who plan their own trips", "30-64",
             ("Fill the quiet weeks of spring", "Sell more nights per booking", "Win back last year's guests", "Launch the mountain lodge"),
             ("weekend getaway", "boutique hotel by the sea", "family cabin holiday", "last minute city break", "hiking holiday", "spa weekend for two", "pet friendly hotel", "early booking discount", "slow travel", "mountain lodge", "winter sun", "rail holiday"),
             ("a long weekend without a car", "packing for four seasons", "the quietest beaches in September", "breakfast with a view")),
    Industry("Health & fitness", ("Clinics", "Studios", "Wellness"), "Encouraging and precise, without promises", "people who start again after a break", "25-60",
             ("Fill the morning classes", "Turn trials into memberships", "Bring members back after summer", "Open the second studio"),
             ("beginner yoga class", "physiotherapy appointment", "gym trial week", "back pain exercises", "pilates studio", "personal trainer price", "sports massage", "prenatal yoga", "mobility training", "membership without contract", "running coach", "meditation class"),
             ("ten minutes for a stiff back", "why rest days count", "your first week, day by day", "stretching at the desk")),
    Industry("Fashion", ("Apparel", "Atelier", "Outfitters"), "Short and confident", "people who buy less and better", "20-45",
             ("Launch the autumn collection", "Sell through the summer stock", "Grow the repair service", "Reach men's wear buyers"),
             ("linen shirt", "winter coat wool", "organic cotton dress", "sustainable sneakers", "repair service clothes", "capsule wardrobe", "made to measure suit", "recycled wool jumper", "rain jacket", "wide leg trousers", "leather belt", "gift card fashion"),
             ("one coat, ten winters", "how we mend a knee", "the cloth behind the collection", "a wardrobe of thirty pieces")),
    Industry("Software", ("Systems", "Software", "Labs"), "Expert, no jargon", "operations leads in mid-sized companies", "28-55",
             ("Fill the product demo calendar", "Bring trials to the second week", "Launch the reporting module", "Explain the new pricing"),
             ("inventory software small business", "shift planning tool", "invoice automation", "crm for trades", "api monitoring", "team wiki", "time tracking app", "helpdesk software", "expense approval workflow", "data export tool", "project reporting", "single sign on setup"),
             ("ten approvals you can delete", "a dashboard people open", "moving from spreadsheets in a week", "what our status page taught us")),
    Industry("Home & garden", ("Interiors", "Gardens", "Workshop"), "Practical, with dry humour", "owners of their first house", "28-60",
             ("Launch the spring range", "Sell planning appointments", "Clear the warehouse", "Win landlords as customers"),
             ("raised bed kit", "oak dining table", "garden planning service", "paint for damp rooms", "bookshelf made to measure", "lawn care plan", "terrace lighting", "small balcony ideas", "kitchen refurbishment cost", "indoor plants low light", "compost bin", "winter garden"),
             ("a balcony that feeds you", "oak or ash", "five jobs before the frost", "light for a dark hallway")),
    Industry("Education", ("Academy", "Learning", "School"), "Patient and clear", "adults who learn beside work", "22-50",
             ("Fill the January courses", "Grow the language evening classes", "Bring alumni back", "Launch the certificate in data"),
             ("evening language course", "online certificate data analysis", "excel training", "public speaking workshop", "career change course", "exam preparation", "spanish for beginners", "project management course", "coding bootcamp part time", "study loan", "teacher training", "weekend seminar"),
             ("learning twenty minutes a day", "what a certificate is worth", "how to come back after a bad exam", "three habits of evening students")),
    Industry("Finance", ("Advisers", "Capital", "Insurance"), "Sober and friendly, every number explained", "households with a first mortgage", "30-65",
             ("Win advice appointments", "Explain the new pension rules", "Grow the savings plan", "Cut calls about claims"),
             ("mortgage advice", "pension check", "household insurance compare", "savings plan for children", "small business insurance", "refinance loan", "emergency fund how much", "income protection", "tax return deadline", "first home buyer", "claim form", "retirement calculator"),
             ("a budget that survives December", "fixed or variable", "what a claim really needs", "saving for three goals at once")),
    Industry("Mobility", ("Bicycles", "Motors", "Mobility"), "Fresh and technical, never smug", "commuters in cities", "20-55",
             ("Sell the cargo bike line", "Fill the workshop in winter", "Win companies for bike leasing", "Open test rides on Sundays"),
             ("cargo bike test ride", "e bike leasing", "bicycle service near me", "commuter bike", "used e bike", "winter tyres bike", "child seat bicycle", "bike insurance", "folding bike", "company bike scheme", "car sharing city", "charging at home"),
             ("the school run on two wheels", "what a winter service checks", "leasing in plain words", "a commute without traffic lights")),
    Industry("Energy", ("Solar", "Energy", "Heating"), "Plain and honest about costs", "house owners who compare", "35-65",
             ("Win roof checks before summer", "Explain the heat pump grant", "Grow the service contracts", "Reach farms and barns"),
             ("solar panels cost", "heat pump grant", "battery storage home", "roof check solar", "electricity tariff green", "heating service contract", "wall box installation", "solar for farms", "insulation attic", "energy adviser", "balcony solar kit", "boiler replacement"),
             ("what a roof can earn", "heat pumps in old houses", "reading your meter like an engineer", "a grant form in ten steps")),
    Industry("Culture", ("Theatre", "Festival", "Museum"), "Playful, never silly", "people who go out once a month", "18-70",
             ("Sell out the premiere", "Fill the weekday shows", "Grow the friends' circle", "Bring schools into the exhibition"),
             ("theatre tickets tonight", "family museum day", "open air concert", "exhibition opening", "student tickets", "festival line up", "guided tour", "season ticket theatre", "workshop for children", "late night museum", "jazz evening", "school visit museum"),
             ("an evening behind the stage", "five works to stand in front of", "the festival on one page", "why the second act was cut")),
    Industry("Non-profit", ("Foundation", "Trust", "Relief"), "Direct and hopeful, with facts", "people who give once a year", "30-75",
             ("Find regular donors", "Fill the volunteer weekends", "Report on the year", "Raise the winter appeal"),
             ("donate winter appeal", "volunteer weekend", "regular donation", "food bank near me", "charity run", "legacy giving", "annual report charity", "sponsor a tree", "gift aid", "corporate volunteering", "river clean up", "donation receipt"),
             ("what ten a month does", "a Saturday at the river", "the year in numbers", "three letters from the field")),
)  # fmt: skip

COMPANIES = len(STEMS) * len(INDUSTRIES) * 3


def company(number: int) -> tuple[str, int]:
    """The company of that number and its industry's place in the list."""
    industry = number % len(INDUSTRIES)
    stem = number // len(INDUSTRIES) % len(STEMS)
    suffix = number // (len(INDUSTRIES) * len(STEMS)) % 3
    return f"{STEMS[stem]} {INDUSTRIES[industry].suffixes[suffix]}", industry


def web_name(company: str) -> str:
    """The company's web address, in a domain that is reserved for examples (RFC 2606)."""
    return f"{hyphened(company)}.example"


def hyphened(words: str) -> str:
    """The words as they stand in an address."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in words.lower()).split())
