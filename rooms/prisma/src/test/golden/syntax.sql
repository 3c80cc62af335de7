CREATE TYPE "Empty_Comment" AS ENUM ('A', 'B');

CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "email" VARCHAR(20) NOT NULL,
    "name" TEXT,
    "tags" TEXT[] DEFAULT ARRAY['a', 'b']::TEXT[],
    "model" TEXT NOT NULL,
    "enum" INTEGER NOT NULL,
    "type" INTEGER NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Post" (
    "id" INTEGER NOT NULL,
    "authorId" INTEGER NOT NULL,

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Last" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Last_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

CREATE INDEX "mine" ON "User"("email", "name" DESC);

CREATE INDEX "User_name_email_idx" ON "User"("name", "email");

ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
