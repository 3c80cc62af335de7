CREATE TYPE "Size" AS ENUM ('s', 'MIDDLE', 'very large');

CREATE TABLE "Counting" (
    "id" SERIAL NOT NULL,
    "small" SMALLSERIAL NOT NULL,
    "big" BIGSERIAL NOT NULL,

    CONSTRAINT "Counting_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BigKey" (
    "id" BIGSERIAL NOT NULL,

    CONSTRAINT "BigKey_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "SmallKey" (
    "id" SMALLSERIAL NOT NULL,

    CONSTRAINT "SmallKey_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Made" (
    "id" TEXT NOT NULL,
    "uuid4" UUID NOT NULL,
    "uuid7" UUID NOT NULL,
    "cuid" TEXT NOT NULL,
    "cuid2" TEXT NOT NULL,
    "nano" TEXT NOT NULL,
    "nano10" TEXT NOT NULL,
    "ulid" TEXT NOT NULL,
    "server" UUID NOT NULL DEFAULT gen_random_uuid(),
    "bare" TEXT NOT NULL,
    "nothing" INTEGER NOT NULL DEFAULT (1 + 2),
    "quoted" TEXT NOT NULL DEFAULT 'it''s "so"'::text,

    CONSTRAINT "Made_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Moments" (
    "id" INTEGER NOT NULL,
    "now" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "nowTz" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "day" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "clock" TIME(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "given" TIMESTAMP(3) NOT NULL DEFAULT '2020-03-14 15:09:26 +00:00',
    "givenTz" TIMESTAMPTZ NOT NULL DEFAULT '2020-03-14 15:09:26.535 +02:00',
    "changed" TIMESTAMP(3) NOT NULL,
    "both" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Moments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Constants" (
    "id" INTEGER NOT NULL,
    "text" TEXT NOT NULL DEFAULT 'plain',
    "empty" TEXT NOT NULL DEFAULT '',
    "quote" TEXT NOT NULL DEFAULT 'it''s',
    "double" TEXT NOT NULL DEFAULT 'say "hi"',
    "back" TEXT NOT NULL DEFAULT 'a\b',
    "lines" TEXT NOT NULL DEFAULT 'one
two	three',
    "unicode" TEXT NOT NULL DEFAULT 'grün ☃',
    "varchar" VARCHAR(5) NOT NULL DEFAULT 'x',
    "yes" BOOLEAN NOT NULL DEFAULT true,
    "no" BOOLEAN NOT NULL DEFAULT false,
    "zero" INTEGER NOT NULL DEFAULT 0,
    "minus" INTEGER NOT NULL DEFAULT -7,
    "large" BIGINT NOT NULL DEFAULT 9007199254740993,
    "minusBig" BIGINT NOT NULL DEFAULT -9007199254740993,
    "half" DOUBLE PRECISION NOT NULL DEFAULT 0.5,
    "wholeF" DOUBLE PRECISION NOT NULL DEFAULT 3,
    "minusF" DOUBLE PRECISION NOT NULL DEFAULT -2.25,
    "exact" DECIMAL(65,30) NOT NULL DEFAULT 12.340,
    "exactN" DECIMAL(6,2) NOT NULL DEFAULT 12.34,
    "object" JSONB NOT NULL DEFAULT '{"a": [1, "two", null], "b": "it''s"}',
    "list" JSON NOT NULL DEFAULT '[]',
    "bytes" BYTEA NOT NULL DEFAULT '\x48656c6c6f',
    "size" "Size" NOT NULL DEFAULT 'MIDDLE',
    "sizeMap" "Size" NOT NULL DEFAULT 's',
    "sizeQuote" "Size" DEFAULT 'very large',

    CONSTRAINT "Constants_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Lists" (
    "id" INTEGER NOT NULL,
    "texts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "words" TEXT[] DEFAULT ARRAY['a', 'b c', 'it''s', 'back\slash', 'say "hi"']::TEXT[],
    "flags" BOOLEAN[] DEFAULT ARRAY[true, false]::BOOLEAN[],
    "numbers" INTEGER[] DEFAULT ARRAY[1, -2, 3]::INTEGER[],
    "bigs" BIGINT[] DEFAULT ARRAY[1, 9007199254740993]::BIGINT[],
    "floats" DOUBLE PRECISION[] DEFAULT ARRAY[1.5, 2]::DOUBLE PRECISION[],
    "exacts" DECIMAL(65,30)[] DEFAULT ARRAY[1.10, 2]::DECIMAL(65,30)[],
    "sizes" "Size"[] DEFAULT ARRAY['s', 'very large']::"Size"[],
    "noSizes" "Size"[] DEFAULT ARRAY[]::"Size"[],
    "moments" TIMESTAMP(3)[] DEFAULT ARRAY['2020-03-14 15:09:26 +00:00']::TIMESTAMP(3)[],
    "jsons" JSONB[] DEFAULT ARRAY['{"a": 1}', '[]']::JSONB[],
    "blobs" BYTEA[] DEFAULT ARRAY['\x48656c6c6f']::BYTEA[],
    "server" TEXT[] DEFAULT '{a,b}'::text[],
    "codes" VARCHAR(3)[] DEFAULT ARRAY['x']::VARCHAR(3)[],

    CONSTRAINT "Lists_pkey" PRIMARY KEY ("id")
);
