-- Answers to requests, sealed in chunks under a key of each one's own, until they expire.

create table answer (
  id                  uuid primary key,
  request             uuid not null,
  state               text not null,        -- making, there, gone
  made_at             timestamptz not null,
  ends_at             timestamptz not null, -- making: when whoever makes it has surely ended
  gone_at             timestamptz,
  downloads           integer not null default 0,
  about               bytea                 -- sealed: name, type, size, number of chunks
);
create index answer_request on answer (request);
create index answer_ends on answer (ends_at) where state <> 'gone';

create table answer_chunk (
  answer              uuid not null references answer on delete cascade,
  number              integer not null,
  sealed              bytea not null,
  primary key (answer, number)
);
alter table answer_chunk alter column sealed set storage external;

-- A table of its own, so that a backup can leave it out. There is no key before the answer is whole, and none after it has expired.
create table answer_key (
  answer              uuid primary key references answer on delete cascade,
  key                 bytea not null
);
