create schema s;
create publication p;
