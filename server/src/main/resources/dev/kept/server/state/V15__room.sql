-- Who acted, where a sign-in provider knows her: a name is for people to read, and may be another's, too; issuer and subject are one person's for good.
alter table private_log add column issuer text;
alter table private_log add column subject text;
alter table private_log add constraint private_log_account check ((issuer is null) = (subject is null));

-- The provider's ID token, sealed with the session's own secret: with it somebody who signs out here is signed out there, too.
alter table staff_session add column id_token bytea;

-- An erasure that was decided on and has begun: nobody is left alone any more whose data may be gone in part.
alter table suppression_doubt add column erasing_at timestamptz;

-- How another system called a request that was taken over from it: it is taken over once.
alter table request add column reference text;
create unique index request_reference on request (reference) where reference is not null;

-- Letters that went to one address today.
create index request_on_file_address on request_on_file (lower(address));
