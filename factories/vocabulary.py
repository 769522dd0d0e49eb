"""The words that texts are made of: our own lists, and Faker's names drawn once for a locale with a fixed seed."""

from functools import lru_cache

from faker import Faker

_DRAWS = 400
_SEED = 4711
_FROM_FAKER = {"first name": "first_name", "last name": "last_name", "street": "street_name", "job": "job"}

_LISTS: dict[str, str] = {
    "adjective": "amber|brisk|calm|clear|coastal|copper|crisp|early|evergreen|fresh|golden|green|honest|humble|inland|"
    "keen|light|local|lunar|mellow|modern|noble|northern|open|plain|quiet|rapid|round|silver|simple|solid|southern|"
    "steady|sunny|swift|tidy|urban|vivid|warm|wild",
    "noun": "anchor|atlas|beacon|bridge|canvas|cedar|compass|corner|delta|ember|field|forge|garden|grove|harbor|hill|"
    "island|lantern|ledger|meadow|mill|orchard|paper|path|pepper|pine|prairie|quarry|river|saddle|signal|spruce|"
    "stone|summit|thread|timber|valley|vessel|willow|window",
    "company": "Amber Harbor Studio|Brightfield Works|Cedar & Stone|Clearpath Labs|Copper Lantern|Delta Orchard|"
    "Evergreen Parcel|Fieldnote Partners|Golden Prairie Foods|Harborlight Media|Honest Ledger|Inland Timber|"
    "Juniper Row|Keen Compass|Lantern Street|Lunar Grove|Meadow & Mill|Mellow Quarry|Modern Saddle|Northern Thread|"
    "Open Canvas|Paper Willow|Pine Corner|Plain Summit|Quiet River|Rapid Signal|Round Window|Silver Spruce|"
    "Solid Bridge|Southern Ember|Steady Vessel|Sunny Atlas|Swift Parcel|Tidy Garden|Urban Beacon|Vivid Forge|"
    "Warm Island|Wild Pepper|Willow Gate|Yellow Kite",
    "product": "Canvas Tote|Ceramic Mug|Cork Notebook|Cotton Throw|Desk Lamp|Enamel Kettle|Espresso Beans|"
    "Felt Slippers|Field Jacket|Folding Chair|Garden Trowel|Glass Carafe|Hand Soap|Leather Wallet|Linen Shirt|"
    "Maple Board|Merino Scarf|Oak Shelf|Olive Oil|Paper Planner|Pocket Torch|Rain Cape|Running Socks|Soy Candle|"
    "Steel Bottle|Stoneware Bowl|Tea Sampler|Travel Pillow|Wall Clock|Wool Blanket",
    "goal": "Spring launch|Summer sale|Autumn refresh|Winter clearance|Brand awareness|Partner outreach|"
    "Newsletter growth|Product tour|Customer stories|Onboarding series|Referral push|Webinar follow-up|"
    "Holiday guide|Loyalty programme|Website relaunch|Pricing test|Community meet-up|Market research|"
    "Retention drive|Social listening",
    "verb": "Review|Prepare|Update|Plan|Draft|Publish|Check|Schedule|Measure|Improve|Compare|Collect|Clean up|Document|"
    "Test|Approve|Translate|Rework|Summarise|Archive",
    "object": "the landing page|the product photos|the monthly report|the mailing list|the pricing table|the help "
    "article|the style guide|the launch checklist|the keyword list|the customer survey|the onboarding mail|the "
    "release notes|the image library|the partner brief|the budget|the content calendar|the search results|the "
    "campaign copy|the event page|the feedback form",
    "sentence": "The first results look better than we expected.|Customers ask for this more often every month.|"
    "A short version goes out with the next newsletter.|We agreed to look at the numbers again on Friday.|"
    "The draft is ready for a second pair of eyes.|Most readers arrive here from a search.|"
    "The pictures still need better captions.|"
    "This replaces the page we wrote last spring.|Two questions from support are answered here.|The team liked the "
    "shorter headline.|Numbers are for the whole region.|Please keep the tone friendly and plain.|A link to the "
    "price list will follow.|The old version stays available for a while.|Everyone on the project has seen this.|"
    "It works on small screens as well.|The partner has confirmed the date.|We measured this over four weeks.|"
    "Nothing changes for existing customers.|The next step is a small test.|Feedback is welcome until the end of the "
    "week.|Half of the budget is still open.|This was the most read piece of the quarter.|The figures were checked "
    "twice.|A translation is on its way.",
    "status": "active|pending|completed|archived",
    "kind": "standard|basic|premium|custom",
    "category": "General|Marketing|Sales|Support|Design|Engineering|Finance|Operations|People|Research",
    "tag": "featured|new|priority|seasonal|draft|evergreen|local|video|beginner|advanced|partner|survey",
    "department": "Marketing|Sales|Support|Design|Engineering|Finance|Operations|People",
    "role": "member|editor|manager|viewer|admin",
    "plan": "Free|Starter|Team|Business|Enterprise",
    "channel": "email|web|mobile|social|search|referral|direct",
    "platform": "linkedin|instagram|facebook|youtube|tiktok|pinterest",
    "priority": "low|medium|high|urgent",
    "severity": "info|warning|error|critical",
    "event": "page_view|click|sign_up|purchase|search|share|download|log_in",
    "action": "created|updated|deleted|viewed|exported|invited",
    "method": "GET|POST|PUT|PATCH|DELETE",
    "device": "desktop|mobile|tablet",
    "browser": "Firefox|Chrome|Safari|Edge",
    "system": "Windows|macOS|Linux|iOS|Android",
    "unit": "piece|kg|g|litre|hour|day|month",
    "environment": "development|staging|production",
    "gender": "female|male|diverse|undisclosed",
    "colour": "#1F2937|#2563EB|#059669|#D97706|#DC2626|#7C3AED|#DB2777|#0891B2|#65A30D|#EA580C",
    "colour name": "graphite|blue|green|amber|red|violet|pink|teal|lime|orange",
    "language": "en|de|fr|es|it|nl|pt|pl|sv|da",
    "locale": "en_US|en_GB|de_DE|fr_FR|es_ES|it_IT|nl_NL|pt_BR|pl_PL|sv_SE",
    "house number": "|".join(str(number) for number in range(1, 180)),
    "salutation": "Ms|Mr|Mx|Dr",
    "user agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0|Mozilla/5.0 (X11; "
    "Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0|Mozilla/5.0 (Macintosh; Intel Mac OS X 14.6; rv:140.0) "
    "Gecko/20100101 Firefox/140.0|Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    "mime type": "image/png|image/jpeg|application/pdf|text/csv|text/plain|video/mp4",
    "file extension": "png|jpg|pdf|csv|txt|mp4",
    "model": "gpt-4o-mini|gpt-4o|claude-sonnet-4|claude-haiku-3.5|gemini-2.0-flash|mistral-large",
    "provider": "openai|anthropic|google|mistral",
    "payment": "card|invoice|bank_transfer|wallet",
    "carrier": "Example Parcel|Sample Freight|Demo Express",
    "message": "Thanks, that answers it.|Could you send the file again?|Looks good to me.|Let us talk on Monday.|The "
    "numbers are in the sheet.|I added two comments.|Please approve when ready.|Moved to next week.|Great work!|Done.",
}

