-- A key of two columns that is given whole or not at all, one of which a CHECK allows only beside no other source.
CREATE TABLE order_lines (order_id bigint NOT NULL, line smallint NOT NULL, PRIMARY KEY (order_id, line));
CREATE TABLE returns (id bigserial PRIMARY KEY);
CREATE TABLE movements (
    id bigserial PRIMARY KEY,
    order_id bigint,
    line smallint,
    return_id bigint REFERENCES returns (id),
    FOREIGN KEY (order_id, line) REFERENCES order_lines (order_id, line) MATCH FULL,
    CONSTRAINT one_source CHECK (num_nonnulls(order_id, return_id) = 1)
);
