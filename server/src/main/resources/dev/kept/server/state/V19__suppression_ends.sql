-- Hashes are written by the thousand and end in the order in which they were written: an index of ranges costs nothing with each.
drop index suppression_ends;
create index suppression_ends on suppression using brin (ends_at);
