CREATE TYPE "renamed enum" AS ENUM ('a_b', 'C-D', 'e1');

CREATE TABLE "AVeryLongModelNameThatGoesOnAndOnUntilItReachesTheLimitOfNames" (
    "identifierOfThisVeryLongModel" INTEGER NOT NULL,
    "aFieldWithALongName" TEXT NOT NULL,
    "another_field_with_a_long_name" TEXT NOT NULL,
    "otherId" INTEGER NOT NULL,

    CONSTRAINT "AVeryLongModelNameThatGoesOnAndOnUntilItReachesTheLimitOfN_pkey" PRIMARY KEY ("identifierOfThisVeryLongModel")
);

CREATE TABLE "AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOff" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOff_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ThirdModelWithANameThatIsAboutAsLongAsTheOthersAreInThisFile" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "ThirdModelWithANameThatIsAboutAsLongAsTheOthersAreInThisFi_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "häuser mit über­langen nämen" (
    "id" INTEGER NOT NULL,
    "größe_des_schönen_hauses_über_dem_fluß_an_der_brücke" TEXT NOT NULL,
    "ein 'quoted' name" TEXT NOT NULL,

    CONSTRAINT "häuser mit über­langen nämen_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "mapped.table" (
    "Id" INTEGER NOT NULL,
    "owner_id" INTEGER NOT NULL,

    CONSTRAINT "mapped.table_pkey" PRIMARY KEY ("Id")
);

CREATE TABLE "owners" (
    "owner_key" INTEGER NOT NULL,

    CONSTRAINT "owners_pkey" PRIMARY KEY ("owner_key")
);

CREATE TABLE "UsesEnum" (
    "id" INTEGER NOT NULL,
    "e" "renamed enum" NOT NULL DEFAULT 'a_b',
    "f" "renamed enum" DEFAULT 'C-D',
    "g" "renamed enum"[],

    CONSTRAINT "UsesEnum_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOffToThirdM" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOff_AB_pkey" PRIMARY KEY ("A","B")
);

CREATE TABLE "_ownsMany" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_ownsMany_AB_pkey" PRIMARY KEY ("A","B")
);

CREATE UNIQUE INDEX "short" ON "AVeryLongModelNameThatGoesOnAndOnUntilItReachesTheLimitOfNames"("aFieldWithALongName");

CREATE INDEX "AVeryLongModelNameThatGoesOnAndOnUntilItReachesTheLimitOfNa_idx" ON "AVeryLongModelNameThatGoesOnAndOnUntilItReachesTheLimitOfNames"("aFieldWithALongName", "another_field_with_a_long_name");

CREATE INDEX "häuser mit über­langen nämen_größe_des_schönen_hause_idx" ON "häuser mit über­langen nämen"("größe_des_schönen_hauses_über_dem_fluß_an_der_brücke");

CREATE INDEX "häuser mit über­langen nämen_ein 'quoted' name_idx" ON "häuser mit über­langen nämen"("ein 'quoted' name");

CREATE UNIQUE INDEX "häuser mit über­langen nämen_größe_des_schönen_hause_key" ON "häuser mit über­langen nämen"("größe_des_schönen_hauses_über_dem_fluß_an_der_brücke", "ein 'quoted' name");

CREATE INDEX "mapped.table_owner_id_idx" ON "mapped.table"("owner_id");

CREATE INDEX "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOff_B_index" ON "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOffToThirdM"("B");

CREATE INDEX "_ownsMany_B_index" ON "_ownsMany"("B");

ALTER TABLE "AVeryLongModelNameThatGoesOnAndOnUntilItReachesTheLimitOfNames" ADD CONSTRAINT "AVeryLongModelNameThatGoesOnAndOnUntilItReachesTheLimitOfN_fkey" FOREIGN KEY ("otherId") REFERENCES "AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "mapped.table" ADD CONSTRAINT "mapped.table_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owners"("owner_key") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOffToThirdM" ADD CONSTRAINT "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOffT_A_fkey" FOREIGN KEY ("A") REFERENCES "AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOffToThirdM" ADD CONSTRAINT "_AnotherVeryLongModelNameWhoseForeignKeyNeedsToBeCutOffT_B_fkey" FOREIGN KEY ("B") REFERENCES "ThirdModelWithANameThatIsAboutAsLongAsTheOthersAreInThisFile"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_ownsMany" ADD CONSTRAINT "_ownsMany_A_fkey" FOREIGN KEY ("A") REFERENCES "mapped.table"("Id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_ownsMany" ADD CONSTRAINT "_ownsMany_B_fkey" FOREIGN KEY ("B") REFERENCES "owners"("owner_key") ON DELETE CASCADE ON UPDATE CASCADE;
