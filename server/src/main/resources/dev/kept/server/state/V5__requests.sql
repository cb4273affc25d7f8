-- Requests of persons (chapters 7 and 8). What a person typed, who she is in the stores, and what is written to and fro lie in tables of their
-- own, each with an end of its own; the request itself, its events and its work say what happened, not to whom.

create table request (
  id                  uuid primary key,
  number              text not null unique,         -- how people and staff call it; says nothing by itself
  kind                text not null,
  uses                text[] not null,
  language            text not null,
  channel             text not null,                -- form, site, staff, import, api
  first_received_at   timestamptz not null,
  received_at         timestamptz not null,         -- from here the time to answer counts
  stage               text not null,
  proven              boolean not null,
  reading             text not null,                -- of the clock: runs, stands, extended, stopped
  due_on              date not null,
  pauses_on           date,                         -- since when the clock stands; while it does, due_on is of that day
  work                text,                         -- what a process does next about it: address, carry-out
  work_at             timestamptz,
  tries               integer not null default 0,
  warned              text,                         -- the nearest alarm that staff were told of: soon, urgent, overdue
  closed_at           timestamptz,
  settled_at          timestamptz,                  -- when nothing is left of it to do: a restriction lifted, an answer expired
  version             bigint not null default 0
);
create index request_open on request (due_on, id) where closed_at is null;
create index request_received on request (first_received_at desc, id desc);
create index request_work on request (work_at) where work is not null;

-- What happened, in order: events without texts and names. A request is what they make of it.
create table request_event (
  request             uuid not null references request on delete cascade,
  seq                 bigint not null,
  at                  timestamptz not null,
  data                jsonb not null,
  actor_role          text not null,                -- person, kept, officer, support, engineer
  actor_commitment    text,
  primary key (request, seq)
);

-- What the person typed. Never a place to send data to.
create table request_typed (
  request             uuid primary key references request on delete cascade,
  name                text not null,
  address             text not null,
  words               text not null,
  details             jsonb not null
);

-- Where she can be reached: an address of hers that a store has.
create table request_on_file (
  request             uuid primary key references request on delete cascade,
  store               text not null,
  finder              text not null,
  address             text not null
);

-- Who she is in the stores, frozen when it was established who asks.
create table request_person (
  request             uuid not null references request on delete cascade,
  store               text not null,
  person_kind         text not null,
  person_key          text[] not null,
  primary key (request, store, person_kind, person_key)
);

create index request_person_of on request_person (store, person_kind, person_key);

create table request_message (
  id                  uuid primary key,
  request             uuid not null references request on delete cascade,
  at                  timestamptz not null,
  author              text not null,                -- person, staff, kept
  internal            boolean not null,             -- a note among staff
  text                text not null
);
create index request_message_of on request_message (request, at);

-- How far each store is.
create table request_store (
  request             uuid not null references request on delete cascade,
  store               text not null,
  state               text not null,                -- waiting, done, absent, failed, by-hand
  run                 uuid,
  problem             text,                         -- without personal data
  due_on              date,                         -- of what is done by hand
  result              jsonb,                        -- counts, grounds
  changed_at          timestamptz not null,
  primary key (request, store)
);

-- One-time links and the codes that go with them. Only hashes; a link is good in the browser that asked, a code a few times.
create table request_proof (
  hash                bytea primary key,
  request             uuid not null references request on delete cascade,
  browser             bytea,                        -- empty: whoever opens it first
  code                bytea not null,
  tries               integer not null default 0,
  ends_at             timestamptz not null,
  used_at             timestamptz
);
create index request_proof_of on request_proof (request);
create index request_proof_ends on request_proof (ends_at);

-- Which browser asked what, and until when it counts as the person's.
create table request_visit (
  browser             bytea not null,               -- a hash of the secret in its cookie
  request             uuid not null references request on delete cascade,
  proven_until        timestamptz,
  ends_at             timestamptz not null,
  primary key (browser, request)
);
create index request_visit_of on request_visit (request);
create index request_visit_ends on request_visit (ends_at);

-- Somebody wants a link for a request that is there already: looked at by a process, never while she waits for the page.
create table request_asked_link (
  id                  uuid primary key,
  number              text not null,
  address             text not null,
  browser             bytea not null,
  at                  timestamptz not null
);

-- A restriction that is to end: first the person is told, then it ends (Art. 18(3)).
create table request_lift (
  request             uuid primary key references request on delete cascade,
  told_at             timestamptz not null,
  on_day              date not null,
  lifted_at           timestamptz
);

-- What Kept knows of a person ends with the request it came from, unless it stands by itself.
alter table person_fact add column request uuid;

-- The same may be known for several reasons: one that ends leaves the others standing.
alter table person_fact drop constraint person_fact_store_person_kind_person_key_what_use_id_key;
alter table person_fact add constraint person_fact_once
  unique nulls not distinct (store, person_kind, person_key, what, use_id, request);
create index person_fact_request on person_fact (request) where request is not null;
