-- Partitions about to be detached and dropped: until they are gone, or attached again, they may stand outside their tables.
create table detached_partition (
  store     text not null,
  partition text[] not null,                -- schema and name
  parent    text[] not null,
  bounds    text not null,
  noted_at  timestamptz not null default now(),
  primary key (store, partition)
);

-- The same as run_started, and older.
drop index run_begun;
