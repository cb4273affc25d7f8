CREATE TABLE contacts (no int PRIMARY KEY, mail text UNIQUE, who text, made timestamptz NOT NULL, stopped timestamptz);
