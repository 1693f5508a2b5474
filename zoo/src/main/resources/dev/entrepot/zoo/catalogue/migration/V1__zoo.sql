-- Runs on H2 and on PostgreSQL. Digests are 64 hexadecimal digits.

create table namespace (
    id bigint generated always as identity primary key,
    name varchar(96) not null unique,
    created timestamp with time zone not null
);

create table model (
    id bigint generated always as identity primary key,
    namespace_id bigint not null references namespace (id),
    name varchar(96) not null,
    -- Numbers are never given twice, also after versions were removed.
    last_number integer not null,
    created timestamp with time zone not null,
    unique (namespace_id, name)
);

-- Never changes, but for its removal: then its files go and the row stays.
create table version (
    id bigint generated always as identity primary key,
    model_id bigint not null references model (id),
    number integer not null,
    manifest varchar(64) not null,
    recipe varchar(64) not null,
    published timestamp with time zone not null,
    published_by varchar(200) not null,
    removed timestamp with time zone,
    title varchar(1000) not null,
    framework varchar(100) not null,
    format varchar(1000) not null,
    licence varchar(1000) not null,
    task varchar(200) not null,
    model_sha256 varchar(64) not null,
    model_bytes bigint not null,
    opset bigint not null,
    ir_version bigint not null,
    nodes bigint not null,
    parameters bigint not null,
    -- What a search for words looks in, in small letters.
    words text not null,
    -- The manifest.
    content text not null,
    unique (model_id, number)
);
create index version_manifest on version (manifest);
create index version_recipe on version (recipe);

create table version_file (
    version_id bigint not null references version (id),
    path varchar(1024) not null,
    digest varchar(64) not null,
    bytes bigint not null,
    purpose varchar(30) not null,
    primary key (version_id, path)
);
create index version_file_digest on version_file (digest);

create table version_operator (
    version_id bigint not null references version (id),
    operator varchar(300) not null,
    uses bigint not null,
    primary key (version_id, operator)
);
create index version_operator_name on version_operator (operator);

create table version_tag (
    version_id bigint not null references version (id),
    tag varchar(200) not null,
    primary key (version_id, tag)
);

create table alias (
    model_id bigint not null references model (id),
    name varchar(63) not null,
    version_id bigint not null references version (id),
    moved timestamp with time zone not null,
    moved_by varchar(200) not null,
    primary key (model_id, name)
);

create table edge (
    version_id bigint not null references version (id),
    kind varchar(100) not null,
    -- A version's name, or sha256:... of a file that came in.
    target varchar(400) not null,
    primary key (version_id, kind, target)
);
create index edge_target on edge (target);

create table validation_run (
    id bigint generated always as identity primary key,
    version_id bigint not null references version (id),
    created timestamp with time zone not null,
    verdict varchar(50) not null,
    reason varchar(2000) not null,
    provider varchar(50) not null,
    runtime varchar(200) not null,
    -- none, process or sandbox
    isolation varchar(50) not null,
    report varchar(64) not null
);
create index validation_run_version on validation_run (version_id);

create table metric (
    run_id bigint not null references validation_run (id),
    data_set varchar(300) not null,
    output varchar(300) not null,
    name varchar(100) not null,
    amount double precision not null,
    primary key (run_id, data_set, output, name)
);

-- Blobs that somebody other than a version needs, until a moment or until released.
create table blob_hold (
    digest varchar(64) not null,
    holder varchar(200) not null,
    expires timestamp with time zone,
    primary key (digest, holder)
);
create index blob_hold_holder on blob_hold (holder);

create table audit (
    id bigint generated always as identity primary key,
    happened timestamp with time zone not null,
    actor varchar(200) not null,
    deed varchar(100) not null,
    subject varchar(600) not null,
    detail varchar(4000) not null
);
create index audit_subject on audit (subject);
