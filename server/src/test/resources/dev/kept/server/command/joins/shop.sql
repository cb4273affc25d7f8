-- A shop of tables with "entity" in their names, whose addresses hang on a parent_id, with guests who are known by e-mail only.
-- join: customer_address_entity.parent_id -> customer_entity.entity_id
-- join: customer_entity.group_id -> customer_group.customer_group_id
-- join: customer_entity.store_id -> store.store_id
-- join: customer_entity_varchar.entity_id -> customer_entity.entity_id
-- join: customer_log.customer_id -> customer_entity.entity_id
-- join: newsletter_subscriber.customer_id -> customer_entity.entity_id
-- join: newsletter_subscriber.store_id -> store.store_id
-- join: quote.customer_id -> customer_entity.entity_id
-- join: quote.store_id -> store.store_id
-- join: quote_item.quote_id -> quote.entity_id
-- join: sales_order.customer_id -> customer_entity.entity_id
-- join: sales_order.quote_id -> quote.entity_id
-- join: sales_order.store_id -> store.store_id
-- join: sales_order.billing_address_id -> sales_order_address.entity_id
-- join: sales_order_address.parent_id -> sales_order.entity_id
-- join: sales_order_item.order_id -> sales_order.entity_id
-- join: sales_order_item.quote_item_id -> quote_item.item_id
-- join: sales_order_payment.parent_id -> sales_order.entity_id
-- join: review_detail.customer_id -> customer_entity.entity_id
-- join: review_detail.review_id -> review.review_id
-- join: wishlist.customer_id -> customer_entity.entity_id
-- join: wishlist_item.wishlist_id -> wishlist.wishlist_id
-- also: sales_order.customer_email -> customer_entity.email
-- also: quote.customer_email -> customer_entity.email
-- also: newsletter_subscriber.subscriber_email -> customer_entity.email
CREATE TABLE store (store_id smallint PRIMARY KEY, code varchar(32) UNIQUE, name varchar(255), sort_order smallint);
CREATE TABLE customer_group (customer_group_id integer PRIMARY KEY, customer_group_code varchar(32), tax_class_id integer);
CREATE TABLE customer_entity (entity_id integer PRIMARY KEY, website_id smallint, email varchar(255), group_id integer, increment_id varchar(50),
    store_id smallint, firstname varchar(255), lastname varchar(255), dob date, is_active smallint, UNIQUE (email, website_id));
CREATE TABLE customer_entity_varchar (value_id integer PRIMARY KEY, attribute_id smallint, entity_id integer NOT NULL, value varchar(255));
CREATE TABLE customer_address_entity (entity_id integer PRIMARY KEY, parent_id integer, city varchar(255), street text, telephone varchar(255),
    is_active smallint);
CREATE TABLE customer_log (log_id integer PRIMARY KEY, customer_id integer NOT NULL, last_login_at timestamp);
CREATE TABLE newsletter_subscriber (subscriber_id integer PRIMARY KEY, store_id smallint, customer_id integer, subscriber_email varchar(150),
    subscriber_status integer);
CREATE TABLE quote (entity_id integer PRIMARY KEY, store_id smallint, items_count integer, customer_id integer, customer_email varchar(255));
CREATE TABLE quote_item (item_id integer PRIMARY KEY, quote_id integer, sku varchar(255), qty numeric(12, 4));
CREATE TABLE sales_order (entity_id integer PRIMARY KEY, store_id smallint, customer_id integer, quote_id integer, billing_address_id integer,
    increment_id varchar(50), customer_email varchar(128), customer_firstname varchar(128), grand_total numeric(20, 4), total_item_count integer);
CREATE TABLE sales_order_item (item_id integer PRIMARY KEY, order_id integer NOT NULL, quote_item_id integer, sku varchar(255),
    qty_ordered numeric(12, 4));
CREATE TABLE sales_order_address (entity_id integer PRIMARY KEY, parent_id integer, city varchar(255), street varchar(255), email varchar(255),
    address_type varchar(255));
