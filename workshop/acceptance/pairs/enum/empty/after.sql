create type z as enum ();
