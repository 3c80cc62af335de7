CREATE SCHEMA IF NOT EXISTS "auth";

CREATE SCHEMA IF NOT EXISTS "shop";

CREATE TYPE "auth"."Kind" AS ENUM ('PERSON', 'MACHINE');

CREATE TYPE "order_state" AS ENUM ('OPEN', 'DONE');

CREATE TABLE "auth"."User" (
    "id" SERIAL NOT NULL,
    "kind" "auth"."Kind" NOT NULL DEFAULT 'PERSON',

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "shop"."orders" (
    "id" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,
    "state" "order_state" NOT NULL,
    "states" "order_state"[] DEFAULT ARRAY['OPEN']::"order_state"[],

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "shop"."Good" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Good_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Plain" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Plain_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "shop"."_GoodToUser" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_GoodToUser_AB_pkey" PRIMARY KEY ("A","B")
);

CREATE INDEX "orders_userId_idx" ON "shop"."orders"("userId");

CREATE INDEX "_GoodToUser_B_index" ON "shop"."_GoodToUser"("B");

ALTER TABLE "shop"."orders" ADD CONSTRAINT "orders_userId_fkey" FOREIGN KEY ("userId") REFERENCES "auth"."User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "shop"."_GoodToUser" ADD CONSTRAINT "_GoodToUser_A_fkey" FOREIGN KEY ("A") REFERENCES "shop"."Good"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "shop"."_GoodToUser" ADD CONSTRAINT "_GoodToUser_B_fkey" FOREIGN KEY ("B") REFERENCES "auth"."User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
