CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "teacherId" INTEGER,
    "nextId" INTEGER,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Profile" (
    "id" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Post" (
    "id" TEXT NOT NULL,
    "authorId" INTEGER NOT NULL,
    "editorId" INTEGER,

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Topic" (
    "slug" VARCHAR(40) NOT NULL,

    CONSTRAINT "Topic_pkey" PRIMARY KEY ("slug")
);

CREATE TABLE "labels" (
    "label_id" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "labels_pkey" PRIMARY KEY ("label_id")
);

CREATE TABLE "Team" (
    "country" TEXT NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("country","number")
);

CREATE TABLE "team_members" (
    "id" INTEGER NOT NULL,
    "country" TEXT,
    "number" INTEGER,
    "user_id" INTEGER NOT NULL,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Letter" (
    "id" INTEGER NOT NULL,
    "to" TEXT DEFAULT 'nobody',

    CONSTRAINT "Letter_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Mixed" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NOT NULL,
    "b" INTEGER,

    CONSTRAINT "Mixed_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Target" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL
);

CREATE TABLE "_follows" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_follows_AB_pkey" PRIMARY KEY ("A","B")
);

CREATE TABLE "_PostToTopic" (
    "A" TEXT NOT NULL,
    "B" VARCHAR(40) NOT NULL,

    CONSTRAINT "_PostToTopic_AB_pkey" PRIMARY KEY ("A","B")
);

CREATE TABLE "_labelled" (
    "A" UUID NOT NULL,
    "B" TEXT NOT NULL,

    CONSTRAINT "_labelled_AB_pkey" PRIMARY KEY ("A","B")
);

CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

CREATE UNIQUE INDEX "User_nextId_key" ON "User"("nextId");

CREATE UNIQUE INDEX "Profile_userId_key" ON "Profile"("userId");

CREATE UNIQUE INDEX "Target_a_b_key" ON "Target"("a", "b");

CREATE INDEX "_follows_B_index" ON "_follows"("B");

CREATE INDEX "_PostToTopic_B_index" ON "_PostToTopic"("B");

CREATE INDEX "_labelled_B_index" ON "_labelled"("B");

ALTER TABLE "User" ADD CONSTRAINT "User_teacherId_fkey" FOREIGN KEY ("teacherId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "User" ADD CONSTRAINT "User_nextId_fkey" FOREIGN KEY ("nextId") REFERENCES "User"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "Profile" ADD CONSTRAINT "Profile_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Post" ADD CONSTRAINT "Post_editorId_fkey" FOREIGN KEY ("editorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "team_members" ADD CONSTRAINT "team_members_country_number_fkey" FOREIGN KEY ("country", "number") REFERENCES "Team"("country", "number") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "team_members" ADD CONSTRAINT "member_belongs_to" FOREIGN KEY ("user_id") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "Letter" ADD CONSTRAINT "Letter_to_fkey" FOREIGN KEY ("to") REFERENCES "User"("email") ON DELETE SET DEFAULT ON UPDATE SET NULL;

ALTER TABLE "Mixed" ADD CONSTRAINT "Mixed_a_b_fkey" FOREIGN KEY ("a", "b") REFERENCES "Target"("a", "b") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "_follows" ADD CONSTRAINT "_follows_A_fkey" FOREIGN KEY ("A") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_follows" ADD CONSTRAINT "_follows_B_fkey" FOREIGN KEY ("B") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_PostToTopic" ADD CONSTRAINT "_PostToTopic_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_PostToTopic" ADD CONSTRAINT "_PostToTopic_B_fkey" FOREIGN KEY ("B") REFERENCES "Topic"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_labelled" ADD CONSTRAINT "_labelled_A_fkey" FOREIGN KEY ("A") REFERENCES "labels"("label_id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "_labelled" ADD CONSTRAINT "_labelled_B_fkey" FOREIGN KEY ("B") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;
