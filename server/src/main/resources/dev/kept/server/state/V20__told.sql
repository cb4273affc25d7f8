-- Until when a task counts as under way: whoever is at it says so again and again.
alter table console_task add column alive_until timestamptz;
update console_task set alive_until = asked_at;
alter table console_task alter column alive_until set not null;

-- Whether a person was told otherwise than by Kept's letter that her restriction ends, by the word of somebody of the staff.
alter table request_lift add column otherwise boolean not null default false;

-- Whether staff have heard that a letter did not reach the person, or left when it was too late. Of those of before they hear nothing, since what was
-- extended or lifted by them has happened; but of those that tell of the end of a restriction which has not ended, and by them does not.
alter table mail add column staff_told boolean not null default false;
update mail set staff_told = true
  where (state in ('undeliverable', 'given-up') or (state = 'sent' and done_at >= ends_at))
    and not (kind = 'restriction-ends' and exists (select from request_lift lift
      where lift.request = mail.request and lift.lifted_at is null and lift.told_at <= mail.made_at));
create index mail_failed on mail (done_at)
  where not staff_told and (state in ('undeliverable', 'given-up') or (state = 'sent' and done_at >= ends_at));

-- A letter that still waits tells nothing on the day itself, wherever that begins first.
update mail set ends_at = least(mail.ends_at, lift.on_day::timestamp at time zone 'UTC' - interval '14 hours')
  from request_lift lift where lift.request = mail.request and mail.kind = 'restriction-ends' and mail.state in ('waiting', 'sending')
    and lift.lifted_at is null and lift.told_at <= mail.made_at;
