CREATE TABLE "Kept" (
    "id" INTEGER NOT NULL,
    "hidden" TEXT NOT NULL,
    "geo" polygon NOT NULL DEFAULT '((0,0),(1,1))'::polygon,

    CONSTRAINT "Kept_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "NoKey" (
    "name" TEXT,
    "keptId" INTEGER NOT NULL
);

CREATE TABLE "Hidden" (
    "id" INTEGER NOT NULL,
    "keptId" INTEGER NOT NULL,

    CONSTRAINT "Hidden_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "unsupported_key" (
    "where" point NOT NULL,
    "name" TEXT NOT NULL
);

CREATE UNIQUE INDEX "unsupported_key_name_key" ON "unsupported_key"("name");

ALTER TABLE "NoKey" ADD CONSTRAINT "NoKey_keptId_fkey" FOREIGN KEY ("keptId") REFERENCES "Kept"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Hidden" ADD CONSTRAINT "Hidden_keptId_fkey" FOREIGN KEY ("keptId") REFERENCES "Kept"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
