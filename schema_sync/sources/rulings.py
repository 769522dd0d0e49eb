"""What of a file of SQL is run, by kind of statement: an allow list, each kind beside it with its reason.

Kinds are named as PostgreSQL's parser names them. What is in no table is refused.
"""

import re

from pglast.stream import RawStream

from catalog.errors import Refusal
from schema_sync.policy import DROPPED
from schema_sync.sources.forms import HOW
from schema_sync.sources.script import Statement

SHAPE = frozenset(
    [
        "AlterCollationStmt",
        "AlterDomainStmt",
        "AlterEnumStmt",
        "AlterExtensionContentsStmt",
        "AlterExtensionStmt",
        "AlterFunctionStmt",
        "AlterObjectDependsStmt",
        "AlterObjectSchemaStmt",
        "AlterOpFamilyStmt",
        "AlterOperatorStmt",
        "AlterPolicyStmt",
        "AlterSeqStmt",
        "AlterStatsStmt",
        "AlterTSConfigurationStmt",
        "AlterTSDictionaryStmt",
        "AlterTableStmt",
        "AlterTypeStmt",
        "CommentStmt",
        "CompositeTypeStmt",
        "CreateAmStmt",
        "CreateCastStmt",
        "CreateConversionStmt",
        "CreateDomainStmt",
        "CreateEnumStmt",
        "CreateExtensionStmt",
        "CreateFunctionStmt",
        "CreateOpClassStmt",
        "CreateOpFamilyStmt",
        "CreatePLangStmt",
        "CreatePolicyStmt",
        "CreateRangeStmt",
        "CreateSchemaStmt",
        "CreateSeqStmt",
        "CreateStatsStmt",
        "CreateStmt",
        "CreateTransformStmt",
        "CreateTrigStmt",
        "DefineStmt",
        "DropStmt",
        "IndexStmt",
        "RenameStmt",
        "RuleStmt",
        "ViewStmt",
    ]
)
"""The kinds that make shape, or take back what the file itself has made: they are run."""

NO_EFFECT = "has no effect on a shape"
OWNER = "no owner of production's crosses"

PASSED_OVER = {
    "AlterOwnerStmt": OWNER,
    "GrantStmt": "grants follow the settings (`roles`), or the staging database that is replaced",
    "AlterDefaultPrivilegesStmt": "default privileges follow the settings (`roles`), or the staging that is replaced",
    "AlterDatabaseStmt": DROPPED["DATABASE"],
    "AlterDatabaseSetStmt": DROPPED["DATABASE"],
    "TransactionStmt": NO_EFFECT,
    "VacuumStmt": NO_EFFECT,
    "RefreshMatViewStmt": DROPPED["MATERIALIZED VIEW DATA"],
    "SecLabelStmt": DROPPED["SECURITY LABEL"],
    "CreateSubscriptionStmt": DROPPED["SUBSCRIPTION"],
    "AlterSubscriptionStmt": DROPPED["SUBSCRIPTION"],
    "DropSubscriptionStmt": DROPPED["SUBSCRIPTION"],
    "CreatePublicationStmt": DROPPED["PUBLICATION"],
    "AlterPublicationStmt": DROPPED["PUBLICATION"],
    "CreateFdwStmt": DROPPED["FOREIGN DATA WRAPPER"],
    "AlterFdwStmt": DROPPED["FOREIGN DATA WRAPPER"],
    "CreateForeignServerStmt": DROPPED["SERVER"],
    "AlterForeignServerStmt": DROPPED["SERVER"],
    "CreateForeignTableStmt": DROPPED["FOREIGN TABLE"],
    "ImportForeignSchemaStmt": DROPPED["FOREIGN TABLE"],
    "CreateUserMappingStmt": DROPPED["USER MAPPING"],
    "AlterUserMappingStmt": DROPPED["USER MAPPING"],
    "DropUserMappingStmt": DROPPED["USER MAPPING"],
    "CreateEventTrigStmt": DROPPED["EVENT TRIGGER"],
    "AlterEventTrigStmt": DROPPED["EVENT TRIGGER"],
}
"""The kinds that a dump of a shape may hold and that stay behind, as in an archive, and why."""

REFUSED = {
    "CopyStmt": "it moves rows, or reads and writes files of the server or runs a program there",
    "InsertStmt": "it holds rows",
    "UpdateStmt": "it changes rows",
    "DeleteStmt": "it changes rows",
    "MergeStmt": "it changes rows",
    "TruncateStmt": "it changes rows",
    "SelectStmt": "it computes rows, and may call any function",
    "CreateTableAsStmt": "it computes rows",
    "CallStmt": "it runs code",
    "DoStmt": "it runs code",
    "LoadStmt": "it loads a library into the server",
    "AlterSystemStmt": "it changes the whole server",
    "CreateRoleStmt": "roles belong to the whole server, and may carry a password",
    "AlterRoleStmt": "roles belong to the whole server, and may carry a password",
    "AlterRoleSetStmt": "roles belong to the whole server",
    "GrantRoleStmt": "roles belong to the whole server",
    "DropRoleStmt": "roles belong to the whole server",
    "CreatedbStmt": "it makes another database",
    "DropdbStmt": "it drops a database",
    "CreateTableSpaceStmt": "it names a folder of the server",
    "VariableSetStmt": "it sets what a file of shape has no business to set",
}
"""Kinds that are refused, and why; any other kind is, too."""

WHOLE_SERVER = frozenset({"DATABASE", "ROLE", "TABLESPACE"})
"""What the parser takes for one kind with shape where it is renamed or commented on, and is not in a database."""

