package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Folded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person has said about renames. As text, one to a line: {@code column shop.person.name ->
 * full_name}, {@code table shop.person -> customer}; with {@code not} before it, the two are
 * different things. Names with odd letters stand in double quotes; {@code #} begins a comment.
 * Immutable.
 *
 * @param yes from old to new
 * @param no pairs that only look alike
 */
public record Answers(Map<ObjectId, ObjectId> yes, Map<ObjectId, Set<ObjectId>> no) {

  /** Nobody has said anything. */
  public static final Answers NONE = new Answers(Map.of(), Map.of());

  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s.\"]+)";
  private static final Pattern LINE =
      Pattern.compile(
          "(not\\s+)?([a-z ]+?)\\s+((?:%1$s\\.)*%1$s)\\s*->\\s*((?:%1$s\\.)*)%1$s".formatted(NAME));
  private static final Pattern PART = Pattern.compile(NAME);

  /** Copies the maps. */
  public Answers {
    yes = Map.copyOf(yes);
    no = Map.copyOf(no);
  }

  /** These answers with the names as databases of that kind keep them. */
  Answers in(Dialect sql) {
    if (sql == Dialect.POSTGRESQL) {
      return this;
    }
    Map<ObjectId, ObjectId> folded = new HashMap<>();
    yes.forEach((from, to) -> folded.put(folded(from), folded(to)));
    Map<ObjectId, Set<ObjectId>> denied = new HashMap<>();
    no.forEach((from, all) ->
        denied.put(folded(from), all.stream().map(Answers::folded).collect(Collectors.toSet())));
    return new Answers(folded, denied);
  }

  /** SQLite has one schema, and letters of either case are the same there. */
  private static ObjectId folded(ObjectId id) {
    return ObjectId.in(id.kind(), "", Folded.of(id.parent()), Folded.of(id.name()));
  }

  /**
   * Reads answers.
   *
   * @param shown the file's name for messages
   * @throws ProblemException with every line that is no answer
   */
  public static Answers read(String shown, String text) {
    Map<ObjectId, ObjectId> yes = new HashMap<>();
    Map<ObjectId, Set<ObjectId>> no = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.replaceFirst("(^|\\s)(#|--\\s).*", "").strip();
      Optional<Answer> answer = answer(line);
      if (answer.isEmpty() && !line.isEmpty()) {
        problems.add(
            Problem.of(
                    "EVOLVE_NO_ANSWER",
                    ProblemKind.INPUT,
                    "%s:%d: '%s' does not say what is renamed".formatted(shown, number, line))
                .withRemedy(
                    "Write lines such as: column public.person.name -> full_name, or: not table"
                        + " public.a -> b."));
      }
      answer.ifPresent(one -> one.into(yes, no));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new Answers(yes, no);
  }

  private record Answer(boolean isYes, ObjectId from, ObjectId to) {
    void into(Map<ObjectId, ObjectId> yes, Map<ObjectId, Set<ObjectId>> no) {
      if (isYes) {
        yes.put(from, to);
      } else {
        no.computeIfAbsent(from, any -> new HashSet<>()).add(to);
      }
    }
  }

  private static Optional<Answer> answer(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String word = matcher.group(2).toUpperCase(Locale.ROOT).replace(' ', '_');
    return kind(word)
        .flatMap(kind -> {
          List<String> from = parts(matcher.group(3));
          List<String> to = parts(line.substring(line.lastIndexOf("->") + 2));
          return id(kind, from)
              .map(old -> new Answer(matcher.group(1) == null, old, old.named(to.getLast())));
        });
  }

  private static Optional<Kind> kind(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(word)) {
        return Optional.of(kind);
      }
    }
    return word.equals("TYPE") ? Optional.of(Kind.ENUM) : Optional.empty();
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(name);
    while (matcher.find()) {
      String part = matcher.group();
      parts.add(
          part.startsWith("\"")
              ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
              : part);
    }
    return parts;
  }

  private static Optional<ObjectId> id(Kind kind, List<String> parts) {
    boolean inRelation = kind == Kind.COLUMN || kind == Kind.CONSTRAINT || kind == Kind.POLICY;
    int most = inRelation ? 3 : 2;
    if (parts.size() > most || parts.size() < most - 1) {
      return Optional.empty();
    }
    String schema = parts.size() == most ? parts.getFirst() : "public";
    return Optional.of(
        inRelation
            ? ObjectId.in(kind, schema, parts.get(parts.size() - 2), parts.getLast())
            : ObjectId.of(kind, schema, parts.getLast()));
  }

  /** An answer as a line of such a text. */
  static String line(ObjectId from, ObjectId to) {
    StringBuilder text = new StringBuilder(from.kind().words()).append(' ');
    for (String part : List.of(from.schema(), from.parent())) {
      if (!part.isEmpty()) {
        text.append(quoted(part)).append('.');
      }
    }
    return text.append(quoted(from.name())).append(" -> ").append(quoted(to.name())).toString();
  }

  private static String quoted(String name) {
    return name.matches("[\\w$]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
