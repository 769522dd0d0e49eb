"""Conversion: a column's new value as SQL, out of the one that has landed."""

from psycopg import sql

from database.keeping.carry import CarriedColumn, Keeping, Way


def inserted(keeping: Keeping, item: CarriedColumn) -> sql.Composed:
    """What is inserted: where the type itself takes no NULL, the default in its place, as no trigger would see it."""
    if item not in keeping.filled or not item.column.type.required:
        return conversion(item)
    kind = item.column.type.concrete
    return sql.SQL("CASE WHEN {} IS NULL THEN ({})::{kind} ELSE ({})::{kind} END").format(
        sql.Identifier("l", f"c{item.place}"),
        sql.SQL(item.column.default or "NULL"),
        conversion(item),
        kind=sql.Identifier(kind.schema, kind.base),
    )


def conversion(item: CarriedColumn) -> sql.Composed:
    """The new column's value out of the landed one."""
    landed = sql.Identifier("l", f"c{item.place}")
    if item.way is Way.ASSIGNED:
        return sql.SQL("{}").format(landed)
    kind = item.column.type.concrete
    target = sql.Identifier(kind.schema, kind.base)  # without a modifier: that is the assignment's to hold to
    text = sql.SQL("::pg_catalog.text") if item.way is Way.TEXT else sql.SQL("")
    return sql.SQL("{}{}::{}").format(landed, text, target)
