-- Who may do what. Runs on H2 and on PostgreSQL.

create table access_token (
    id varchar(16) primary key,
    -- The SHA-256 of the secret, which is random and long enough to need no salt.
    secret varchar(64) not null,
    role varchar(20) not null,
    label varchar(200) not null,
    created timestamp with time zone not null,
    expires timestamp with time zone,
    revoked timestamp with time zone
);

-- Answers to requests with an Idempotency-Key, so that the same request is answered the same way again.
create table idempotency (
    caller varchar(200) not null,
    idempotency_key varchar(200) not null,
    fingerprint varchar(64) not null,
    created timestamp with time zone not null,
    -- 0 while the request is being answered
    status integer not null,
    location varchar(1000) not null,
    content_type varchar(200) not null,
    body text not null,
    primary key (caller, idempotency_key)
);
create index idempotency_created on idempotency (created);
