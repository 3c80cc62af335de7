CREATE TABLE "Job" (
    "id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "done" BOOLEAN NOT NULL,
    "ended" TIMESTAMP(3),

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Job_owner_key" ON "Job"("owner") WHERE (state = 'open');

CREATE INDEX "Job_run_idx" ON "Job"("run") WHERE (done IS NOT TRUE);

CREATE INDEX "ended_open" ON "Job"("ended") WHERE ("done" = false);

CREATE INDEX "not_done" ON "Job"("owner", "run") WHERE ("done" != true AND "ended" IS NOT NULL);

CREATE INDEX "hash_partial" ON "Job" USING HASH ("state") WHERE (run > 3);

CREATE UNIQUE INDEX "Job_run_owner_key" ON "Job"("run", "owner") WHERE ("state" = 'open' AND "ended" IS NULL);
