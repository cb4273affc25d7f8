-- Recipients who are told of erasures, rectifications and restrictions (Art. 19), and messages to addresses on the web.

create table hook (
  id                  uuid primary key,
  recipient           text not null,        -- whose settings say where to, and which keys sign
  type                text not null,        -- of the event (CloudEvents)
  request             uuid,
  state               text not null,        -- waiting, sending, taken, given-up
  tries               integer not null default 0,
  made_at             timestamptz not null,
  due_at              timestamptz not null, -- waiting: when it is tried next; sending: when another process may take it
  done_at             timestamptz,
  taken               uuid,                 -- by which attempt
  sealed              bytea                 -- the message; gone once it is taken or given up
);
create index hook_due on hook (due_at) where state in ('waiting', 'sending');

create table hook_key (
  hook                uuid primary key references hook on delete cascade,
  key                 bytea not null
);

-- What came of each try.
create table hook_attempt (
  hook                uuid not null references hook on delete cascade,
  number              integer not null,
  at                  timestamptz not null,
  outcome             text not null,        -- a status or a word, never what a server said
  primary key (hook, number)
);

create table informing (
  id                  uuid primary key,
  request             uuid not null,
  recipient           text not null,        -- its name in the notice
  done                text not null,        -- erasure, rectification, restriction
  way                 text not null,        -- mail, webhook, by-hand
  state               text not null,        -- waiting, told, confirmed, task, closed
  reason              text,                 -- why it is a task
  made_at             timestamptz not null,
  told_at             timestamptz,
  due_at              timestamptz not null, -- when it is looked at next, or a task is to be done
  ended_at            timestamptz,
  reminders           integer not null default 0,
  mail                uuid,                 -- the last one
  hook                uuid,
  confirm             bytea not null unique, -- SHA-256 of what a confirmation must name
  actor_commitment    text,                 -- of whoever closed the task
  sealed              bytea                 -- by what the recipient knows the person; gone once it is confirmed or closed
);
create index informing_request on informing (request);
create index informing_due on informing (due_at) where state in ('waiting', 'told');
create index informing_task on informing (due_at) where state = 'task';

create table informing_key (
  informing           uuid primary key references informing on delete cascade,
  key                 bytea not null
);
