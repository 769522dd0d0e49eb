"""Rules about computers: addresses on the network, files, hashes, requests, versions."""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.rule import Rule, text, words
from factories.values.codes import Hexadecimal, Numbered
from factories.values.contacts import CompanyDomain, Url
from factories.values.files import FileName, FilePath
from factories.values.networks import Address, Hardware
from factories.values.texts import Sentence

_URL = "URL on a reserved domain"

RULES: tuple[Rule, ...] = (
    # hashes, by their length
    text(r"(.* )?md5( .*)?", Hexadecimal(32, label="MD5 hash"), "hash"),
    text(r"(.* )?sha ?512( .*)?", Hexadecimal(128, label="SHA-512 hash"), "hash"),
    text(r"(.* )?sha ?(2|256)( .*)?", Hexadecimal(64, label="SHA-256 hash"), "hash"),
    text(r"(commit )?(sha|sha1|oid|revision)( hash)?|commit( hash| id)?", Hexadecimal(40, label="SHA-1 hash"), "hash"),
    text(r"(.* )?(hash|digest|checksum|signature|hmac)|hashed \w+", Hexadecimal(64, label="SHA-256 hash"), "hash"),
    # pictures and links
    text(r"(avatar|image|photo|picture|thumbnail|logo|icon|banner|cover|cover image|poster|screenshot|hero image|og image)s?( (url|uri|link|src|image))?",
         Url("https://images.example.com/", ".png", label="picture's URL on a reserved domain")),
    text(r"(.* )?(webhook|callback|endpoint|redirect)( (url|uri|link))?", Url("https://hooks.example.com/", label=_URL)),
    text(r"(website|homepage|home page|web site)( (url|link|address))?|site (url|link)|company (url|link|site|website)", CompanyDomain(start="https://www.", label="company's website on a reserved domain"), "website"),
    text(r"(video|stream|recording|audio) (url|uri|link)", Url("https://media.example.com/", ".mp4", label=_URL)),
    text(r"(download|file|document|attachment|pdf|invoice|receipt) (url|uri|link)", Url("https://files.example.com/", ".pdf", label=_URL)),
    text(r"(.* )?(url|uri|link|href|permalink|website)s?", Url(label=_URL)),
    text(r"refer(r)?er( url)?", Url("https://www.example.org/", label=_URL)),
    text(r"(mail|email|company|custom|web|site)? ?(domain|domain name)", CompanyDomain(), "domain"),
    text(r"(host|host ?name|subdomain|server|server name|fqdn|node|node name|machine|machine name)", Numbered("srv-", 1, 48, 2, ".example.com", label="host on a reserved domain")),
    text(r"(.* )?(ip|ip address|ipv4|remote addr(ess)?|client address)", Address(), "ip"),
    text(r"(.* )?(mac|mac address|hardware address|bssid)", Hardware(), "mac"),
    # requests
    words(r"user ?agent|agent string|ua", "user agent", "agent"),
    words(r"browser( name)?", "browser", "agent"),
    words(r"browser version", "browser version", "agent"),
    words(r"os version|operating system version", "system version", "agent"),
    words(r"os|os name|operating system|system", "system", "agent"),
    words(r"(device|client|form) (type|kind|category|factor)|device", "device", "agent"),
    words(r"(http|request) (method|verb)", "method"),
    words(r"method", "method", means="method"),
    words(r"(request|page|url|http|uri) path|^(path|route|page)|landing page", "http path", means="path"),
    words(r"query( string)?|search (query|term)", "query string"),
    # files
    text(r"(original |stored |attachment |document )?(file|attachment|document|original) ?name|file", FileName("file"), "file name"),
    text(r"(.* )?(path|directory|folder)|(storage|s3|object|blob|file|image|upload|media) key", FilePath("file"), "file path"),
    words(r"(mime|content|media|file mime) ?type|mime", "mime type", "file"),
    words(r"(file )?(extension|ext|suffix)|file type", "file extension", "file"),
    words(r"(file|asset|attachment) kind|media kind", "file kind", "file"),
    # software
    text(r"(firmware|app|software|api|schema|protocol|client|server|package|module)? ?(version|release)( (name|number|string|tag))?", Sentence(("{major}", ".", "{minor}", ".", "{minor}"), label="version")),
    words(r"branch( name)?|git ref", "branch"),
    words(r"commit message", "commit message"),
    words(r"(queue|job queue)( name)?", "queue"),
    words(r"(worker|processed by|locked by)( name| id)?", "worker"),
    words(r"(job|task|function|handler|command) (name|class|type)", "job name"),
    words(r"service( name)?|component|microservice|logger|app name", "service"),
    words(r"environment|env", "environment"),
    words(r"log level|level name", "log level"),
    words(r"model id|llm|llm model|ai model", "model"),
    words(r"(ai |llm |model )provider", "provider"),
    text(r"serial( number| no)?|imei|device id", Hexadecimal(12, "SN", label="serial number"), "serial"),
)  # fmt: skip
