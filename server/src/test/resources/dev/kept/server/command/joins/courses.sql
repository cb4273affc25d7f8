-- A site of several applications whose tables carry the application's name, with UUIDs, a join by value and one through a generic pair.
-- join: account_emailaddress.user_id -> auth_user.id
-- join: auth_user_groups.user_id -> auth_user.id
-- join: auth_user_groups.group_id -> auth_group.id
-- join: courses_course.created_by_id -> auth_user.id
-- join: courses_enrolment.course_id -> courses_course.id
-- join: courses_enrolment.learner_id -> courses_learner.id
-- join: courses_learner.user_id -> auth_user.id
-- join: courses_submission.enrolment_id -> courses_enrolment.id
-- join: courses_submission.reviewer_id -> auth_user.id
-- join: courses_certificate.holder -> courses_learner.id
-- join: forum_thread.owner_id -> auth_user.id
-- join: forum_reply.thread_id -> forum_thread.id
-- join: forum_reply.author_id -> auth_user.id
-- join: forum_reply.parent_id -> forum_reply.id
-- join: mailer_message.user_email -> auth_user.email
-- join: mailer_message.template_id -> mailer_template.id
-- join: django_admin_log.user_id -> auth_user.id
-- join: django_admin_log.content_type_id -> django_content_type.id
-- join: tagging_item.content_type_id -> django_content_type.id
-- join: billing_invoice.user_id -> auth_user.id
CREATE TABLE auth_user (id integer PRIMARY KEY, username varchar(150) UNIQUE, email varchar(254) NOT NULL, password varchar(128),
    first_name varchar(150), last_name varchar(150), is_staff boolean, date_joined timestamptz);
CREATE TABLE auth_group (id integer PRIMARY KEY, name varchar(150) UNIQUE);
CREATE TABLE auth_user_groups (id bigint PRIMARY KEY, user_id integer NOT NULL, group_id integer NOT NULL);
CREATE TABLE account_emailaddress (id integer PRIMARY KEY, email varchar(254) NOT NULL, verified boolean, user_id integer NOT NULL);
CREATE TABLE courses_learner (id uuid PRIMARY KEY, user_id integer NOT NULL, bio text);
CREATE TABLE courses_course (id uuid PRIMARY KEY, title varchar(200), created_by_id integer, position integer, max_seats integer);
CREATE TABLE courses_enrolment (id uuid PRIMARY KEY, course_id uuid NOT NULL, learner_id uuid NOT NULL, progress integer);
CREATE TABLE courses_submission (id bigint PRIMARY KEY, enrolment_id uuid NOT NULL, reviewer_id integer, score integer, answer text);
CREATE TABLE courses_certificate (id bigint PRIMARY KEY, holder uuid NOT NULL, serial varchar(40) UNIQUE);
CREATE TABLE forum_thread (id integer PRIMARY KEY, owner_id integer NOT NULL, title varchar(200), reply_count integer, views integer);
CREATE TABLE forum_reply (id integer PRIMARY KEY, thread_id integer NOT NULL, author_id integer NOT NULL, parent_id integer, body text);
CREATE TABLE mailer_template (id integer PRIMARY KEY, name varchar(80));
CREATE TABLE mailer_message (id integer PRIMARY KEY, template_id integer NOT NULL, user_email varchar(254), subject varchar(200), sent timestamptz);
CREATE TABLE django_content_type (id integer PRIMARY KEY, app_label varchar(100), model varchar(100));
CREATE TABLE django_admin_log (id integer PRIMARY KEY, object_id text, action_flag smallint, user_id integer NOT NULL, content_type_id integer);
CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY, session_data text, expire_date timestamptz);
CREATE TABLE tagging_item (id integer PRIMARY KEY, object_id integer NOT NULL, content_type_id integer NOT NULL, label varchar(40));
CREATE TABLE billing_invoice (id integer PRIMARY KEY, user_id integer NOT NULL, number integer, total numeric(10, 2));
INSERT INTO auth_user SELECT i, 'learner' || i, 'learner' || i || '@courses.example', md5('p' || i), 'First' || i, 'Last' || i, i < 5, now()
    FROM generate_series(1, 200) i;
INSERT INTO auth_group SELECT i, 'group' || i FROM generate_series(1, 5) i;
INSERT INTO auth_user_groups SELECT i, i, 1 + i % 5 FROM generate_series(1, 200) i;
INSERT INTO account_emailaddress SELECT i, 'other' || i || '@private.example', true, i FROM generate_series(1, 200) i;
INSERT INTO courses_learner SELECT md5('learner' || i)::uuid, i, 'Bio ' || i FROM generate_series(1, 190) i;
INSERT INTO courses_course SELECT md5('course' || i)::uuid, 'Course ' || i, 1 + i % 10, i, 20 + i FROM generate_series(1, 25) i;
INSERT INTO courses_enrolment SELECT md5('enrolment' || i)::uuid, md5('course' || 1 + i % 25)::uuid, md5('learner' || 1 + i % 190)::uuid, i % 100
    FROM generate_series(1, 600) i;
INSERT INTO courses_submission SELECT i, md5('enrolment' || i)::uuid, 1 + i % 6, i % 100, 'Answer ' || i FROM generate_series(1, 600) i;
INSERT INTO courses_certificate SELECT i, md5('learner' || i)::uuid, 'C-' || i FROM generate_series(1, 60) i;
INSERT INTO forum_thread SELECT i, 1 + i % 200, 'Thread ' || i, i % 9, i FROM generate_series(1, 80) i;
INSERT INTO forum_reply SELECT i, 1 + i % 80, 1 + (i * 3) % 200, CASE WHEN i % 2 = 0 THEN i - 1 END, 'Reply ' || i FROM generate_series(1, 400) i;
INSERT INTO mailer_template SELECT i, 'template' || i FROM generate_series(1, 6) i;
INSERT INTO mailer_message SELECT i, 1 + i % 6, ' Learner' || 1 + i % 200 || '@Courses.example', 'Subject ' || i, now() FROM generate_series(1, 500) i;
INSERT INTO django_content_type SELECT i, 'app', 'model' || i FROM generate_series(1, 18) i;
INSERT INTO django_admin_log SELECT i, i::text, 1, 1 + i % 4, 1 + i % 18 FROM generate_series(1, 90) i;
INSERT INTO django_session SELECT md5('s' || i), md5('d' || i), now() FROM generate_series(1, 50) i;
INSERT INTO tagging_item SELECT i, 1 + i % 80, 1 + i % 18, 'tag' || i % 9 FROM generate_series(1, 150) i;
ANALYZE;
