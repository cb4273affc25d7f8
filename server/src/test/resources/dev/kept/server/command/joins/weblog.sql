-- A weblog whose tables share a prefix, whose numbers are 0 where they mean nobody, and which never had a foreign key.
-- join: wl_usermeta.user_id -> wl_users.ID
-- join: wl_posts.post_author -> wl_users.ID
-- join: wl_posts.post_parent -> wl_posts.ID
-- join: wl_postmeta.post_id -> wl_posts.ID
-- join: wl_comments.comment_post_ID -> wl_posts.ID
-- join: wl_comments.user_id -> wl_users.ID
-- join: wl_comments.comment_parent -> wl_comments.comment_ID
-- join: wl_commentmeta.comment_id -> wl_comments.comment_ID
-- join: wl_termmeta.term_id -> wl_terms.term_id
-- join: wl_term_taxonomy.term_id -> wl_terms.term_id
-- join: wl_term_relationships.term_taxonomy_id -> wl_term_taxonomy.term_taxonomy_id
CREATE TABLE wl_users ("ID" bigint PRIMARY KEY, user_login varchar(60) NOT NULL, user_pass varchar(255), user_email varchar(100) NOT NULL,
    user_url varchar(100), user_registered timestamp, user_status integer, display_name varchar(250));
CREATE TABLE wl_usermeta (umeta_id bigint PRIMARY KEY, user_id bigint NOT NULL DEFAULT 0, meta_key varchar(255), meta_value text);
CREATE TABLE wl_posts ("ID" bigint PRIMARY KEY, post_author bigint NOT NULL DEFAULT 0, post_date timestamp, post_content text, post_title text,
    post_status varchar(20), post_parent bigint NOT NULL DEFAULT 0, menu_order integer NOT NULL DEFAULT 0, comment_count bigint NOT NULL DEFAULT 0);
CREATE TABLE wl_postmeta (meta_id bigint PRIMARY KEY, post_id bigint NOT NULL DEFAULT 0, meta_key varchar(255), meta_value text);
CREATE TABLE wl_comments ("comment_ID" bigint PRIMARY KEY, "comment_post_ID" bigint NOT NULL DEFAULT 0, comment_author text,
    comment_author_email varchar(100), "comment_author_IP" varchar(100), comment_date timestamp, comment_content text,
    comment_karma integer NOT NULL DEFAULT 0, comment_parent bigint NOT NULL DEFAULT 0, user_id bigint NOT NULL DEFAULT 0);
CREATE TABLE wl_commentmeta (meta_id bigint PRIMARY KEY, comment_id bigint NOT NULL DEFAULT 0, meta_key varchar(255), meta_value text);
CREATE TABLE wl_terms (term_id bigint PRIMARY KEY, name varchar(200), slug varchar(200), term_group bigint NOT NULL DEFAULT 0);
CREATE TABLE wl_termmeta (meta_id bigint PRIMARY KEY, term_id bigint NOT NULL DEFAULT 0, meta_key varchar(255), meta_value text);
CREATE TABLE wl_term_taxonomy (term_taxonomy_id bigint PRIMARY KEY, term_id bigint NOT NULL DEFAULT 0, taxonomy varchar(32), description text,
    parent bigint NOT NULL DEFAULT 0, count bigint NOT NULL DEFAULT 0);
CREATE TABLE wl_term_relationships (object_id bigint NOT NULL, term_taxonomy_id bigint NOT NULL, term_order integer NOT NULL DEFAULT 0,
    PRIMARY KEY (object_id, term_taxonomy_id));
CREATE TABLE wl_options (option_id bigint PRIMARY KEY, option_name varchar(191) UNIQUE, option_value text, autoload varchar(20));
CREATE TABLE wl_links (link_id bigint PRIMARY KEY, link_url varchar(255), link_name varchar(255), link_rating integer, link_visible varchar(20));
INSERT INTO wl_users SELECT i, 'writer' || i, md5('w' || i), 'Writer' || i || '@weblog.example', '', timestamp '2020-01-01' + i * interval '1 day', 0,
    'Writer ' || i FROM generate_series(1, 40) i;
INSERT INTO wl_usermeta SELECT i, 1 + i % 40, 'k' || i % 7, 'v' || i FROM generate_series(1, 280) i;
INSERT INTO wl_posts SELECT i, 1 + (i * 7) % 40, timestamp '2021-01-01' + i * interval '1 hour', 'Text ' || i, 'Title ' || i, 'publish',
    CASE WHEN i % 3 = 0 AND i > 10 THEN i - 5 ELSE 0 END, i % 5, i % 9 FROM generate_series(1, 300) i;
INSERT INTO wl_postmeta SELECT i, 1 + i % 300, 'k' || i % 5, 'v' || i FROM generate_series(1, 900) i;
INSERT INTO wl_comments SELECT i, 1 + (i * 11) % 300, 'Guest ' || i, 'guest' || i || '@mail.example', '192.0.2.' || i % 250,
    timestamp '2022-01-01' + i * interval '1 minute', 'Comment ' || i, i % 3, CASE WHEN i % 4 = 0 THEN i - 1 ELSE 0 END,
    CASE WHEN i % 2 = 0 THEN 1 + i % 40 ELSE 0 END FROM generate_series(1, 600) i;
INSERT INTO wl_commentmeta SELECT i, 1 + i % 600, 'k', 'v' FROM generate_series(1, 100) i;
INSERT INTO wl_terms SELECT i, 'Term ' || i, 'term-' || i, 0 FROM generate_series(1, 30) i;
INSERT INTO wl_termmeta SELECT i, i, 'k', 'v' FROM generate_series(1, 20) i;
INSERT INTO wl_term_taxonomy SELECT i, i, 'category', '', 0, i FROM generate_series(1, 30) i;
INSERT INTO wl_term_relationships SELECT i, 1 + i % 30, 0 FROM generate_series(1, 300) i;
INSERT INTO wl_options SELECT i, 'option' || i, 'value' || i, 'yes' FROM generate_series(1, 60) i;
INSERT INTO wl_links SELECT i, 'https://link.example/' || i, 'Link ' || i, i % 5, 'Y' FROM generate_series(1, 10) i;
ANALYZE;
