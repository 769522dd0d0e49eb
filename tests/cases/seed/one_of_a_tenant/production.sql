-- Exactly one of several parents of the same tenant, where not every tenant has every kind of parent.
CREATE TABLE tenants (id integer PRIMARY KEY);
CREATE TABLE users (tenant_id integer NOT NULL REFERENCES tenants, id integer NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE patients (tenant_id integer NOT NULL REFERENCES tenants, id integer NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE rooms (tenant_id integer NOT NULL REFERENCES tenants, id integer NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE documents (
    id bigserial PRIMARY KEY,
    tenant_id integer NOT NULL,
    uploaded_by integer NOT NULL,
    user_id integer,
    patient_id integer,
    room_id integer,
    FOREIGN KEY (tenant_id, uploaded_by) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patients (tenant_id, id),
    FOREIGN KEY (tenant_id, room_id) REFERENCES rooms (tenant_id, id),
    CHECK (num_nonnulls(user_id, patient_id, room_id) = 1)
);
CREATE TABLE notifications (
    id bigserial PRIMARY KEY,
    tenant_id integer NOT NULL,
    recipient_id integer NOT NULL,
    actor_id integer,
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, actor_id) REFERENCES users (tenant_id, id),
    CHECK (actor_id IS DISTINCT FROM recipient_id)
);
