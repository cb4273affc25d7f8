-- The journal becomes the ledger: its entries are numbered without gaps, in the order of their commits.

alter table journal alter column seq drop identity;
update journal set seq = -seq;
update journal set seq = numbered.position - 1
  from (select seq as before, row_number() over (order by seq desc) as position from journal) as numbered
  where seq = numbered.before;
alter table journal add check (octet_length(entry) <= 65300);
create index journal_run on journal (run) where run is not null;

-- How many entries there are. Whoever adds some locks it, as the last thing before the commit: an abort leaves no gap.
create table ledger_head (
  only_row            boolean primary key default true check (only_row),
  size                bigint not null check (size >= 0)
) with (fillfactor = 10);
insert into ledger_head (size) select count(*) from journal;

-- Hashes of the Merkle tree, as C2SP tlog-tiles divides them; the last tile of a level may be partial.
create table ledger_tile (
  level               smallint,
  index               bigint,
  hashes              bytea not null,
  primary key (level, index)
);
alter table ledger_tile alter column hashes set storage external;

create table ledger_checkpoint (
  size                bigint primary key,
  at                  timestamptz not null,
  note                text not null         -- C2SP tlog-checkpoint
);

create table ledger_key (
  number              bigint generated always as identity,
  verifier            text primary key,     -- C2SP signed-note: name+id+key
  signer              text,                 -- the private half; destroyed once it signs no more
  since               timestamptz not null,
  retires_at          timestamptz
);
