-- Calls of programs that may be sent again (Idempotency-Key). Only hashes of what was sent, and answers without personal data; all of it ends
-- after a day.

create table api_call (
  api_key             uuid not null,
  call_hash           bytea not null,               -- of the Idempotency-Key
  fingerprint         bytea not null,               -- of method, path and body, keyed with the Idempotency-Key itself
  busy_until          timestamptz not null,         -- a process that has not answered by then has broken off
  status              integer,                      -- of the answer, once there is one
  headers             jsonb,
  body                bytea,
  ends_at             timestamptz not null,
  primary key (api_key, call_hash)
);
create index api_call_ends on api_call (ends_at);

-- Written in the transaction in which a call does what it asks: it does so once, whatever breaks off and however often it is sent.
create table api_effect (
  api_key             uuid not null,
  call_hash           bytea not null,
  done_to             uuid not null,                -- the request's id; it ends with the call
  primary key (api_key, call_hash),
  constraint api_effect_call foreign key (api_key, call_hash) references api_call on delete cascade
);

-- Tokens by which the company's own site handed somebody over: each is good once. Hashes only, until the token ends by itself.
create table site_token (
  hash                bytea primary key,
  ends_at             timestamptz not null
);
create index site_token_ends on site_token (ends_at);

create index run_started on run (started_at desc, id desc);
