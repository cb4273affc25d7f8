-- Until when a task counts as under way: whoever is at it says so again and again.
alter table console_task add column alive_until timestamptz;
update console_task set alive_until = asked_at;
alter table console_task alter column alive_until set not null;

-- Whether a person was told otherwise than by Kept's letter that her restriction ends, by the word of somebody of the staff.
alter table request_lift add column otherwise boolean not null default false;

-- Whether staff have heard that a letter did not reach the person.
alter table mail add column staff_told boolean not null default false;
create index mail_failed on mail (done_at) where state in ('undeliverable', 'given-up') and not staff_told;
