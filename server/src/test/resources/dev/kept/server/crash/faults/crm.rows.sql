TRUNCATE contacts;
INSERT INTO contacts SELECT 9300000 + i, 'Person' || i || '@mill.example ', 'Surname' || i,
    CASE i % 3 WHEN 0 THEN timestamptz '2015-05-05 12:00Z' ELSE timestamptz '${LATELY}' END FROM generate_series(1, 30) i;
