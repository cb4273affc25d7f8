-- A secret of each day, shared by all processes: what is made with it cannot be told back once the day after is over.
create table daily_key (
  day                 date primary key,
  secret              bytea not null
);

-- Counts of what visitors do, in places found by a keyed hash: no addresses, and never more than these places. Counts need not outlive a crash.
create unlogged table throttle (
  place               integer primary key check (place >= 0 and place < 1048576),
  ends_at             timestamptz not null,
  count               integer not null
) with (fillfactor = 70);
