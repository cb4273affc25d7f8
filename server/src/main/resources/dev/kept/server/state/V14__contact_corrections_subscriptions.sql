-- Letters to the addresses of the notice, to see whether somebody answers there; and the word of somebody of the company that a letter by post arrived.
create table contact_check (
  id                  uuid primary key,
  rule                text not null,        -- contact.email, contact.post
  address             bytea not null,       -- SHA-256 of the address, as the notice has it
  state               text not null,        -- waiting, answered, came-back, unanswered, not-sent, moved, arrived
  made_at             timestamptz not null,
  ends_at             timestamptz not null, -- when its link ends
  done_at             timestamptz,
  on_day              date,                 -- by post: when it arrived
  mail                uuid,
  token               bytea unique          -- SHA-256 of what an answer must name; gone once nothing can be answered any more
);
create unique index contact_check_waits on contact_check (rule) where state = 'waiting';
create index contact_check_rule on contact_check (rule, address, made_at);
create unique index contact_check_arrived on contact_check (rule, address, on_day) where state = 'arrived';

-- Corrections whose recipients have to hear of them (Art. 19): written with the run, before anything changes.
create table correction (
  run                 uuid primary key,
  store               text not null,
  request             uuid,                 -- for which it was made; none where somebody gave a command
  made_at             timestamptz not null,
  told_at             timestamptz,          -- when its recipients were told, or were to be
  sealed              bytea                 -- by what the person is known, where no request knows it; gone once they are told
);
create index correction_request on correction (request) where request is not null;
create index correction_untold on correction (made_at) where told_at is null and request is null;

create table correction_key (
  run                 uuid primary key references correction on delete cascade,
  key                 bytea not null
);

-- What the ledger has of a mail; where that is another state than the mail's, an entry is due.
alter table mail add column entered text;
create index mail_unentered on mail (done_at) where done_at is not null and entered is distinct from state;

-- Messages to the company's own endpoints: a name of `subscriptions` in kept.yaml, and how far it has the ledger.
alter table hook add column subscription boolean not null default false;
create index hook_subscription on hook (recipient, made_at) where subscription;
create table subscription (
  name                text primary key,
  next_seq            bigint not null,      -- of the ledger: the first entry it has not been told of
  fed_at              timestamptz not null,
  broken              text[] not null default '{}'   -- promises that were broken at the last proof it was told of
);
