-- A step is written from the row of its run in the same statement, and no run is deleted: looking the run up again for each step says nothing more.
alter table run_step drop constraint run_step_run_fkey;

-- Written in the order in which they end: an index of ranges costs nothing with each.
drop index private_log_ends;
create index private_log_ends on private_log using brin (ends_at);

-- Hashes of one run are found by its T, which is theirs, and their number.
drop index suppression_run;
create index suppression_erased on suppression using brin (erased_at);
