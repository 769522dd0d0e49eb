"""Words of one trade: what a laboratory, a court, a farm, a bank, a football club writes into a column of that name.

Names that mean one thing in one trade and another elsewhere are not here but in `together`, which looks at the table.
"""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.rule import Rule, text, words
from factories.naming.trade import COMPANY
from factories.values.codes import DIGITS, FixedCode, Numbered
from factories.values.texts import Sentence

RULES: tuple[Rule, ...] = (
    # banks and cards
    words(r"(account|card) nick ?name|account label", "account nickname"),
    text(r"(masked )?(pan|card)( number)? (masked|mask)|masked (pan|card)|truncated pan", Numbered("**** **** **** ", 0, 9999, 4, label="masked card number"), "card"),
    words(r"(mcc|merchant category code)", "merchant category code"),
    words(r"(auth(ori[sz]ation)? )?response code|iso response", "card response"),
    text(r"(auth(ori[sz]ation)?|approval) code", FixedCode(6, DIGITS, label="approval code")),
    text(r"(merchant|acceptor) id", FixedCode(15, DIGITS, "5000", label="merchant's number")),
    text(r"terminal id|tid", FixedCode(8, DIGITS, "40", label="terminal's number")),
    words(r"(pos )?entry mode|capture method", "entry mode"),
    words(r"(dr cr|cr dr|debit credit|credit debit)( indicator| flag)?|dc indicator", "debit or credit"),
    words(r"narrative|payment details|transaction (text|description)|booking text|statement text|remittance( info(rmation)?)?", "narrative"),
    words(r"(customer |client |market )?segment|customer (class|group)", "customer segment"),
    text(r"counterparty( name)?|(remitter|ordering party|beneficiary bank customer)( name)?", COMPANY, "company"),
    words(r"collateral|security offered", "collateral"),
    words(r"(loan|credit) purpose", "loan purpose"),
    words(r"(last|execution) (result|outcome)|result code", "run result"),
    # insurance, law
    words(r"practice area|area of law|field of law|legal area", "practice area"),
    words(r"court( name)?|tribunal", "court"),
    text(r"court ?room", Numbered("Courtroom ", 1, 14, label="courtroom")),
    words(r"deadline (type|kind)", "deadline kind"),
    words(r"activity code|task code|utbms", "activity code"),
    # laboratories and clinics
    words(r"analy[sz]er( name)?", "laboratory instrument"),
    words(r"analyte|assay|lab test", "lab test"),
    words(r"loinc( code)?", "loinc"),
    words(r"reference range|ref range|normal range", "reference range"),
    words(r"abnormal( flag)?|result flag", "abnormal flag"),
    words(r"tube( type)?", "specimen container"),
    words(r"clinical (info(rmation)?|history|notes?|details|indication)|medical history|anamnesis", "clinical note"),
    words(r"(reject(ion)?|rejected) reason code", "rejection"),
    words(r"rack (pos|position)|(freezer|box) position", "bin"),
    # schools
    words(r"degree( program(me)?)?|field of study|course of study|study program(me)?|major", "degree"),
    words(r"prerequisites?", "course prerequisite"),
    words(r"(academic|school|study|fiscal|financial) year|season( name)?|season (code|label)", "academic year"),
    # hotels, restaurants
    words(r"meal (period|time|type)", "meal period"),
    words(r"occasion", "occasion"),
    words(r"allergens?", "allergen"),
    words(r"amenit(y|ies)|facilities", "amenity"),
    words(r"price range", "price range"),
    words(r"(seating|dining) area", "dining area"),
    # sports
    words(r"stadium|home ground", "stadium"),
    words(r"(club|team|home|away) colou?rs", "club colours"),
    words(r"age (group|class|category|band)", "age group"),
    words(r"(preferred|strong|dominant) foot|foot", "foot"),
    text(r"(half ?time|full ?time|final) (score|result)|score (after|text)|score ?line", Sentence(("{goals}", ":", "{goals}"), label="score"), "score line"),
    words(r"weather( conditions?)?", "weather"),
    words(r"(league|competition)( name)?|division name", "league"),
    # media, museums, libraries
    words(r"(maturity|age|content|parental|film) rating", "maturity rating"),
    words(r"civili[sz]ation", "culture"),
    words(r"date made|dating|date (text|created text)", "dating"),
    words(r"dimensions", "dimensions"),
    words(r"gallery( name)?|exhibition room", "gallery"),
    words(r"acquisition (method|type|mode)|acquired (by|through)", "acquisition"),
    words(r"credit line", "credit line"),
    words(r"edition", "edition"),
    words(r"dewey( decimal| number| code)?|ddc|call number|shelf ?mark|signature class", "dewey"),
    # farms
    words(r"soil( type| class)?", "soil"),
    words(r"crops?( name| type)?|culture plant", "crop"),
    words(r"species", "species"),
    words(r"breed", "breed"),
    text(r"(ear ?tag|dam tag|sire tag|animal (no|number|tag)|transponder)( number| no)?", Numbered("XX 000 ", 10_000, 99_999, 5, label="visibly fake ear tag"), "ear tag"),
    # pharmacies, trains and buses, trade between countries
    words(r"(generic|ingredient|substance|inn) name|active (ingredient|substance)", "medication"),
    words(r"(dosage|dose|pharmaceutical) form", "dosage form"),
    words(r"atc( code)?", "atc code"),
    words(r"storage (conditions?|instructions?)", "storage condition"),
    words(r"arm|injected arm", "arm"),
    words(r"(adverse|side) (reactions?|effects?)", "adverse reaction"),
    words(r"(stop|station|halt|terminus) name|headsign|terminus", "station"),
    words(r"occupancy|crowding( level)?|load level", "occupancy"),
    words(r"incoterms?|delivery terms", "incoterm"),
    # energy, telephone
    text(r"grid operator|network operator|utility|energy supplier", Sentence(("{company head}", " ", "{network end}"), label="network operator")),
    text(r"imsi", FixedCode(15, DIGITS, "00101", label="test IMSI")),
    text(r"imei|esn", FixedCode(15, DIGITS, "00000000", label="visibly fake IMEI")),
    text(r"(calling|called|caller|callee|originating|terminating) (number|no|party)|(a|b) (number|party)|msisdn( a| b)?", FixedCode(11, DIGITS, "1555010", label="digits of a number kept for fiction"), "phone"),
    words(r"(call )?disposition|hangup (cause|reason)|call (result|outcome)", "call disposition"),
    words(r"trades?|craft|trade type", "building trade"),
    words(r"sort(ing)? (direction|order)|order direction", "sort direction"),
    words(r"wind (direction|dir)|compass( direction)?", "compass point"),
    words(r"^direction|(call|message|traffic|transaction|payment|transfer|movement|sms|mail) direction|inbound outbound", "direction"),
    # factories, building
    words(r"characteristic|inspected feature|measured feature", "characteristic"),
    words(r"(pass fail|inspection result|test result|qc result|verdict pf)", "pass or fail"),
    words(r"rev|(item|product|part|article|drawing) rev(ision)?( level| code| letter)?|rev(ision)? (level|code|letter)", "part revision"),
    words(r"abc (class|code|category)", "abc class"),
    text(r"drawing (no|number)", Numbered("DRG-", 1000, 9800, label="drawing number")),
    text(r"(ref|reference) des(ignator)?", Numbered("R", 1, 240, label="reference designator")),
    text(r"(storage|stock|bin) ?(loc|location)( code)?", Sentence(("{aisle}", "-", "{shelf no}", "-", "{shelf no}"), label="storage location")),
    text(r"(ref|reference|source|related) (doc|document)( no| number)?", Numbered("DOC-", 10_000, 48_000, label="document number")),
    words(r"defect code|fault code", "defect code"),
    words(r"normal (balance|side)|balance side", "debit or credit"),
    words(r"tagline|slogan|motto", "slogan"),
    words(r"work ?cent(er|re)( name)?", "work centre"),
    # computers
    words(r"(repo|repository)( name)?", "repository"),
    words(r"trigger(ed)?( type| event| source)?", "pipeline trigger"),
    words(r"runner|build agent|executor", "runner"),
    words(r"guild|clan|alliance", "guild"),
    # work
    words(r"(shift|rota)( name)?", "shift name"),
    words(r"(exit|leaving|termination|separation|resignation) reason|reason for leaving", "exit reason", means="termination"),
    words(r"next (step|action)s?", "next step"),
    words(r"competitor( name)?", "competitor"),
    words(r"(lost|loss) reason|reason (lost|for loss)", "lost reason", means="rejection"),
    words(r"(service|delivery|shipping) (level|class|speed)", "shipping method"),
    words(r"(loyalty|customer|bonus|member(ship)?) (tier|level)|(loyalty|bonus) status|member(ship)? class", "level name"),
    words(r"(interest|engagement) level|level of interest|(risk|threat|hazard|alert|impact) level|likelihood|impact", "risk"),
    text(r"linked ?in|twitter|facebook|instagram|xing|github|tiktok|youtube", Sentence(("https://social.example.com/", "{first name}", "-", "{last name}"), label="profile on a reserved domain", facet="person")),
    text(r"message id|mail id", Sentence(("<", "{message id}", "@mail.example.com>"), label="message id on a reserved domain"), "id"),
)  # fmt: skip
