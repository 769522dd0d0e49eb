-- One column of every common type.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE point3 AS (x int, y int, label text);
CREATE TABLE everything (
    id smallserial PRIMARY KEY, a int, b bigint NOT NULL, c numeric, d numeric(6,3) NOT NULL, e money, f real, g double precision,
    h text NOT NULL, i varchar(3), j char(7), k boolean, l uuid NOT NULL, m date, n time(0), o timetz, p timestamp(0), q timestamptz(3),
    r interval, s json, t jsonb, u bytea, v inet, w cidr, x macaddr, y macaddr8, z bit(5), aa varbit(9),
    ab int[], ac text[], ad uuid[], ae jsonb[], af mood, ag mood[], ah point3, ai int4range, aj tstzrange, ak daterange, al nummultirange,
    am tsvector, an xml, ao point, ap line, aq lseg, ar box, at path, au polygon, av circle, aw oid, ax name, ay "char", az int[][], ba regclass, bb pg_lsn, bc timestamp[], bd int8multirange, be tsquery, bf jsonpath
);