# One row each: city, region, region's code, country, country codes, currency, time zone, latitude, longitude, postcode.
_PLACES = """Amsterdam|North Holland|NH|Netherlands|NL|NLD|EUR|Europe/Amsterdam|52.3702|4.8952|1012 AB
Austin|Texas|TX|United States|US|USA|USD|America/Chicago|30.2672|-97.7431|78701
Barcelona|Catalonia|CT|Spain|ES|ESP|EUR|Europe/Madrid|41.3874|2.1686|08002
Berlin|Berlin|BE|Germany|DE|DEU|EUR|Europe/Berlin|52.5200|13.4050|10115
Boston|Massachusetts|MA|United States|US|USA|USD|America/New_York|42.3601|-71.0589|02108
Bristol|England|EN|United Kingdom|GB|GBR|GBP|Europe/London|51.4545|-2.5879|BS1 4DJ
Chicago|Illinois|IL|United States|US|USA|USD|America/Chicago|41.8781|-87.6298|60601
Copenhagen|Capital Region|HO|Denmark|DK|DNK|DKK|Europe/Copenhagen|55.6761|12.5683|1050
Denver|Colorado|CO|United States|US|USA|USD|America/Denver|39.7392|-104.9903|80202
Dublin|Leinster|L|Ireland|IE|IRL|EUR|Europe/Dublin|53.3498|-6.2603|D02 AF30
Gothenburg|Vastra Gotaland|VG|Sweden|SE|SWE|SEK|Europe/Stockholm|57.7089|11.9746|411 03
Hamburg|Hamburg|HH|Germany|DE|DEU|EUR|Europe/Berlin|53.5511|9.9937|20095
Krakow|Lesser Poland|MA|Poland|PL|POL|PLN|Europe/Warsaw|50.0647|19.9450|31-002
Leeds|England|EN|United Kingdom|GB|GBR|GBP|Europe/London|53.8008|-1.5491|LS1 1BA
Lisbon|Lisbon|LI|Portugal|PT|PRT|EUR|Europe/Lisbon|38.7223|-9.1393|1100-038
Lyon|Rhone-Alpes|RA|France|FR|FRA|EUR|Europe/Paris|45.7640|4.8357|69001
Melbourne|Victoria|VI|Australia|AU|AUS|AUD|Australia/Melbourne|-37.8136|144.9631|3000
Milan|Lombardy|LO|Italy|IT|ITA|EUR|Europe/Rome|45.4642|9.1900|20121
Montreal|Quebec|QC|Canada|CA|CAN|CAD|America/Toronto|45.5019|-73.5674|H2Y 1C6
Osaka|Osaka|OS|Japan|JP|JPN|JPY|Asia/Tokyo|34.6937|135.5023|530-0001
Portland|Oregon|OR|United States|US|USA|USD|America/Los_Angeles|45.5152|-122.6784|97204
Toronto|Ontario|ON|Canada|CA|CAN|CAD|America/Toronto|43.6532|-79.3832|M5H 2N2
Vienna|Vienna|VI|Austria|AT|AUT|EUR|Europe/Vienna|48.2082|16.3738|1010
Zurich|Zurich|ZH|Switzerland|CH|CHE|CHF|Europe/Zurich|47.3769|8.5417|8001"""
_PLACE_FIELDS = (
    "city", "region", "region code", "country", "country code", "country code 3", "currency", "time zone", "latitude",
    "longitude", "postcode",
)  # fmt: skip


@lru_cache(maxsize=256)
def pool(name: str, locale: str = "en_US") -> tuple[str, ...]:
    """The words of that name, always in the same order; KeyError if there is no such pool."""
    if name in _PLACE_FIELDS:
        place = _PLACE_FIELDS.index(name)
        return tuple(line.split("|")[place] for line in _PLACES.splitlines())
    if name in _FROM_FAKER:
        return _drawn(_FROM_FAKER[name], locale)
    return tuple(_LISTS[name].split("|"))


@lru_cache(maxsize=64)
def _drawn(provider: str, locale: str) -> tuple[str, ...]:
    faker = Faker(locale)
    faker.seed_instance(_SEED)
    return tuple(dict.fromkeys(str(getattr(faker, provider)()) for _ in range(_DRAWS)))
