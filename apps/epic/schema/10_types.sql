-- Enumerations.

create type user_role as enum ('USER', 'PREMIUM', 'ADMIN');
comment on type user_role is 'USER; PREMIUM with higher quotas, own keys and earlier jobs; ADMIN for support and monitoring.';

create type project_status as enum ('DRAFT', 'READY', 'PROCESSING', 'COMPLETED', 'FAILED');
comment on type project_status is 'DRAFT to READY or FAILED; READY to PROCESSING or DRAFT; PROCESSING to COMPLETED or FAILED; COMPLETED to DRAFT; FAILED to DRAFT or READY.';

create type job_status as enum ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');
comment on type job_status is 'QUEUED to RUNNING or CANCELLED; RUNNING to SUCCEEDED, FAILED or CANCELLED; FAILED to QUEUED while attempts are left.';

create type asset_type as enum ('IMAGE', 'AUDIO', 'VIDEO', 'TEXT', 'JSON');
comment on type asset_type is 'What an asset is.';
