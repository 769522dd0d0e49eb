"""Rules about people: who they are, how they are reached, what keeps their accounts."""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.rule import Rule, text, words
from factories.naming.writing import PARAGRAPH, SLUG
from factories.values.codes import Code, FixedCode, Hexadecimal, Numbered
from factories.values.contacts import Email, FullName, Phone, UserName

# Who does something, as a column is called that names them: `responsible_lawyer`, `waiter`, `head_coach`.
_WHO = (
    r"mechanic|dean|judge|lawyer|attorney|solicitor|barrister|counsel|referee|umpire|coach|trainer|waiter|waitress|cashier|physician|"
    r"surgeon|therapist|dentist|midwife|vet|veterinarian|chef|cook|foreman|superintendent|timekeeper|surveyor|adjuster|underwriter|broker|"
    r"interviewer|recruiter|curator|librarian|farmer|grower|composer|conductor|photographer|architect|engineer|auditor|accountant|"
    r"clerk|caller|callee|mentor|principal|headmaster|notary|trustee|captain|pilot|skipper|housekeeper|cleaner|dispatcher|planner|buyer|seller|"
    r"landlord|writer|producer|presenter|moderator|organi[sz]er|prescriber|guide|supervisor|"
    r"requester|submitter|installer|counsel+or|advis[eo]r|steward|warden|pharmacist|chair(man|woman|person)?|treasurer|secretary|president|"
    r"sales(man|person)|sales rep(resentative)?|representative|employee|colleague|witness|claimant|patient|guest|donor|volunteer|player|driver|"
    r"teacher|professor|lecturer|instructor|nurse|doctor|manager|director|owner|scorer"
)
_HOW = (
    r"ordering|attending|referring|responsible|treating|lead|head|site|hiring|project|store|account|case|duty|primary|team|chief|"
    r"opposing|assigned|line|branch|class|course|shift|general|managing|sales|product|program|programme|office|property|test|second"
)

RULES: tuple[Rule, ...] = (
    # addresses of people
    text(r"(personal|private|home|alternat(e|ive)|secondary|second|backup|recovery|other) e ?mail( address)?", Email(unique=False, domain="example.org"), "email"),
    text(r"e ?mail( address(es)?)?|reply to address", Email(unique=False), "email"),
    text(r"(phone|mobile|fax|telephone|cell|msisdn|whatsapp)( ?number| no)?", Phone(), "phone"),
    # what is no person's, though it sounds so
    text(r"(product|collection|category|variant|brand|store|shop|page)( type)? handle", SLUG, "slug"),
    words(r"(database|db|cache|queue|storage|session|mail|log|filesystem) driver", "storage driver"),
    text(r"(size|style|user|buying|care|setup|installation) guide", PARAGRAPH, "short text"),
    # names
    words(r"(first|given|fore|preferred) ?name", "first name", "person"),
    words(r"(last|sur|family) ?name", "last name", "person"),
    words(r"middle ?name", "first name"),
    words(r"infix|name infix", "name infix"),
    text(r"middle initial|initials", FixedCode(2, "ABCDEFGHJKLMNPRSTW", label="initials")),
    text(r"user ?name|login|(nick|screen|gamer) ?(name|tag)|handle", UserName(unique=False), "user name"),
    text(r"(full|real|person|people|signature|signer|signatory) ?name", FullName(), "full name"),
    text(
        r"(?P<whose>shipping|billing|borrower|lender|organi[sz]er|requester|submitter|inviter|referrer|guardian|contact|customer|author|owner|employee|account ?holder|card ?holder|holder|recipient|sender|manager|patient|student|guest|"
        r"driver|doctor|teacher|instructor|lecturer|dean|editor|reviewer|member|attendee|agent|assignee|signer|"
        r"user|buyer|seller|tenant|landlord|technician|operator|physician|nurse|candidate|applicant|speaker|artist|coach|"
        r"player|passenger|beneficiary|representative|rep|approver|committer) name",
        FullName(), "full name",
    ),
    text(r"(?P<whose>recipient|byline|author|assignee|reviewer|attendee|manager|contact|contact person|owner|instructor|teacher|lecturer|doctor|driver|editor|"
         r"(signed|created|updated|modified|edited|changed|added|deleted|removed|approved|rejected|cancell?ed|revoked|closed|opened|reviewed|"
         r"verified|confirmed|submitted|requested|invited|uploaded|published|archived|resolved|completed|reported|shipped|received|issued|granted|(?!(?:locked|processed|claimed|sorted|ordered|grouped|powered|replaced|superseded|succeeded|blocked|caused|followed|preceded|triggered|sponsored|limited|needed|required) )\w{3,}ed) by|assigned to|reporter|operator|technician|speaker|artist|narrator|"
         r"translator|illustrator|inspector|approver|supervisor|emergency contact|next of kin|beneficiary)( name)?$", FullName(), "full name"),
    text(r"(?P<whose>(shipping|billing|ship|bill|delivery|invoice|payee|attention|attn) (to )?name|payee|attn)", FullName(), "full name"),
    text(r"(name on|holder of) (the )?(card|account)|emboss(ed|ing) name", FullName("person card"), "full name"),
    text(rf"(?P<whose>({_HOW} )?({_WHO})|in charge|responsible( person| party| person name)?|contact person|opposing party|plaintiff|defendant)( (full )?name)?", FullName(), "full name"),
    text(r"(?P<whose>(acknowledged|posted|moved|counted|collected|sold|made|sent|paid|run|led|taught|drawn|given|told|seen|held|done|written|chosen|taken|packed|picked|graded|caught|found|read) by)( name)?", FullName(), "full name"),
    words(r"salutation|honorific|name prefix|form of address", "salutation", "person", "gender"),
    words(r"academic title", "academic title"),
    words(r"gender", "gender", "person", "gender"),
    words(r"sex", "sex", "person", "gender"),
    words(r"marital status|civil status", "marital status"),
    words(r"relationship|relation", "relationship"),
    words(r"blood (type|group)", "blood type"),
    # work
    words(r"job title|job|occupation|position title|position|profession|designation", "job"),
    words(r"(department|division)( name)?|team name", "department"),
    words(r"skill", "skill"),
    words(r"employment (type|kind)|contract type", "employment type"),
    words(r"speciali[sz]ation|specialty|speciality", "specialty"),
    text(r"cost (center|centre)", Numbered("CC-", 100, 480, label="cost centre")),
    text(r"(social security|national insurance|passport|licen[cs]e (number|no)|driver'?s? licen[cs]e|national id|id card|ssn|tax id|nif|dni|cpf)( number| id)?",
         Numbered("000-00-", 0, 9999, 4, label="visibly fake number of a person"), "fake number"),
    # secrets: visibly fake
    text(r".*(password|passwd|pwd|passphrase|secret|salt|encrypted|otp|pin code|private key|signing key)( .*)?", Hexadecimal(40, "fake_", label="visibly fake secret")),
    text(r".*(token|api ?key|access key|public key|credentials?|nonce|csrf|jwt|session key|license key|license code|fingerprint|e ?tag)", Hexadecimal(32, "fake_", label="visibly fake token")),
    text(r"(employee|staff|personnel|student|member|matriculation|patient|medical record|customer|client|user)( id)? (no|number|code)|mrn", Code("", least=6, start=10_0001, label="number of a person")),
)  # fmt: skip
