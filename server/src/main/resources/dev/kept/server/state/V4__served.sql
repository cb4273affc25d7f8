-- What the server shows, made by one process and served by all: the last report, whole.

create table served (
  path                text primary key,
  media_type          text not null,
  body                bytea not null,
  made_at             timestamptz not null
);

-- Work that is done now and then by one of several processes (db-scheduler's table, its names).
create table scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

-- The versions of the notice that the ledger has.
create table published (
  hash                 text primary key,
  entered_at           timestamptz not null
);
