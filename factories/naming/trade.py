"""Rules about trade: companies, products, numbers of papers, ways of paying and sending."""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.rule import Rule, text, words
from factories.values.codes import DIGITS, Code, FixedCode, Numbered
from factories.values.texts import Sentence

COMPANY = Sentence(("{company head}", " ", "{company tail}"), label="company", facet="company")

PRODUCT = Sentence(("{product finish}", " ", "{product}"), label="product", facet="product")


def _paper(pattern: str, prefix: str) -> Rule:
    return text(
        rf"{pattern}( no| number| ref| reference)|{pattern} (code|id number)",
        Code(prefix, least=5, start=10_001, label="reference number"),
        "reference",
    )


RULES: tuple[Rule, ...] = (
    text(r"(company|advertiser|sponsor|organization|employer|business|vendor|supplier|manufacturer|merchant|client|billing company|publisher|agency|firm|shop|store|partner|institution|school|university|hospital|clinic)( ?name)?|(legal|trade|trading|pharmacy|dealer(ship)?|distributor|(sub)?contractor|laboratory|gym|salon|garage|bakery|wholesaler|retailer) ?name|publisher( name)?|company", COMPANY, "company"),
    words(r"insurance (provider|company)|insurer", "insurer"),
    words(r"bank( name)?", "bank", means="bank"),
    words(r"bic|swift( code)?|bic code", "bic"),
    text(r"iban( number)?", Numbered("XX00 TEST 0000 ", 0, 999_999, 6, label="visibly fake IBAN"), "iban"),
    text(r"(bank )?(account|routing) (number|no)|bank account|sort code", FixedCode(16, DIGITS, "0000", label="visibly fake account number"), "account number"),
    text(r"(vat|tax|gst|ust|eori|company registration|registration|trade register)( reg)? ?(no|number|id|code)|vat", Numbered("XX0000", 0, 99_999, 5, label="visibly fake tax number"), "tax number"),
    text(r"card number masked|masked (card|pan)( number)?", Numbered("**** **** **** ", 0, 9999, 4, label="masked card number"), "card"),
    text(r"(card|pan)( number| no)?|credit card( number)?", Numbered("0000 0000 0000 ", 0, 9999, 4, label="visibly fake card number"), "card"),
    text(r"(iban|account) last ?4", FixedCode(4, DIGITS, label="last four digits"), "iban"),
    text(r"(card )?last ?4|last four|last4", FixedCode(4, DIGITS, label="last four digits"), "card"),
    words(r"card (brand|type|network|scheme)", "card brand", means="card brand"),
    words(r"payment (method|type|mode|means)|method of payment|pay method", "payment", means="payment"),
    words(r"(payment |psp )(provider|gateway|processor)|gateway", "payment provider"),
    words(r"(payment|transaction|txn)? ?provider( name)?", "payment provider", means="provider"),
    # numbers of papers
    _paper("invoice", "INV-"), _paper("(sales |purchase )?order", "SO-"), _paper("ticket", "T-"), _paper("(credit )?(note|receipt)", "R-"),
    _paper("(policy|insurance)", "POL-"), _paper("contract", "C-"), _paper("case", "CASE-"), _paper("claim", "CLM-"), _paper("batch|lot", "LOT-"),
    _paper("booking|reservation", "BK-"), _paper("(purchase order|po)", "PO-"), _paper("(shipment|tracking|parcel|consignment|waybill)", "TRK"),
    _paper("(flight)", "XQ"), _paper("(container)", "CONT"), _paper("(account)", "ACC-"), _paper("(project|job|work order|issue)", "P-"),
    text(r"tracking( code)?|awb", Code("TRK", least=8, start=10_000_001, label="tracking number"), "reference"),
    text(r"(external |payment |bank |internal |customer |your |our )?(reference|ref)( code)?|(document|serial|voucher|confirmation) (no|number|code)", Code("REF-", least=6, start=100_001, label="reference number"), "reference"),
    text(r"(coupon|promo|discount|voucher|gift card|referral|invite|invitation) ?(code)?", FixedCode(8, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", label="code to redeem")),
    # products
    text(r"sku|(product|item|article|part|style) (code|number|no|sku)|stock code|mpn", Code("SKU-", least=5, start=10_001, label="stock code"), "sku"),
    text(r"bar ?code|(ean|gtin|upc)( ?13)?( code)?", FixedCode(13, DIGITS, "20", label="bar code for use inside a shop")),
    text(r"isbn( ?1[03])?", FixedCode(13, DIGITS, "9790", label="visibly fake ISBN")),
    text(r"(product|item|article)( name| title)?", PRODUCT, "product"),
    words(r"brand( name)?", "brand", "product"),
    words(r"(product |item |shop )category", "product category", "product"),
    words(r"airline|airline name", "airline"),
    words(r"cuisine", "cuisine"),
    words(r"material|fabric", "material"),
    words(r"(clothing |shirt )?size", "size"),
    words(r"carrier|courier|shipping (method|provider|company)|delivery (company|provider)", "carrier"),
    # vehicles
    words(r"(vehicle |car )?(make|manufacturer|brand)", "make", "vehicle"),
    words(r"(vehicle |car )model", "vehicle model", "vehicle"),
    text(r"(product |device |hardware )?model( name| number| no)?", Sentence(("{model letter}", "-", "{model number}"), label="model"), "model"),
    words(r"vehicle (type|kind|class|category)|body type", "vehicle kind", "vehicle"),
    words(r"fuel( type)?|engine type", "fuel"),
    text(r"vin|chassis (number|no)|vehicle identification number", FixedCode(17, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789", "ZZZ", label="visibly fake VIN")),
    words(r"aisle", "aisle"), words(r"(shelf|rack)( no| number)?", "shelf"), words(r"bin( location| no| number)?", "bin"),
    text(r"(licen[cs]e|number|registration) plate|plate( number)?|registration", FixedCode(9, "0123456789ABCDEFGHJKLMNPRSTUVWXYZ", "XX-", label="visibly fake number plate"), "plate"),
    text(r"gate|terminal", Numbered("", 1, 40)),
    words(r"room( number| name)?|meeting room|classroom|office", "room"),
)  # fmt: skip