CREATE TABLE sales_order_payment (entity_id integer PRIMARY KEY, parent_id integer NOT NULL, method varchar(128), cc_last_4 varchar(100));
CREATE TABLE review (review_id bigint PRIMARY KEY, created_at timestamp, status_id smallint);
CREATE TABLE review_detail (detail_id bigint PRIMARY KEY, review_id bigint NOT NULL, title varchar(255), detail text, nickname varchar(128),
    customer_id integer);
CREATE TABLE wishlist (wishlist_id integer PRIMARY KEY, customer_id integer, shared smallint);
CREATE TABLE wishlist_item (wishlist_item_id integer PRIMARY KEY, wishlist_id integer, qty numeric(12, 4));
CREATE TABLE catalog_product_entity (entity_id integer PRIMARY KEY, sku varchar(64), type_id varchar(32), has_options smallint);
INSERT INTO store SELECT i, 'view' || i, 'View ' || i, i FROM generate_series(0, 3) i;
INSERT INTO customer_group SELECT i, 'group' || i, 3 FROM generate_series(0, 4) i;
INSERT INTO customer_entity SELECT i, 1, 'buyer' || i || '@shop.example', 1 + i % 4, lpad(i::text, 9, '0'), 1 + i % 3, 'First' || i, 'Last' || i,
    date '1970-01-01' + i, 1 FROM generate_series(1, 400) i;
INSERT INTO customer_entity_varchar SELECT i, 5, 1 + i % 400, 'v' || i FROM generate_series(1, 800) i;
INSERT INTO customer_address_entity SELECT i, 1 + (i * 3) % 400, 'City ' || i % 30, 'Street ' || i, '+49 30 ' || 1000000 + i, 1
    FROM generate_series(1, 500) i;
INSERT INTO customer_log SELECT i, i, timestamp '2023-01-01' + i * interval '1 hour' FROM generate_series(1, 400) i;
INSERT INTO newsletter_subscriber SELECT i, 1, CASE WHEN i <= 150 THEN i * 2 ELSE 0 END,
    CASE WHEN i <= 150 THEN 'buyer' || i * 2 ELSE 'reader' || i END || '@shop.example', 1 FROM generate_series(1, 200) i;
INSERT INTO quote SELECT i, 1 + i % 3, i % 4, CASE WHEN i % 5 > 0 THEN 1 + i % 400 END,
    'buyer' || 1 + i % 400 || '@shop.example' FROM generate_series(1, 900) i;
INSERT INTO quote_item SELECT i, 1 + i % 900, 'SKU-' || i % 80, 1 FROM generate_series(1, 2000) i;
INSERT INTO sales_order SELECT i, 1 + i % 3, CASE WHEN i % 4 > 0 THEN 1 + i % 400 END, i, i * 2, lpad(i::text, 9, '0'),
    CASE WHEN i % 4 > 0 THEN 'Buyer' || 1 + i % 400 ELSE 'guest' || i END || '@shop.example', 'First' || i, i * 1.5, 1 + i % 3
    FROM generate_series(1, 700) i;
INSERT INTO sales_order_item SELECT i, 1 + i % 700, i, 'SKU-' || i % 80, 1 FROM generate_series(1, 1800) i;
INSERT INTO sales_order_address SELECT i, (i + 1) / 2, 'City ' || i % 30, 'Street ' || i, 'mail' || i || '@elsewhere.example',
    CASE WHEN i % 2 = 0 THEN 'billing' ELSE 'shipping' END FROM generate_series(1, 1400) i;
INSERT INTO sales_order_payment SELECT i, i, 'invoice', '' FROM generate_series(1, 700) i;
INSERT INTO review SELECT i, timestamp '2023-01-01', 1 FROM generate_series(1, 90) i;
INSERT INTO review_detail SELECT i, i, 'Title ' || i, 'Detail ' || i, 'Nick' || i, CASE WHEN i % 3 > 0 THEN i END FROM generate_series(1, 90) i;
INSERT INTO wishlist SELECT i, i * 3, 0 FROM generate_series(1, 100) i;
INSERT INTO wishlist_item SELECT i, 1 + i % 100, 1 FROM generate_series(1, 250) i;
INSERT INTO catalog_product_entity SELECT i, 'SKU-' || i, 'simple', 0 FROM generate_series(1, 80) i;
ANALYZE;
