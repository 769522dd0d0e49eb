-- Keys that lead back to the row's own key: a thread's last message, an article's current revision.
CREATE TABLE tenants (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE threads (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    subject text NOT NULL,
    last_message_id uuid,
    PRIMARY KEY (tenant_id, id)
);
CREATE TABLE messages (
    tenant_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    id uuid NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, thread_id, id),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id)
);
ALTER TABLE threads ADD FOREIGN KEY (tenant_id, id, last_message_id) REFERENCES messages (tenant_id, thread_id, id);

CREATE TABLE articles (id bigserial PRIMARY KEY, title text NOT NULL, current_revision integer);
CREATE TABLE revisions (
    article_id bigint NOT NULL REFERENCES articles (id),
    number integer NOT NULL CHECK (number > 0),
    PRIMARY KEY (article_id, number)
);
ALTER TABLE articles ADD FOREIGN KEY (id, current_revision) REFERENCES revisions (article_id, number);

-- At most one encounter for an appointment of the same tenant, and some without one.
CREATE TABLE appointments (tenant_id uuid NOT NULL REFERENCES tenants (id), id bigint NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE patients (tenant_id uuid NOT NULL REFERENCES tenants (id), id bigint NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE encounters (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    patient_id bigint NOT NULL,
    appointment_id bigint,
    UNIQUE (tenant_id, appointment_id),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patients (tenant_id, id),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments (tenant_id, id)
);
