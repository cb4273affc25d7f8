-- Kept's own state. Persons appear here only in person_fact, hold and (sealed) in run.identifiers, each with an end of its own.

create table run (
  id                  uuid primary key,
  kind                text not null,
  store               text not null,
  plan_hash           text not null,
  as_of               timestamptz not null,
  whole_store         boolean not null,
  state               text not null,
  actor_role          text not null,
  actor_commitment    text,
  started_at          timestamptz not null,
  ended_at            timestamptz,
  store_identity      text,
  backend_name        text,
  backend_pid         integer,
  backend_start       text,
  identifiers         bytea,                -- sealed with run_key
  run_key             bytea,                -- destroyed when the run ends
  lease_token         bigint not null default 0,
  lease_until         timestamptz,
  outcome             text
);
create index run_unfinished on run (store) where ended_at is null;

create table run_step (
  run                 uuid not null references run,
  step                integer not null,
  batch               bigint not null,
  table_name          text not null,
  transaction_id      text,
  state               text not null,        -- pending, applied, aborted, count-unknown
  counts              text not null,
  noted_at            timestamptz not null,
  primary key (run, step, batch)
);

create table approval (
  run                 uuid primary key references run,
  plan_hash           text not null,
  as_of               timestamptz not null,
  actor_commitment    text not null,
  approved_at         timestamptz not null,
  expires_at          timestamptz not null
);

-- What happened, without personal data: what the ledger takes in.
create table journal (
  seq                 bigint generated always as identity primary key,
  at                  timestamptz not null,
  run                 uuid,
  kind                text not null,
  entry               text not null
);

-- Who acted, and how a person's identity was established. Ends by itself.
create table private_log (
  commitment          text primary key,
  at                  timestamptz not null,
  operator            text not null,
  said                text not null,
  salt                bytea not null,
  ends_at             timestamptz not null
);
create index private_log_ends on private_log (ends_at);

create table person_fact (
  id                  uuid primary key,
  store               text not null,
  person_kind         text not null,
  person_key          text[] not null,
  what                text not null,        -- erased, restricted, ended, given
  use_id              text,
  since               timestamptz not null,
  run                 uuid,
  unique nulls not distinct (store, person_kind, person_key, what, use_id)
);

create table hold (
  id                  uuid primary key,
  store               text not null,
  table_name          text not null,
  record_key          text[] not null,
  reason              text not null,
  review_on           date not null,
  opened_at           timestamptz not null,
  actor_commitment    text not null,
  lifted_at           timestamptz
);
create index hold_open on hold (store) where lifted_at is null;
