package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECT_FILES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Turn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Files of projects. Size, type, time and author follow from what is written. Thread-safe. */
final class Files {

  /** So many bytes a file has at most. */
  static final int MOST_BYTES = 512 * 1024;

  /** So many files a project has at most. */
  static final int MOST_FILES = 10_000;

  /** So many bytes the files of a project have at most: its statistics read all of them. */
  static final long MOST_BYTES_TOGETHER = 100L * 1024 * 1024;

  private final Data data;

  Files(Data data) {
    this.data = data;
  }

  /** What a file is to hold. */
  record Draft(String content) {}

  /**
   * A file without its content.
   *
   * @param size bytes in UTF-8
   * @param type ending of the name
   * @param modifiedBy who wrote it last; absent when that account is gone
   */
  record Listed(
      String id,
      String path,
      String name,
      int size,
      Optional<String> type,
      Instant lastModified,
      Optional<String> modifiedBy) {}

  /** A file. */
  record Whole(Listed file, String content) {}

  /** A file that was written, and whether it is new. */
  record Written(Listed file, boolean made) {}

  /**
   * Which files.
   *
   * @param prefix how their paths begin
   * @param after only paths behind this one
   */
  record Asked(int limit, Optional<String> prefix, Optional<String> after) {}

  /**
   * Files in the order of their paths.
   *
   * @throws ProblemException not found, or forbidden
   */
  List<Listed> listFiles(Caller caller, String project, Asked asked) {
    Condition page =
        asked
            .prefix()
            .map(PROJECT_FILES.PATH::startsWith)
            .map(Condition.class::cast)
            .orElse(noCondition())
            .and(asked.after().map(PROJECT_FILES.PATH::gt).orElse(noCondition()));
    return data.readTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.READ);
          return db.select(
                  PROJECT_FILES.ID,
                  PROJECT_FILES.PATH,
                  PROJECT_FILES.NAME,
                  PROJECT_FILES.SIZE,
                  PROJECT_FILES.TYPE,
                  PROJECT_FILES.LAST_MODIFIED,
                  PROJECT_FILES.MODIFIED_BY)
              .from(PROJECT_FILES)
              .where(PROJECT_FILES.PROJECT_ID.eq(project).and(page))
              .orderBy(PROJECT_FILES.PATH)
              .limit(asked.limit())
              .fetch(Files::listed);
        });
  }

  /**
   * A file.
   *
   * @throws ProblemException not found, or forbidden
   */
  Whole getFile(Caller caller, String project, FilePath path) {
    return data.readTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.READ);
          return db.selectFrom(PROJECT_FILES)
              .where(at(project, path))
              .fetchOptional(row -> {
                @Nullable String content = row.getContent();
                return new Whole(listed(row), content == null ? "" : content);
              })
              .orElseThrow(() -> unknown().exception());
        });
  }

  /**
   * Writes a file, new or in the place of the one at this path.
   *
   * @throws ProblemException not found or forbidden; if the content is too large or no text, or the
   *     project has enough files
   */
  Written putFile(Caller caller, String project, FilePath path, String content) {
    int size = checkedSize(content);
    return data.withTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.WRITE);
          demandPlace(db, project, path, size);
          return db.insertInto(PROJECT_FILES)
              .set(PROJECT_FILES.PROJECT_ID, project)
              .set(PROJECT_FILES.PATH, path.text())
              .set(PROJECT_FILES.NAME, path.name())
              .set(PROJECT_FILES.CONTENT, content)
              .onConflict(PROJECT_FILES.PROJECT_ID, PROJECT_FILES.PATH)
              .doUpdate()
              .set(PROJECT_FILES.CONTENT, content)
              .returningResult(
                  PROJECT_FILES.ID,
                  PROJECT_FILES.PATH,
                  PROJECT_FILES.NAME,
                  PROJECT_FILES.SIZE,
                  PROJECT_FILES.TYPE,
                  PROJECT_FILES.LAST_MODIFIED,
                  PROJECT_FILES.MODIFIED_BY,
                  // A row that replaces another carries the number of this transaction here.
                  field("xmax = 0", SQLDataType.BOOLEAN))
              .fetchSingle(row -> new Written(listed(row), row.value8()));
        });
  }

  /**
   * Deletes a file.
   *
   * @throws ProblemException not found, or forbidden
   */
  void deleteFile(Caller caller, String project, FilePath path) {
    data.useTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.DELETE);
          if (db.deleteFrom(PROJECT_FILES).where(at(project, path)).execute() == 0) {
            throw unknown().exception();
          }
        });
  }

  private static void demandPlace(DSLContext db, String project, FilePath path, int size) {
    Turn.take(db, "codepal.files", project);
    var others =
        db.select(count(), coalesce(sum(PROJECT_FILES.SIZE), BigDecimal.ZERO))
            .from(PROJECT_FILES)
            .where(PROJECT_FILES.PROJECT_ID.eq(project))
            .and(PROJECT_FILES.PATH.ne(path.text()))
            .fetchSingle();
    String remedy = "Delete files that are not needed any more.";
    Quotas.demand("files", others.value1(), MOST_FILES, remedy);
    Quotas.demand(
        "bytes", others.value2().longValueExact() + size - 1, MOST_BYTES_TOGETHER, remedy);
  }

  private static int checkedSize(String content) {
    int size = content.getBytes(StandardCharsets.UTF_8).length;
    if (size > MOST_BYTES) {
      throw wrong("the content is longer than " + MOST_BYTES + " bytes", "Split the file.");
    }
    if (!Texts.isKept(content)) {
      throw wrong("the content is no text", "Files that are no text are kept elsewhere.");
    }
    return size;
  }

  private static ProblemException wrong(String message, String remedy) {
    return Problem.of("CODEPAL_FILE_CONTENT", ProblemKind.INPUT, message)
        .withRemedy(remedy)
        .with("pointer", "/content")
        .exception();
  }

  private static Problem unknown() {
    return Problem.of("CODEPAL_FILE_UNKNOWN", ProblemKind.NOT_FOUND, "there is no such file")
        .withRemedy("GET the files of the project.");
  }

  private static Condition at(String project, FilePath path) {
    return PROJECT_FILES.PROJECT_ID.eq(project).and(PROJECT_FILES.PATH.eq(path.text()));
  }

  private static Listed listed(org.jooq.Record row) {
    @Nullable String type = row.get(PROJECT_FILES.TYPE);
    @Nullable String author = row.get(PROJECT_FILES.MODIFIED_BY);
    return new Listed(
        row.get(PROJECT_FILES.ID),
        row.get(PROJECT_FILES.PATH),
        row.get(PROJECT_FILES.NAME),
        row.get(PROJECT_FILES.SIZE),
        Optional.ofNullable(type),
        row.get(PROJECT_FILES.LAST_MODIFIED),
        Optional.ofNullable(author));
  }
}
