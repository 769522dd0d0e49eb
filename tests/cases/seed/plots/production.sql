-- A finding is of a visit to a region and of a photo of a plot: by a third key, the plot lies in that region.
CREATE TABLE regions (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE plots (
    id serial PRIMARY KEY,
    region_id int NOT NULL REFERENCES regions (id),
    UNIQUE (region_id, id)
);
CREATE TABLE photos (
    id serial PRIMARY KEY,
    plot_id int NOT NULL REFERENCES plots (id),
    UNIQUE (plot_id, id)
);
CREATE TABLE visitors (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE visits (
    region_id int NOT NULL REFERENCES regions (id),
    purpose text NOT NULL CHECK (purpose IN ('survey', 'inspection', 'harvest')),
    visitor_id int NOT NULL REFERENCES visitors (id),
    PRIMARY KEY (region_id, purpose, visitor_id)
);
CREATE TABLE findings (
    region_id int NOT NULL,
    plot_id int NOT NULL,
    purpose text NOT NULL,
    visitor_id int NOT NULL,
    photo_id int NOT NULL,
    PRIMARY KEY (plot_id, purpose, visitor_id),
    CONSTRAINT lies_in_the_region FOREIGN KEY (region_id, plot_id) REFERENCES plots (region_id, id),
    CONSTRAINT is_of_the_visit FOREIGN KEY (region_id, purpose, visitor_id) REFERENCES visits (region_id, purpose, visitor_id),
    CONSTRAINT has_a_photo FOREIGN KEY (plot_id, photo_id) REFERENCES photos (plot_id, id)
);
-- Each visitor has settings, and a visit in them only if there was one.
CREATE TABLE visitor_settings (
    visitor_id int PRIMARY KEY REFERENCES visitors (id),
    last_region_id int,
    last_purpose text,
    FOREIGN KEY (last_region_id, last_purpose, visitor_id) REFERENCES visits (region_id, purpose, visitor_id)
);
