CREATE TABLE "Plain" (
    "id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "flag" BOOLEAN NOT NULL,
    "whole" INTEGER NOT NULL,
    "large" BIGINT NOT NULL,
    "floating" DOUBLE PRECISION NOT NULL,
    "exact" DECIMAL(65,30) NOT NULL,
    "moment" TIMESTAMP(3) NOT NULL,
    "document" JSONB NOT NULL,
    "blob" BYTEA NOT NULL,

    CONSTRAINT "Plain_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Nullable" (
    "id" INTEGER NOT NULL,
    "text" TEXT,
    "flag" BOOLEAN,
    "whole" INTEGER,
    "large" BIGINT,
    "floating" DOUBLE PRECISION,
    "exact" DECIMAL(65,30),
    "moment" TIMESTAMP(3),
    "document" JSONB,
    "blob" BYTEA,

    CONSTRAINT "Nullable_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Lists" (
    "id" INTEGER NOT NULL,
    "texts" TEXT[],
    "flags" BOOLEAN[],
    "wholes" INTEGER[],
    "larges" BIGINT[],
    "floatings" DOUBLE PRECISION[],
    "exacts" DECIMAL(65,30)[],
    "moments" TIMESTAMP(3)[],
    "documents" JSONB[],
    "blobs" BYTEA[],
    "codes" VARCHAR(8)[],
    "prices" DECIMAL(8,2)[],
    "days" DATE[],
    "ids" UUID[],

    CONSTRAINT "Lists_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Native" (
    "id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "char" CHAR NOT NULL,
    "charN" CHAR(3) NOT NULL,
    "varchar" VARCHAR NOT NULL,
    "varcharN" VARCHAR(191) NOT NULL,
    "bit" BIT NOT NULL,
    "bitN" BIT(4) NOT NULL,
    "varbit" VARBIT NOT NULL,
    "varbitN" VARBIT(7) NOT NULL,
    "uuid" UUID NOT NULL,
    "xml" XML NOT NULL,
    "inet" INET NOT NULL,
    "citext" CITEXT NOT NULL,
    "bool" BOOLEAN NOT NULL,
    "small" SMALLINT NOT NULL,
    "oid" OID NOT NULL,
    "big" BIGINT NOT NULL,
    "double" DOUBLE PRECISION NOT NULL,
    "real" REAL NOT NULL,
    "decimal" DECIMAL NOT NULL,
    "decimalP" DECIMAL(12,0) NOT NULL,
    "decimalPS" DECIMAL(12,4) NOT NULL,
    "money" MONEY NOT NULL,
    "timestamp" TIMESTAMP NOT NULL,
    "timestamp0" TIMESTAMP(0) NOT NULL,
    "timestamptz" TIMESTAMPTZ NOT NULL,
    "timestamp6z" TIMESTAMPTZ(6) NOT NULL,
    "date" DATE NOT NULL,
    "time" TIME NOT NULL,
    "time3" TIME(3) NOT NULL,
    "timetz" TIMETZ NOT NULL,
    "timetz2" TIMETZ(2) NOT NULL,
    "json" JSON NOT NULL,
    "jsonb" JSONB NOT NULL,
    "bytea" BYTEA NOT NULL,
    "point" point NOT NULL,
    "circle" circle,
    "vector" tsvector,
    "boxes" box[],

    CONSTRAINT "Native_pkey" PRIMARY KEY ("id")
);
