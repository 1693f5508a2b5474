-- What callers asked for. Runs on H2 and on PostgreSQL.

-- Requests that are told apart by a key of their caller's, so that one that comes twice is answered once.
create table idempotency_key (
    caller varchar(200) not null,
    name varchar(255) not null,
    -- The SHA-256 of the request.
    fingerprint varchar(64) not null,
    begun timestamp with time zone not null,
    -- The answer; null as long as there is none.
    status integer,
    location varchar(1000),
    body text,
    primary key (caller, name)
);
create index idempotency_key_begun on idempotency_key (begun);

-- Who asked for a job: equal orders of several callers are one job, and each of them may have what comes out.
create table job_caller (
    job_id varchar(64) not null references job (id),
    caller varchar(200) not null,
    primary key (job_id, caller)
);

create index job_ended on job (ended);
