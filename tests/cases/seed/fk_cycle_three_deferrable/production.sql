-- Franchise: a three-table cycle, all columns NOT NULL, only one link deferrable;
-- and a second triangle in which every link is deferrable.
CREATE TABLE companies (
  id int PRIMARY KEY,
  name text NOT NULL,
  main_branch_id int NOT NULL
);
CREATE TABLE managers (
  id int PRIMARY KEY,
  company_id int NOT NULL REFERENCES companies (id),
  email text NOT NULL UNIQUE CHECK (email LIKE '%_@_%')
);
CREATE TABLE branches (
  id int PRIMARY KEY,
  manager_id int NOT NULL UNIQUE REFERENCES managers (id),
  city text NOT NULL
);
ALTER TABLE companies ADD CONSTRAINT companies_main_branch_fk
  FOREIGN KEY (main_branch_id) REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE recipes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  signature_menu uuid NOT NULL,
  title text NOT NULL
);
CREATE TABLE kitchens (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  best_recipe uuid NOT NULL REFERENCES recipes (id) DEFERRABLE INITIALLY DEFERRED,
  branch_id int NOT NULL REFERENCES branches (id)
);
CREATE TABLE menus (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kitchen_id uuid NOT NULL REFERENCES kitchens (id) DEFERRABLE INITIALLY DEFERRED,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  CHECK (valid_from < valid_to)
);
ALTER TABLE recipes ADD FOREIGN KEY (signature_menu) REFERENCES menus (id) DEFERRABLE INITIALLY DEFERRED;
