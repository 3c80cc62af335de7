package dev.undercroft.prisma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.sql.SqlSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Prisma schema means in SQL, and what is wrong with one. */
class PrismaSchemaTest {

  private static final String USERS =
      """
      datasource db {
        provider = "postgresql"
        url      = env("DATABASE_URL")
      }
      /// A person.
      model User {
        id        Int      @id @default(autoincrement())
        email     String   @unique @db.VarChar(255) // how to reach them
        nick      String?  @map("nick_name")
        tags      String[] @default([])
        role      Role     @default(USER)
        score     Decimal  @default(0) @db.Decimal(10, 2)
        createdAt DateTime @default(now()) @db.Timestamptz(6)
        updatedAt DateTime @updatedAt
        data      Json     @default("{}")
        place     Unsupported("point")?
        key       String   @default(dbgenerated("gen_random_uuid()")) @db.Uuid
        @@index([nick, createdAt(sort: Desc)])
        @@index([data(ops: JsonbPathOps)], type: Gin, map: "users_data")
        @@map("users")
      }
      enum Role {
        USER
        ADMIN @map("admin")
      }
      """;

  private static String sql(String... files) {
    List<SqlSource> sources =
        List.of(files).stream().map(text -> new SqlSource("schema.prisma", text)).toList();
    return PrismaSchema.toSql("schema", sources).text().replaceAll("\\s+", " ").strip();
  }

  @Test
  void a_model_is_a_table_with_the_types_and_names_that_prisma_gives() {
    assertThat(sql(USERS))
        .isEqualTo(
            """
            CREATE TYPE "Role" AS ENUM ('USER', 'admin'); \
            CREATE TABLE "users" ( "id" SERIAL NOT NULL, "email" VARCHAR(255) NOT NULL, \
            "nick_name" TEXT, "tags" TEXT[] DEFAULT ARRAY[]::TEXT[], \
            "role" "Role" NOT NULL DEFAULT 'USER', \
            "score" DECIMAL(10,2) NOT NULL DEFAULT 0, \
            "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP, \
            "updatedAt" TIMESTAMP(3) NOT NULL, "data" JSONB NOT NULL DEFAULT '{}', \
            "place" point, "key" UUID NOT NULL DEFAULT gen_random_uuid(), \
            CONSTRAINT "users_pkey" PRIMARY KEY ("id") ); \
            CREATE UNIQUE INDEX "users_email_key" ON "users" ("email"); \
            CREATE INDEX "users_nick_name_createdAt_idx" ON "users" ("nick_name", "createdAt" DESC); \
            CREATE INDEX "users_data" ON "users" USING GIN ("data" jsonb_path_ops);\
            """);
  }

  @Test
  void relations_are_foreign_keys_and_tables_between() {
    assertThat(
            sql(
                """
                model Post {
                  id       Int    @id
                  author   User?  @relation(fields: [authorId], references: [id])
                  authorId Int?
                  editor   User   @relation("edits", fields: [editorId], references: [id], onDelete: Cascade, onUpdate: NoAction, map: "editor")
                  editorId Int
                  topics   Topic[]
                }
                model User {
                  id    Int    @id
                  posts Post[]
                  edits Post[] @relation("edits")
                }
                """,
                """
                model Topic {
                  id    BigInt @id
                  posts Post[]
                }
                """))
        .contains(
            "ALTER TABLE \"Post\" ADD CONSTRAINT \"Post_authorId_fkey\" FOREIGN KEY (\"authorId\") REFERENCES \"User\"(\"id\") ON DELETE SET NULL ON UPDATE CASCADE;",
            "ADD CONSTRAINT \"editor\" FOREIGN KEY (\"editorId\") REFERENCES \"User\"(\"id\") ON DELETE CASCADE ON UPDATE NO ACTION;",
            "CREATE TABLE \"_PostToTopic\" ( \"A\" INTEGER NOT NULL, \"B\" BIGINT NOT NULL, CONSTRAINT \"_PostToTopic_AB_pkey\" PRIMARY KEY (\"A\", \"B\") );",
            "CREATE INDEX \"_PostToTopic_B_index\" ON \"_PostToTopic\" (\"B\");",
            "\"_PostToTopic_B_fkey\" FOREIGN KEY (\"B\") REFERENCES \"Topic\"(\"id\") ON DELETE CASCADE ON UPDATE CASCADE;");
  }

  @Test
  void everything_that_is_wrong_is_told_with_its_place() {
    ProblemException wrong =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                sql(
                    """
                    datasource db {
                      provider = "mysql"
                    }
                    modle A {
                    }
                    model B {
                      id   Int @id @idd
                      id   Int
                      x    Strin
                      c    C
                      @@index([nothing])
                      @@foo
                      y    Int @default(
                    }
                    model C {
                      a Int
                    }
                    """));
    assertThat(wrong.problems())
        .extracting(Problem::message)
        .anyMatch(one -> one.contains("\"mysql\""))
        .anyMatch(one -> one.startsWith("schema.prisma:4:1") && one.contains("known Prisma"))
        .anyMatch(one -> one.contains("schema.prisma:7:") && one.contains("@idd"))
        .anyMatch(one -> one.contains("already defined on model \"B\""))
        .anyMatch(one -> one.contains("Type \"Strin\" is neither"))
        .anyMatch(one -> one.contains("missing an opposite relation field on the model `C`"))
        .anyMatch(one -> one.contains("unknown fields: nothing"))
        .anyMatch(one -> one.contains("@@foo"))
        .anyMatch(one -> one.contains("schema.prisma:14:"))
        .anyMatch(one -> one.contains("model \"C\": Each model must have at least one unique"));
  }
}
