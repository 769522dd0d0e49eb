"""What a text is by its own name and its table's together: the condition of a return is none of a patient.

Where the same two words still mean one thing in one trade and another in another (the name of a season), a third pattern
asks which tables the table's foreign keys lead to: what points at teams is a season of sports.
"""
# ruff: noqa: E501  # a line for each, however long

from dataclasses import dataclass
from functools import lru_cache

from factories.naming.patterns import among, at_end, compiled


@dataclass(frozen=True, slots=True)
class Together:
    """The pool for columns of that name in tables whose names end so, if `near` is met by a table that they point at.

    Lines of the same `facet` have pools of the same size, and give entries of the same place.
    """

    columns: str
    tables: str
    pool: str
    near: str = ""
    facet: str = ""

    def met(self, table: str, near: str) -> bool:
        """Whether the words of a column's table and those of the tables near it meet the patterns."""
        if not at_end(self.tables).search(table):
            return False
        return not self.near or bool(among(self.near).search(near))


_NOTES = r"(internal |staff |general |free |short )?(notes?|remarks?|comments?|memo)"
_TOLD = r"(short |long |brief )?(description|details?|summary|text)|notes?|remarks?|comments?|memo|narrative"
_CALLED = r"name|title|label"
_APPRAISALS = r"(performance|employee|staff|annual|peer) (reviews?|evaluations?)|appraisals?"
_CLAIMS = r"(?<!expense )(?<!travel )claims?"

