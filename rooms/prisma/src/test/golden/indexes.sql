CREATE EXTENSION IF NOT EXISTS "bloom";

CREATE EXTENSION IF NOT EXISTS "citext";

CREATE EXTENSION IF NOT EXISTS "hstore" WITH SCHEMA "public";

CREATE EXTENSION IF NOT EXISTS "pg_trgm";

CREATE EXTENSION IF NOT EXISTS "postgis" WITH VERSION "3.3";

CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

CREATE TABLE "Many" (
    "id" INTEGER NOT NULL,
    "a" TEXT NOT NULL,
    "second" TEXT NOT NULL,
    "c" INTEGER NOT NULL,
    "when" TIMESTAMP(3) NOT NULL,
    "single" TEXT NOT NULL,
    "mapped" TEXT NOT NULL,
    "json" JSONB NOT NULL,
    "tags" TEXT[],
    "place" INET NOT NULL,
    "uuid" UUID NOT NULL,

    CONSTRAINT "Many_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "keyed_things" (
    "a" INTEGER NOT NULL,
    "bee" TEXT NOT NULL,
    "c" INTEGER NOT NULL,

    CONSTRAINT "keyed_things_pkey" PRIMARY KEY ("a","bee")
);

CREATE TABLE "NamedKey" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,

    CONSTRAINT "own_pk" PRIMARY KEY ("a","b")
);

CREATE TABLE "FieldKey" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "custom_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "NoKey" (
    "code" TEXT NOT NULL
);

CREATE TABLE "SortedKey" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,

    CONSTRAINT "SortedKey_pkey" PRIMARY KEY ("b","a")
);

CREATE UNIQUE INDEX "Many_when_key" ON "Many"("when" DESC);

CREATE UNIQUE INDEX "Many_single_key" ON "Many"("single");

CREATE UNIQUE INDEX "own_name" ON "Many"("mapped");

CREATE INDEX "Many_a_idx" ON "Many"("a");

CREATE INDEX "Many_a_second_c_idx" ON "Many"("a", "second", "c");

CREATE INDEX "by_second" ON "Many"("second", "a");

CREATE INDEX "Many_a_second_idx" ON "Many"("a" DESC, "second");

CREATE INDEX "Many_c_idx" ON "Many" USING HASH ("c");

CREATE INDEX "Many_json_idx" ON "Many" USING GIN ("json");

CREATE INDEX "json_paths" ON "Many" USING GIN ("json" jsonb_path_ops);

CREATE INDEX "json_ops" ON "Many" USING GIN ("json" jsonb_ops);

CREATE INDEX "Many_tags_idx" ON "Many" USING GIN ("tags");

CREATE INDEX "tags_ops" ON "Many" USING GIN ("tags" array_ops);

CREATE INDEX "Many_place_idx" ON "Many" USING GIST ("place" inet_ops);

CREATE INDEX "place_spgist" ON "Many" USING SPGIST ("place" inet_ops);

CREATE INDEX "a_spgist" ON "Many" USING SPGIST ("a" text_ops);

CREATE INDEX "c_brin" ON "Many" USING BRIN ("c");

CREATE INDEX "c_brin_multi" ON "Many" USING BRIN ("c" int4_minmax_multi_ops);

CREATE INDEX "when_brin" ON "Many" USING BRIN ("when" timestamp_minmax_ops);

CREATE INDEX "uuid_brin" ON "Many" USING BRIN ("uuid" uuid_bloom_ops);

CREATE INDEX "a_trgm" ON "Many" USING GIN ("a" gin_trgm_ops);

CREATE INDEX "a_pattern" ON "Many"("a" text_pattern_ops DESC);

CREATE INDEX "bare" ON "Many" USING GIN ("json");

CREATE INDEX "bare_sorted" ON "Many"("c" DESC);

CREATE UNIQUE INDEX "Many_a_c_key" ON "Many"("a", "c");

CREATE UNIQUE INDEX "b_and_c" ON "Many"("second", "c");

CREATE UNIQUE INDEX "Many_c_a_key" ON "Many"("c", "a");

CREATE UNIQUE INDEX "Many_c_second_key" ON "Many"("c" DESC, "second");

CREATE UNIQUE INDEX "NoKey_code_key" ON "NoKey"("code");
