-- Semantic search: pgvector columns (vector, halfvec, sparsevec, bit) with fixed dimensions.
CREATE EXTENSION vector;
CREATE TABLE models (
  id smallint PRIMARY KEY,
  name text NOT NULL UNIQUE,
  dims int NOT NULL CHECK (dims IN (3, 8, 384))
);
CREATE TABLE documents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  lang char(2) NOT NULL CHECK (lang IN ('en', 'de'))
);
CREATE TABLE chunks (
  document_id bigint NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  seq int NOT NULL CHECK (seq >= 0),
  model_id smallint NOT NULL REFERENCES models (id),
  body text NOT NULL,
  embedding vector(384) NOT NULL,
  PRIMARY KEY (document_id, seq)
);
CREATE INDEX ON chunks USING hnsw (embedding vector_cosine_ops);
CREATE TABLE queries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  small vector(3) NOT NULL CHECK (vector_norm(small) > 0),
  free_size vector NOT NULL CHECK (vector_dims(free_size) = 8),
  half halfvec(8),
  sparse sparsevec(1000),
  signature bit(16) NOT NULL,
  best_document bigint,
  best_seq int,
  FOREIGN KEY (best_document, best_seq) REFERENCES chunks (document_id, seq)
);