# The first line that is met counts.
TOGETHER: tuple[Together, ...] = (
    # what rows are called
    Together(_CALLED, r"seasons?", "series season", r"titles?|shows?|series|programs?|programmes?"),
    Together(_CALLED, r"seasons?", "academic year", r"leagues?|competitions?|clubs?|teams?|tournaments?"),
    Together(_CALLED, r"(sports?|football|league) seasons?", "academic year"),
    Together(_CALLED + "|original name", r"titles?|movies?|films?|shows?|series", "film title"),
    Together(_CALLED, r"episodes?|chapters?", "episode title"),
    Together(_CALLED, r"teams?|squads?", "sports team", r"clubs?|leagues?|schools?"),
    Together(_CALLED, r"clubs?|football clubs?", "sports club"),
    Together(_CALLED, r"tariffs?|energy plans?", "tariff"),
    Together(_CALLED, r"sla( polic(y|ies))?s?|service levels?", "service agreement"),
    Together(_CALLED, r"menus?", "menu name", r"restaurants?|outlets?|kitchens?|venues?|cafes?"),
    Together(_CALLED, r"shifts?|shift templates?|rotas?", "shift name"),
    Together(_CALLED, r"(legal )?matters?|(legal|court|law) cases?|lawsuits?", "legal matter"),
    Together(_CALLED, r"cases", "legal matter", r"lawyers?|attorneys?|courts?|judges?|matters?|clients?"),
    Together(_CALLED, r"work cent(er|re)s?|machines?|production lines?", "work centre"),
    Together(_CALLED, r"artefacts?|artifacts?|artworks?|exhibits?|works of art", "artwork"),
    Together(_CALLED, r"macros?|canned (responses?|repl(y|ies))|repl(y|ies) templates?", "macro title"),
    Together(_CALLED, r"exhibitions?", "exhibition"),
    Together(r"subject|title|summary", r"tickets?|support (tickets?|cases?|requests?)", "ticket subject", facet="ticket"),
    Together(r"subject|title", r"activit(y|ies)|interactions?|follow ?ups?|call logs?", "activity subject"),
    Together(_CALLED, r"navigation( items?)?|nav items?|menu links?", "menu label"),
    Together(r"title|headline|subject", r"reviews?|feedbacks?|ratings?|testimonials?", "review title"),
    Together(r"model", r"content types?", "model name"),
    Together(r"(farm|estate)( name)?", r".*", "farm"),
    Together(r"(field|plot|parcel|paddock)( name)?|name", r"(farm|arable|crop) fields|plots|paddocks|parcels of land", "field name"),
    Together(r"(field|plot|parcel)( name)?|name", r"fields", "field name", r"farms?|estates?|crops?|growers?|farmers?"),
    Together(r"description|name|title", r"(work|production|manufacturing) operations?|routing steps?|work steps?|production steps?", "operation"),
    Together(r"description|name|title", r"operations", "operation", r"routings?|work ?cent(er|re)s?|machines?|work orders?|production orders?|items?|parts?"),
    Together(r"(current|job|previous|last) title|title", r"candidates?|applicants?|job seekers?|resumes?", "job"),
    Together(r"name|title", r"coupons?|promotions?|discounts?", "promotion"),
    Together(r"name|title", r"construction projects?|building projects?|sites? projects?", "building project"),
    Together(r"programme|program|course", r"students?|applicants?|enrol?lments?|graduates?|alumni", "degree"),
    Together(r"ward|unit|department|clinic|requesting (ward|unit|department)", r"(lab )?orders?|admissions?|encounters?|requests?|stays?", "ward", r"patients?"),
    Together(r"department|section|lab(oratory)? section", r"test catalog|lab tests?|tests?|assays?|analytes?", "lab section"),
    Together(r"instrument", r"results?|qc( runs?)?|runs?|measurements?|calibrations?|assays?|analyses", "laboratory instrument"),
    Together(r"device|machine|equipment", r"lab results?|qc( runs?)?|assays?|analyses", "laboratory instrument"),
    Together(r"device|machine|equipment", r"results?|runs?|measurements?", "laboratory instrument", r"specimens?|samples?|patients?|analytes?|lab \w+"),
    Together(r"test name|investigation", r"lab \w+|test catalog", "lab test"),
    Together(r"test name|investigation", r"(test )?(results?|orders?|order items?|requests?|tests?)", "lab test", r"specimens?|samples?|patients?|encounters?|lab \w+"),
    Together(r"form", r"medications?|drugs?|medicines?|prescriptions?|formulations?|products?", "dosage form"),
    Together(r"storage", r"medications?|drugs?|medicines?|vaccines?|reagents?|lab tests?", "storage condition"),
    Together(r"culture", r"artefacts?|artifacts?|artworks?|objects?|exhibits?", "culture"),
    Together(r"revision", r"items?|parts?|components?|boms?|bom headers?|drawings?|products?", "part revision"),
    Together(r"(from|to|source|target) ?location( code)?", r"(stock|inventory|warehouse|goods|bin) ?(moves?|movements?|transfers?|transactions?)|movements?|put ?aways?|picks?|pick (lists?|lines?)", "bin"),
    Together(r"container|tube", r"specimens?|samples?|aliquots?", "specimen container"),
    Together(r"area|section|zone", r"(dining |restaurant )?tables?", "dining area", r"restaurants?|venues?|outlets?"),
    Together(r"(pay |salary |job )?(grade|band)", r"employees?|staff|positions?|salar(y|ies)|jobs", "pay grade"),
    Together(r"(pay |payroll )?period( name)?", r"payroll( runs?)?|pay ?runs?|pay ?slips?", "pay month"),
    Together(r"(meta|seo|og|social) description", r"products?|product \w+|categor(y|ies)|collections?|brands?|items?", "product text"),
    Together(r"type|kind", r"activit(y|ies)", "task type", r"deals?|contacts?|leads?|opportunit(y|ies)|compan(y|ies)"),
    Together(r"nick ?name|label", r"(bank )?accounts?|cards?|wallets?", "account nickname"),
    Together(r"name|call name", r"pets?|dogs?|cats?|horses?", "pet name"),
    Together(r"species|animal( type)?|kind", r"pets?", "pet species", facet="pet"),
    Together(r"breed", r"pets?", "pet breed", facet="pet"),
    Together(r"(coat )?colou?r", r"pets?|dogs?|cats?|horses?|livestock|animals?", "coat"),
    Together(r"vaccine( name)?|vaccination", r"vaccinations?|immuni[sz]ations?", "pet vaccine", r"pets?|animals?"),
    Together(r"description|treatment|procedure|name", r"treatments?|procedures?", "pet treatment", r"pets?|animals?|appointments?"),
    Together(r"(item |object |physical )?condition( on)?( (in|out|before|after|report|state|return|arrival))?", r"loans?( out| in)?|object loans?|rentals?|handovers?", "item condition"),
    Together(r"(object|item|work|artwork) (title|name)|title", r"(object |museum |outgoing |incoming )?loans? (out|in)|object loans?", "artwork"),
    Together(r"title|name", r"work packages?|trades|building works?", "building trade"),
    Together(rf"{_TOLD}|defect|issue", r"defects?|snags?|punch (list )?items?", "building defect"),
    Together(r"location|place|position|where", r"defects?|snags?|punch (list )?items?", "building spot"),
    Together(r"work (done|performed)|activit(y|ies)|progress", r"(daily|site|construction) (reports?|diar(y|ies)|logs?)", "site work"),
    Together(r"delays?|hindrances?|obstructions?", r".*", "delay"),
    Together(r"materials?", r"deliver(y|ies)|orders?|purchases?|site deliveries", "building material", r"projects?|sites?"),
    Together(r"unit|uom|units", r"items?|parts?|(stock|inventory) (moves?|movements?)|stock|deliver(y|ies)|bom lines?|materials?|(order|invoice|purchase) (lines?|items?)|products?", "goods unit"),
    Together(r"platform|os|store|app store", r"players?|(game|play) sessions?|installs?|app (users?|versions?)", "game platform"),
    Together(r"platform|os|store|app store", r"sessions?|purchases?", "game platform", r"players?|games?|characters?"),
    Together(r"(game )?mode", r"(game|play) sessions?|match(es)?|games", "game mode"),
    Together(r"(game )?mode", r"sessions?|rounds?", "game mode", r"players?|games?|characters?"),
    Together(r"map|arena|level name|stage", r"(game|play) sessions?|match(es)?", "game map"),
    Together(r"map|arena|level name|stage", r"sessions?|rounds?", "game map", r"players?|games?|characters?"),
    Together(r"winner|winning variant", r"(ab|split|a b) tests?|experiments?", "variant"),
    Together(_CALLED, r"(customer |client )?projects?", "building project", r"contractors?|sites?|architects?"),
    Together(r"instructions?|directions|sig", r"prescriptions?|medications?", "dosing instruction"),
    Together(r"site|injection site|body site", r"vaccinations?|immuni[sz]ations?|injections?", "injection site"),
    Together(r"message|text|public text|description", r"(service |traffic )?(incidents?|disruptions?|outages?)", "disruption"),
    Together(r"root cause|cause", r".*tickets?|incidents?|outages?|problems?", "root cause"),
    Together(r"preheader|preview text", r".*", "preheader"),
    Together(r"entrance|gate|door", r".*counts?|visits?|entr(y|ies)", "entrance"),
    # how things stand and of what kind they are
    Together(r"(item |physical )?condition|state of preservation", r"returns?|return (items?|lines?)|assets?|artefacts?|artifacts?|artworks?|equipment|cop(y|ies)|books?|vehicles?|cars?|products?|items?|listings?|inventory|bikes?|tools?|loans?|rentals?|exhibits?|instruments?", "item condition"),
    Together(r"medium|technique", r"artefacts?|artifacts?|artworks?|exhibits?|paintings?|objects?", "art medium"),
    Together(r"period|era|epoch", r"artefacts?|artifacts?|artworks?|exhibits?|objects?", "epoch"),
    Together(r"position|playing position|role", r"players?|squad members?|line ?ups?|rosters?", "playing position"),
    Together(r"division|league", r"teams?|clubs?|standings?|squads?|players?", "league"),
    Together(r"(event |action )?type|kind|event", r"match events?|game events?|match actions?|incidents", "match event", r"match(es)?|games|fixtures?"),
    Together(r"category|type|class", r"(club )?members?", "member category", r"clubs?|branch(es)?|associations?|librar(y|ies)|gyms?"),
    Together(r"category|class", r"members?|memberships?", "member category"),
    Together(r"category|type", r"complaints?", "complaint category"),
    Together(r"category|topic", r"tickets?|support (tickets?|cases?|requests?)", "ticket topic", facet="ticket"),
    Together(r"colou?rs", r"clubs?|teams?", "club colours"),
    Together(r"class|character class|race", r"(game )?(players?|characters?|heroes|avatars?)", "character class"),
    Together(r"region|server|realm|shard", r"(game )?(players?|characters?|match(es)?|lobb(y|ies))", "game region"),
    Together(r"level", r"courses?|lessons?|modules?|programmes?|class(es)?|offerings?", "course level"),
    Together(r"terms?|semester", r"offerings?|semesters?|terms?|enrol?lments?", "term name"),
    Together(r"status|state", r"matters?|legal cases?", "matter status"),
    Together(r"status|state", r"(work|service|repair|maintenance) orders?", "work order status"),
    Together(r"status|state", r"(production|prod|manufacturing) orders?|operations|routing steps?", "production status"),
    Together(r"status|state", r"(lab )?orders?|test orders?", "lab order status", r"patients?|encounters?|specimens?"),
    Together(r"status|state", r"orders?|order (items?|lines?)", "kitchen status", r"restaurants?|menu items?|dishes"),
    Together(r"status|state", r"(restaurant |table )?bookings?|reservations?", "booking status"),
    Together(r"status|state", r"rma( \w+)?|returns?|return requests?", "return status"),
    Together(r"status|state", r"offers?|job offers?", "job offer status", r"applications?|candidates?|applicants?"),
    Together(r"status|state", r"tickets?|seats?", "admission status", r"events?|shows?|performances?|concerts?"),
    Together(r"status|state", r"leave requests?|leaves?|absences?|time off( requests?)?|holiday requests?", "leave status"),
    Together(r"status|state", r"payroll( runs?)?|pay ?runs?|pay ?slips?", "payroll status"),
    Together(r"status|state", r"boms?|bom headers?|bills? of materials?|recipes?|routings?", "master status"),
    Together(r"status|state", r"pipelines?|builds?|ci (jobs?|runs?)|workflow runs?", "pipeline status"),
    Together(r"status|state", r"livestock|animals?|herds?", "animal status"),
    Together(r"status|state", r"match(es)?|fixtures?|games", "match status"),
    Together(r"status|state", r"(?<! )events?|concerts?|shows?|performances?", "event status"),
    Together(r"status|state", r"students?", "student status"),
    Together(r"status|state", r"candidates?|applicants?", "candidate status"),
    Together(r"status|state", _CLAIMS, "claim status"),
    Together(r"(housekeeping|cleaning) (status|state)", r".*", "housekeeping status"),
    # why, how, and with what result
    Together(r"failure code", r"defects?|repairs?|inspections?|(work|service|repair|maintenance) orders?|maintenance( \w+)?|machines?", "defect code"),
    Together(r"direction|side", r"(journal|ledger) (lines?|entr(y|ies))|postings?|ledger", "debit or credit"),
    Together(r"source( system| type)?", r"journals?|(journal|ledger) entr(y|ies)", "journal source"),
    Together(r"description|memo|narration|text", r"journals?|(journal|ledger) (lines?|entr(y|ies))|postings?", "narrative"),
    Together(r"route( of administration)?", r"prescriptions?|medications?|dos(es?|ages?)|administrations?|vaccinations?", "way of taking"),
    Together(r"(guardian |parent )?relation(ship)?( to (student|pupil|child))?", r"guardians?|parents?|(student|pupil) \w+", "guardian relationship"),
    Together(r"guardian relation(ship)?", r".*", "guardian relationship"),
    Together(r"name|title|label", r"assignments?|homeworks?|coursework", "assignment"),
    Together(r"(seller|owner|store|merchant|host|shop|business)? ?(reply|response)( text| body)?", r"reviews?|ratings?|testimonials?", "review reply"),
    Together(r"(return |rma )?reason", r"returns?|return (items?|lines?|requests?)|rma( \w+)?|exchanges?", "return reason"),
    Together(r"reason|leave reason", r"leave requests?|leaves?|absences?|time off( requests?)?|holiday requests?", "leave reason"),
    Together(r"reason|visit reason", r"appointments?|visits?|encounters?|consultations?|admissions?", "visit reason", r"patients?|pets?|animals?"),
    Together(r"outcome|result|disposition", r"activit(y|ies)|(?<!tool )(?<!function )(?<!api )(?<!rpc )calls?|call logs?|interactions?|contacts?|follow ?ups?|visits?", "call outcome"),
    Together(r"outcome|result|ruling|decision", r"matters?|hearings?|legal cases?|lawsuits?|cases|trials?|appeals?", "legal outcome"),
    Together(r"outcome|result|decision", _CLAIMS, "claim outcome"),
    Together(r"outcome|result|verdict|decision|recommendation", r"interviews?|assessments?|applications?|screenings?", "interview verdict"),
    Together(r"result|outcome|decision|verdict", r"inspections?|checks?|audits?|qc( runs?)?|tests?|test runs?|quality \w+", "pass or fail"),
    Together(r"outcome|result", r".*", "outcome"),
    Together(r"(.* )?source|channel", r"readings?|measurements?|meter reads?|observations?", "reading source"),
    Together(r"source|(application |candidate )?source|channel", r"candidates?|applicants?|applications?|referrals?", "candidate source"),
    Together(r"channel|source|via", r"tickets?|cases?|complaints?|support \w+|conversations?", "support channel"),
    Together(r"channel|source|booking (channel|source)", r"reservations?|bookings?|stays?", "booking channel"),
    Together(r"purpose|reason", r"loans?|credits?|loan applications?", "loan purpose"),
    Together(r"purpose|reason", r"trips?|journeys?|travel( requests?)?|business trips?", "trip purpose"),
    Together(r"unit|uom|units", r"(lab )?(results?|tests?)|test catalog|analytes?|assays?", "lab unit"),
    Together(r"unit|uom|units", r"meters?|tariffs?|consumptions?", "energy unit"),
    # what is written about them
    Together(rf"{_TOLD}|narrative|work (done|performed)", r"time entr(y|ies)|time ?sheets?|time records?", "legal work", r"matters?|cases|lawyers?|attorneys?"),
    Together(rf"{_TOLD}|work (done|performed)", r"time entr(y|ies)|time ?sheets?|time records?|work ?logs?", "task"),
    Together(rf"{_TOLD}|complaint|fault( description)?|work (done|performed)|findings", r"(work|service|repair|maintenance) orders?|repairs?|maintenance( \w+)?|services?|service (records?|visits?)", "vehicle repair", r"vehicles?|cars?|trucks?|fleet|bikes?"),
    Together(rf"{_TOLD}|complaint|fault( description)?|work (done|performed)|findings", r"(work|service|repair|maintenance) orders?|repairs?|maintenance( \w+)?", "maintenance note"),
    Together(_TOLD, rf"{_CLAIMS}|accidents?|damages?|loss(es)?", "claim story"),
    Together(rf"{_TOLD}|body|content", r"claim (notes?|comments?|log)", "claim note"),
    Together(r"description|about|summary|objectives|syllabus|outline", r"courses?|modules?|lectures?|programmes?|training courses?|workshops?", "course text"),
    Together(rf"{_NOTES}|feedback", r"exam results?|results|grades?|marks|assessments?|submissions?|report cards?", "exam remark", r"exams?|enrol?lments?|students?|courses?|subjects?"),
    Together(rf"{_NOTES}|comment", r"lab results?|(test )?results?|observations?|analyses", "lab comment", r"specimens?|samples?|patients?|encounters?|analytes?|lab \w+"),
    Together(r"value (text|txt)|text (value|result)|(value|result) text|textual result", r"(lab |test )?results?|observations?", "lab text result"),
    Together(rf"{_NOTES}|incidents?", r"trips?|journeys?|rides?|routes?|deliver(y|ies)|tours?", "trip note"),
    Together(r"feedback|comments?|notes?|impressions?", r"interviews?|assessments?|screenings?", "interview feedback"),
    Together(r"feedback|comments?|notes?", r"viewings?|showings?|open houses?", "viewing feedback"),
    Together(r"strengths|positives|achievements|accomplishments", r".*", "strength"),
    Together(r"improvements?|weaknesses|areas? (for|of) improvement|development( areas?| needs)?", r".*", "improvement"),
    Together(r"goals?|objectives?|targets?", _APPRAISALS, "work goal"),
    Together(r"(overall |manager |reviewer |employee )?(comments?|feedback|summary)", _APPRAISALS, "appraisal comment"),
    Together(r"(overall |manager |reviewer |employee )?(comments?|feedback|summary)", r"reviews?|evaluations?", "appraisal comment", r"employees?|staff|review cycles?"),
    Together(r"cover letter|motivation( letter)?|letter", r".*", "cover letter"),
    Together(rf"{_TOLD}|synopsis|plot|storyline|logline|overview", r"titles?|movies?|films?|shows?|series|episodes?|seasons?|books?|novels?|plays?|videos?", "synopsis"),
    Together(r"description|item|text|label|charge", r"folio (charges?|items?|lines?)|extras", "folio charge"),
    Together(r"description|item|text|label|charge", r"charges?", "folio charge", r"folios?|stays?|rooms?|guests?|reservations?|bookings?"),
    Together(r"description|item|text|label", r"invoice (items?|lines?|line items?)", "subscription line", r"subscriptions?|plans?"),
    Together(r"text|detail|details|description", r"match events?|game events?", "match note"),
    Together(r"special (instructions?|requests?|wishes)|instructions?|notes?", r"order (items?|lines?)|orders?|bookings?|reservations?", "kitchen note", r"restaurants?|menu items?|dishes|tables"),
    Together(r"description|details?|text|title|subject", r"deadlines?|reminders?", "deadline text"),
    Together(r"description|details?|text", r"tasks?|to ?dos?|action items?|sub ?tasks?|cards?", "task"),
    Together(r"description|about|summary|purpose|story", r"campaigns?|appeals?|fund ?raisers?|funds?|projects?", "appeal text", r"donors?|charit(y|ies)|causes?"),
    Together(r"conditions?|terms|contingenc(y|ies)", r"offers?|bids?|proposals?", "offer condition"),
    Together(r"body|content|text|message|template", r"macros?|canned (responses?|repl(y|ies))|repl(y|ies) templates?", "support reply"),
    Together(r"body|text|content|description|message", r"tickets?|support (tickets?|cases?|requests?)", "ticket body", facet="ticket"),
    Together(r"body|text|content|message|comment", r"ticket (comments?|messages?|repl(y|ies)|notes?)", "support reply"),
    Together(r"(customer |csat |guest )?(comment|feedback)|csat comment|rating comment", r"tickets?|support \w+|surveys?|csat( \w+)?|stays?", "service feedback"),
    Together(r"preferences?|wishes|room preferences?", r"guests?|customers?|travell?ers?", "guest preference"),
    Together(r"message|comment|dedication|note", r"donations?|gifts?|pledges?", "donor message"),
    Together(r"caption|alt( text)?|title|description", r"(listing|property|room|house|hotel) (photos?|images?|pictures?)", "room caption"),
    Together(r"(inspector|inspection|examiner|quality) (notes?|remarks?|comments?)", r".*", "inspection note"),
    Together(rf"{_NOTES}", r"housekeeping( tasks?)?|cleaning( tasks?)?|cleanings?", "cleaning note"),
)  # fmt: skip


def together(words: str, table: str, near: str) -> Together | None:
    """The line for a column by its words, its table's and those of the tables that it points at."""
    return next((line for line in _called(words) if line.met(table, near)), None)


@lru_cache(maxsize=65536)
def _called(words: str) -> tuple[Together, ...]:
    return tuple(line for line in TOGETHER if compiled(line.columns).fullmatch(words))
