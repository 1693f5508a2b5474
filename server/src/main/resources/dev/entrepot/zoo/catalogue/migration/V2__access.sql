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
