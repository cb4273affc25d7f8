-- Who of the staff is signed in. Of everything that opens something only a hash lies here; names end with their session.

create table staff_session (
  id                  uuid primary key,
  token_hash          bytea not null unique,
  issuer              text,                 -- null where a one-time link began it
  subject             text,
  provider_session    text,                 -- the provider's `sid`, for its logout tokens
  names               text[] not null,
  roles               text[] not null,
  renewal             bytea,                -- the provider's refresh token, sealed with the session's own secret
  confirmed_at        timestamptz not null, -- when the provider last said that she is still who she was
  asked_at            timestamptz not null, -- when it was last asked
  began_at            timestamptz not null,
  seen_at             timestamptz not null,
  ends_at             timestamptz not null
);
create index staff_session_subject on staff_session (issuer, subject);
create index staff_session_ends on staff_session (ends_at);

-- Sign-ins that began and have not come back from the provider.
create table sign_in (
  state_hash          bytea primary key,
  browser_hash        bytea not null,
  nonce               text not null,
  verifier            text not null,        -- PKCE, RFC 7636
  ends_at             timestamptz not null
);

create table sign_in_link (
  token_hash          bytea primary key,
  name                text not null,
  roles               text[] not null,
  ends_at             timestamptz not null
);

-- Logout tokens that were taken, so that none is taken twice.
create table logout_token (
  hash                bytea primary key,
  ends_at             timestamptz not null
);

create table api_key (
  id                  uuid primary key,
  key_hash            bytea not null unique,
  name                text not null,
  scopes              text[] not null,
  granted_at          timestamptz not null,
  ends_at             timestamptz not null,
  revoked_at          timestamptz,
  used_on             date,
  actor_commitment    text not null
);

-- What staff asked to be looked at, which takes longer than a page may: the last of each kind and subject.
create table console_task (
  kind                text not null,        -- look-ahead, verify
  subject             text not null,        -- a store; empty for the ledger
  asked_at            timestamptz not null,
  ended_at            timestamptz,
  result              text,                 -- counts, never values
  problem             text,
  primary key (kind, subject)
);

create index run_begun on run (started_at desc, id desc);
create index journal_kind on journal (kind, seq desc);

-- Lists of requests by kind and stage, each in the order in which it is shown.
create index request_open_kind on request (kind, due_on, id) where closed_at is null;
create index request_open_stage on request (stage, due_on, id) where closed_at is null;
create index request_closed on request (first_received_at desc, id desc) where closed_at is not null;
create index request_closed_kind on request (kind, first_received_at desc, id desc) where closed_at is not null;
create index request_closed_stage on request (stage, first_received_at desc, id desc) where closed_at is not null;
