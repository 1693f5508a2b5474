-- What is to be done, is being done and was done. Runs on H2 and on PostgreSQL.

create table job (
    -- The SHA-256 of what is to be done: the same order is the same job.
    id varchar(64) primary key,
    operation varchar(30) not null,
    -- Which workers may run it.
    capability varchar(60) not null,
    -- queued, running, succeeded, failed or cancelled
    state varchar(20) not null,
    -- A line for people.
    subject varchar(1000) not null,
    -- The order, as JSON.
    content text not null,
    submitted timestamp with time zone not null,
    submitted_by varchar(200) not null,
    started timestamp with time zone,
    ended timestamp with time zone,
    attempt integer not null,
    -- Who runs it or ran it last.
    worker varchar(200) not null,
    -- none, process or sandbox; empty before it ran
    isolation varchar(20) not null,
    cancel_asked timestamp with time zone,
    -- Whether a failure lies with the machine, not with the model: then the same order may be tried again.
    transient_failure boolean not null,
    -- What came out, as JSON: a result, or what was wrong.
    outcome text
);
create index job_state on job (state, submitted);
create index job_submitted on job (submitted);

create table job_event (
    job_id varchar(64) not null references job (id),
    -- 1, 2, 3 ... within the job
    seq bigint not null,
    happened timestamp with time zone not null,
    kind varchar(40) not null,
    -- JSON
    detail text not null,
    primary key (job_id, seq)
);

-- db-scheduler's own table, as its documentation gives it for PostgreSQL.
create table scheduled_tasks (
    task_name varchar(100) not null,
    task_instance varchar(100) not null,
    task_data bytea,
    execution_time timestamp with time zone not null,
    picked boolean not null,
    picked_by varchar(100),
    last_success timestamp with time zone,
    last_failure timestamp with time zone,
    consecutive_failures int,
    last_heartbeat timestamp with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time asc);
