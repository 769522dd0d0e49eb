"""Rules about places: a row's city, region, postcode, country and coordinates are one place's, each owner's its own."""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.rule import Family, Rule, text, words
from factories.values.codes import Numbered
from factories.values.texts import Sentence, Words

_HOUSE = Sentence(("{house number}", " ", "{street}"), label="street address")

RULES: tuple[Rule, ...] = (
    words(r"(country|nation(ality)?)( code)? ?(iso ?3|alpha ?3|3)|iso3( code)?|iso alpha ?3", "country code 3", "place"),
    words(r"(country|nation(ality)?)( iso)? ?(code|iso|iso2|alpha ?2|cd)|iso2|iso alpha ?2", "country code", "place"),
    words(r"country( name)?|nation|nationality|citizenship", "country", "place"),
    words(r"currency( code| iso| iso code)?", "currency", "place"),
    words(r"(currency )?symbol( native)?", "currency symbol", "place"),
    words(r"currency name", "currency name", "place"),
    words(r"(dial(ing|ling)?|calling|phone|country calling)( country)? (code|prefix)", "calling code", "place"),
    words(r"continent|world region", "continent", "place"),
    words(r"time ?zone( name| id)?|tz name", "time zone", "place"),
    words(r"(city|town|municipality|locality|village|suburb|birth ?place|place of birth|destination|origin|departure|arrival)( name)?", "city", "place"),
    words(r"(job |office |work )?location|based in|headquarters|hq", "city", "place"),
    words(r"(state|province|region|county)( iso)? code|st code", "region code", "place"),
    words(r"(state|province|region|county|prefecture|department region)( name)?|territory", "region", "place"),
    words(r"(post|postal|zip) ?code( code)?|postcode( code)?|postal|zip", "postcode", "place"),
    text(r"house (number|no)|street number", Words("house number", label="house number")),
    text(r"street( name)?", Words("street", label="street"), "street"),
    text(r"(street )?address( ?line)? ?1?|(street|address) line( 1)?|line ?1|street address|(home|work|mailing|postal|physical|delivery|site|project|job|property|installation|billing|shipping) address", _HOUSE, "address"),
    text(r"address( ?line)? ?2|line ?2|apartment|suite|unit number|apt", Numbered("Suite ", 1, 90, label="second address line"), "second line"),
    text(r"(full|formatted) address", Sentence(("{house number}", " ", "{street}", ", ", "{postcode}", " ", "{city}"), label="whole address", facet="place")),
    words(r"locale|language tag|^(ui )?culture", "locale", "place"),
    words(r"(airport|iata)( code)?|(origin|destination) airport", "airport"),
    Rule(r"lat(itude)?", Family.EXACT, Words("latitude", "place", label="latitude"), "latitude"),
    Rule(r"longitude", Family.EXACT, Words("longitude", "place", label="longitude"), "longitude"),
    Rule(r"lat(itude)?", Family.FLOAT, Words("latitude", "place", label="latitude"), "latitude"),
    Rule(r"longitude", Family.FLOAT, Words("longitude", "place", label="longitude"), "longitude"),
)  # fmt: skip
