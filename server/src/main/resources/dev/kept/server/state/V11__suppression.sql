-- Erased persons who come back with a restored backup are recognised by keyed hashes of what they were known by. Purpose: to erase them again.
-- End: each hash its own (ends_at), a key with the last hash that was made with it.

create table suppression_key (
  id                  bigint generated always as identity primary key,
  store               text not null,
  period              date not null,          -- the month in which hashes are made with it, by its first day
  secret              bytea not null check (octet_length(secret) = 32),
  unique (store, period)
);

create table suppression (
  suppression_key     bigint not null,        -- of suppression_key: not a foreign key, which would be looked up for each hash; a key outlives its month by a day
  hash                bytea not null check (octet_length(hash) = 32),
  run                 uuid not null,          -- whose erasure it is
  fit                 text not null check (fit in ('key', 'value', 'shared-value')),
  erased_at           timestamptz not null,   -- T of that run; nothing counts before it has ended
  ends_at             timestamptz not null,
  primary key (suppression_key, hash, run)
);
create index suppression_run on suppression (run);
create index suppression_ends on suppression (ends_at);

-- A store that is said to be restored from a backup: isolated until it is clean.
create table restored (
  id                  uuid primary key,
  store               text not null,
  declared_at         timestamptz not null,
  actor_commitment    text not null,
  clean_at            timestamptz
);
create unique index restored_open on restored (store) where clean_at is null;

-- When a store was last looked through to the end for erased persons, and which system it was then.
create table suppression_look (
  store               text primary key,
  at                  timestamptz not null,
  store_identity      text not null
);

-- Persons of whom somebody has to decide whether they are those who were erased.
create table suppression_doubt (
  id                  uuid primary key,
  store               text not null,
  person_kind         text not null,
  person_key          text[] not null,
  why                 text not null,          -- undated, mixed, shared
  found_at            timestamptz not null,
  left_at             timestamptz,            -- decided that it is not her; kept so as not to be asked again
  ends_at             timestamptz not null,   -- with the hashes that fitted
  unique (store, person_kind, person_key)
);
