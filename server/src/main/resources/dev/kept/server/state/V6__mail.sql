-- Mails that wait, and what became of those that went. To whom and what they say lies sealed, under a key of each one's own, until it is sent.

create table mail (
  id                  uuid primary key,
  kind                text not null,
  request             uuid,                 -- what it speaks of
  state               text not null,        -- waiting, sending, sent, undeliverable, given-up
  reason              text,                 -- a word or a status code, never what a server said
  tries               integer not null default 0,
  made_at             timestamptz not null,
  due_at              timestamptz not null, -- waiting: when it is tried next; sending: when another process may take it
  ends_at             timestamptz not null, -- after this it is not sent any more
  done_at             timestamptz,
  taken               uuid,                 -- by which attempt
  sealed              bytea,                -- address, subject, text, salt; gone once it is sent or given up
  tag                 bytea not null,       -- SHA-256 of what a bounce must name
  commitment          text not null         -- SHA-256 over a salt that goes with the content, and the text
);
create index mail_due on mail (due_at) where state in ('waiting', 'sending');
create index mail_request on mail (request) where request is not null;
create unique index mail_tag on mail (tag);

-- A table of its own, so that a backup can leave it out.
create table mail_key (
  mail                uuid primary key references mail on delete cascade,
  key                 bytea not null
);