_UNKNOWN = "it is no statement that makes shape"
_SEARCH_PATH = re.compile(r"SELECT (pg_catalog\.)?set_config\('search_path', '[^']*', (FALSE|TRUE)\)", re.IGNORECASE)
"""The one SELECT that pg_dump writes, as the parser prints it."""

_RUN_SETTINGS = {"check_function_bodies", "default_table_access_method", "search_path", "xmloption"}
_IDLE_SETTINGS = {
    "client_min_messages",
    "default_tablespace",
    "default_with_oids",
    "escape_string_warning",
    "idle_in_transaction_session_timeout",
    "lock_timeout",
    "quote_all_identifiers",
    "row_security",
    "statement_timeout",
    "transaction_timeout",
}
_FIXED_SETTINGS = {"client_encoding": ("utf8", "utf-8"), "standard_conforming_strings": ("on", "true")}
_STAYING = {
    "OBJECT_EVENT_TRIGGER": DROPPED["EVENT TRIGGER"],
    "OBJECT_FDW": DROPPED["FOREIGN DATA WRAPPER"],
    "OBJECT_FOREIGN_SERVER": DROPPED["SERVER"],
    "OBJECT_FOREIGN_TABLE": DROPPED["FOREIGN TABLE"],
    "OBJECT_PUBLICATION": DROPPED["PUBLICATION"],
    "OBJECT_SUBSCRIPTION": DROPPED["SUBSCRIPTION"],
}
_WORD = re.compile(r"\b[A-Za-z]+\b")
_ABOUT = ("objtype", "removeType", "renameType", "objectType")
_HAS_PUBLIC = "a fresh database has it"


def passed_over(statement: Statement, called: str) -> str:
    """Why the statement is not run; empty if it is. Raises Refusal, naming its line, if the file is not to be run."""
    kind = statement.kind
    if kind in PASSED_OVER:
        return PASSED_OVER[kind]
    if kind in _LOOKED_INTO:
        return _LOOKED_INTO[kind](statement, called)
    if kind not in SHAPE:
        raise _refused(statement, called, REFUSED.get(kind, _UNKNOWN))
    return _about(statement)


def _selected(statement: Statement, called: str) -> str:
    if _SEARCH_PATH.fullmatch(RawStream()(statement.parsed)):
        return ""
    raise _refused(statement, called, REFUSED["SelectStmt"])


def _made_of_a_query(statement: Statement, called: str) -> str:
    if statement.parsed.objtype.name == "OBJECT_MATVIEW":
        return ""
    raise _refused(statement, called, REFUSED["CreateTableAsStmt"])


def _renamed(statement: Statement, called: str) -> str:
    if statement.parsed.renameType.name.removeprefix("OBJECT_") in WHOLE_SERVER:
        raise _refused(statement, called, "it renames what belongs to the whole server")
    return _about(statement)


def _about(statement: Statement) -> str:
    """Why a statement about a thing stays behind with it."""
    names = (getattr(statement.parsed, name, None) for name in _ABOUT)
    kind = next((name.name for name in names if name is not None), "")
    if statement.kind == "CommentStmt" and kind.removeprefix("OBJECT_") in {*WHOLE_SERVER, "EXTENSION"}:
        return "is about something that stays behind"
    if statement.kind == "DropStmt" and kind == "OBJECT_SCHEMA" and "public" in _dropped_schemas(statement):
        return _HAS_PUBLIC
    return _STAYING.get(kind, "")


def _dropped_schemas(statement: Statement) -> list[str]:
    return [str(getattr(item, "sval", "")) for item in statement.parsed.objects]


def _setting(statement: Statement, called: str) -> str:
    node = statement.parsed
    values = [_value(item).lower() for item in node.args or ()]
    if node.name in _RUN_SETTINGS:
        return ""
    if node.name in _IDLE_SETTINGS or (values and values[0] in _FIXED_SETTINGS.get(node.name, ())):
        return NO_EFFECT
    raise _refused(statement, called, f"{REFUSED['VariableSetStmt']} ({node.name or 'all settings'})")


def _value(node: object) -> str:
    inner = getattr(node, "val", node)
    return str(getattr(inner, "sval", getattr(inner, "ival", "")))


def _altered(statement: Statement, called: str) -> str:
    steps = statement.parsed.cmds or ()
    if not any(step.subtype.name == "AT_ChangeOwner" for step in steps):
        return _about(statement)
    if len(steps) > 1:
        raise _refused(statement, called, "it gives an owner and changes something else in one statement")
    return OWNER


def _schema(statement: Statement, called: str) -> str:
    node = statement.parsed
    if node.schemaElts or node.authrole:
        raise _refused(statement, called, "it makes a schema together with its owner, or with what is in it")
    return _HAS_PUBLIC if node.schemaname == "public" else ""


def _refused(statement: Statement, called: str, why: str) -> Refusal:
    """The refusal; of the statement it shows the first words alone, since a password may follow."""
    words = " ".join(_WORD.findall(statement.text)[:2])
    return Refusal(f"line {statement.line} of {called} is not run ({words} ...)", why=why, todo=HOW)


_LOOKED_INTO = {
    "AlterTableStmt": _altered,
    "CreateSchemaStmt": _schema,
    "CreateTableAsStmt": _made_of_a_query,
    "RenameStmt": _renamed,
    "SelectStmt": _selected,
    "VariableSetStmt": _setting,
}
"""The kinds of which it hangs on more than the kind."""
