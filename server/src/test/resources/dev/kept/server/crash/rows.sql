-- Dates keep months away from every cut-off. Of 80 customers a third was last active more than 2 years ago; the last 20 have no orders.
INSERT INTO addresses SELECT i, 'Street ' || i FROM generate_series(1, 100) i;
INSERT INTO customers SELECT 9100000 + i, 'Name ' || i, 'person' || i || '@corner.example', i, now() - interval '9 years',
    now() - CASE i % 3 WHEN 0 THEN interval '5 years' ELSE interval '2 months' END, NULL
    FROM generate_series(1, 80) i;
INSERT INTO orders (id, customer_id, address_id, ship_to, total, state, placed_at)
    SELECT i, 9100001 + i % 60, 1 + (i * 7) % 100, 'Street', i, 'paid',
        now() - CASE i % 5 WHEN 0 THEN interval '13 years' WHEN 1 THEN interval '4 years' WHEN 2 THEN interval '6 years' ELSE interval '8 months' END
    FROM generate_series(1, 120) i;
INSERT INTO order_lines SELECT id, line, 'sku' FROM orders, generate_series(1, 2) line;
INSERT INTO messages SELECT i, 9100001 + i % 80, 9100001 + (i * 11) % 80, 'Message ' || i,
    now() - CASE i % 2 WHEN 0 THEN interval '3 years' ELSE interval '3 months' END FROM generate_series(1, 120) i;
INSERT INTO logins (id, customer_id, at, ip, agent)
    SELECT i, 9100001 + i % 80, now() - CASE i % 4 WHEN 0 THEN interval '10 days' ELSE interval '8 months' END, '192.0.2.1', repeat('agent ', 120)
    FROM generate_series(1, 700) i;
SELECT setval('orders_id_seq', 10000), setval('logins_id_seq', 10000);
