-- Library catalogue: unique with INCLUDE, with collations, with sort orders and deferrable.
CREATE COLLATION c_like (provider = libc, locale = 'C');
CREATE TABLE shelves (
  mark text COLLATE "C" PRIMARY KEY,
  room smallint NOT NULL
);
CREATE TABLE books (
  isbn varchar(13) COLLATE c_like NOT NULL,
  shelf_mark text COLLATE "C" NOT NULL REFERENCES shelves (mark),
  title text NOT NULL,
  pages int CHECK (pages > 0),
  PRIMARY KEY (isbn) INCLUDE (title, pages),
  CHECK (isbn COLLATE "C" ~ '^97[89][0-9]{10}$')
);
CREATE UNIQUE INDEX books_title ON books (title COLLATE "C" text_pattern_ops, shelf_mark) INCLUDE (pages);
CREATE TABLE copies (
  isbn varchar(13) COLLATE c_like NOT NULL REFERENCES books (isbn),
  copy_no smallint NOT NULL CHECK (copy_no BETWEEN 1 AND 50),
  barcode text NOT NULL,
  PRIMARY KEY (isbn, copy_no),
  UNIQUE (barcode) INCLUDE (copy_no) DEFERRABLE
);
CREATE TABLE readers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  card_no char(8) COLLATE "POSIX" NOT NULL UNIQUE,
  name text NOT NULL
);
CREATE UNIQUE INDEX ON readers (name COLLATE "C" DESC NULLS LAST, card_no);
CREATE TABLE loans (
  isbn varchar(13) COLLATE c_like NOT NULL,
  copy_no smallint NOT NULL,
  reader_id int NOT NULL REFERENCES readers (id),
  lent_on date NOT NULL,
  due_on date GENERATED ALWAYS AS (lent_on + 28) STORED,
  returned_on date CHECK (returned_on >= lent_on),
  FOREIGN KEY (isbn, copy_no) REFERENCES copies (isbn, copy_no)
);
CREATE UNIQUE INDEX ON loans (isbn, copy_no) INCLUDE (reader_id, due_on) WHERE returned_on IS NULL;
