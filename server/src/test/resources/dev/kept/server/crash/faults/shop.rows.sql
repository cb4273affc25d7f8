-- Every third customer has been here for too long.
TRUNCATE customers, orders;
INSERT INTO customers SELECT 9200000 + i, 'person' || i || '@mill.example', 'Surname' || i,
    CASE i % 3 WHEN 0 THEN timestamptz '2015-05-05 12:00Z' ELSE timestamptz '${LATELY}' END FROM generate_series(1, 30) i;
INSERT INTO orders SELECT i, 9200001 + i % 30, 'Surname' || (1 + i % 30) FROM generate_series(1, 60) i;
