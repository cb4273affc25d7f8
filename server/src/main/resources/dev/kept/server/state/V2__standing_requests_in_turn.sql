-- A sweep looks at so many standing requests, those it has not looked at for longest first.

alter table person_fact add column looked_at timestamptz;
