package dev.undercroft.pgddl;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds that are made by one statement from their definition. Stateless. */
final class PlainDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject object, List<CatalogObject> inline, Situation situation) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of(object.id(), statement(object, situation)));
    if (object.has(Attribute.ENABLED)) {
      steps.add(alter(object, FiringState.words(object)));
    }
    if (object.has(Attribute.STATISTICS_TARGET)) {
      steps.add(alter(object, "SET STATISTICS " + object.get(Attribute.STATISTICS_TARGET)));
    }
    if (object.id().kind() == Kind.OPERATOR_FAMILY && object.has(Attribute.DEFINITION)) {
      steps.add(alter(object, "ADD " + object.get(Attribute.DEFINITION).replace("\n", ", ")));
    }
    return steps;
  }

  private static String statement(CatalogObject object, Situation situation) {
    String definition = object.get(Attribute.DEFINITION);
    String phrase = Phrases.of(object);
    return switch (object.id().kind()) {
      case STATISTICS -> definition;
      case EXTENSION -> "CREATE " + phrase + extensionSchema(object, situation);
      case COLLATION, TEXT_SEARCH_PARSER, TEXT_SEARCH_TEMPLATE ->
          "CREATE %s (%s)".formatted(phrase, definition);
      case AGGREGATE ->
          "CREATE AGGREGATE %s (%s)".formatted(phrase.substring("AGGREGATE ".length()), definition);
      case OPERATOR ->
          "CREATE OPERATOR %s.%s (%s)"
              .formatted(
                  Names.quoted(object.id().schema()),
                  object.id().name(),
                  String.join(", ", operator(object, definition)));
      case OPERATOR_CLASS -> "CREATE OPERATOR CLASS " + Names.of(object.id()) + ' ' + definition;
      case OPERATOR_FAMILY -> "CREATE " + phrase;
      case TEXT_SEARCH_DICTIONARY ->
          "CREATE %s (TEMPLATE = %s%s)"
              .formatted(
                  phrase, definition, object.find(Attribute.OPTIONS).map(o -> ", " + o).orElse(""));
      case LANGUAGE -> "CREATE " + definition;
      case SERVER -> "CREATE " + phrase + server(object, definition) + OptionList.foreign(object);
      case FOREIGN_DATA_WRAPPER, USER_MAPPING ->
          "CREATE %s %s%s".formatted(phrase, definition, OptionList.foreign(object));
      case ROLE, MEMBERSHIP -> throw notPlanned(object);
      default -> "CREATE " + phrase + (definition.isEmpty() ? "" : " " + definition);
    };
  }

  private static String extensionSchema(CatalogObject extension, Situation situation) {
    String schema = extension.get(Attribute.EXTENSION_SCHEMA);
    boolean ours =
        situation.after().ofKind(Kind.SCHEMA).stream()
            .anyMatch(object -> Names.of(object.id()).equals(schema));
    return ours ? " SCHEMA " + schema : "";
  }

  private static List<String> operator(CatalogObject object, String definition) {
    List<String> parts = new ArrayList<>(List.of(definition));
    parts.addAll(object.lines(Attribute.LINKS));
    parts.addAll(object.lines(Attribute.PROPERTIES));
    return parts;
  }

  private static String server(CatalogObject server, String definition) {
    String version =
        server.find(Attribute.PROPERTIES).map(v -> " VERSION " + Names.literal(v)).orElse("");
    int at = definition.indexOf(" FOREIGN DATA WRAPPER ");
    return definition.substring(0, at) + version + definition.substring(at);
  }

  private static RuntimeException notPlanned(CatalogObject object) {
    return Problem.of(
            "PGDDL_NOT_PLANNED", ProblemKind.INPUT, object.id() + " cannot be changed by a plan")
        .withRemedy("Change it by hand, and leave it out of the wanted schema.")
        .exception();
  }

  private static Step alter(CatalogObject object, String clause) {
    return Step.of(object.id(), "ALTER %s %s".formatted(Phrases.of(object), clause));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    boolean another = change.touches(Attribute.DEFINITION) || change.touches(Attribute.LINKS);
    return switch (change.id().kind()) {
      case FOREIGN_DATA_WRAPPER -> false;
      case EXTENSION ->
          change.touches(Attribute.EXTENSION_SCHEMA) && change.after().has(Attribute.FIXED);
      case AGGREGATE -> another && !mayReplaceAggregate(change);
      default -> another;
    };
  }

  @Override
  public Optional<ObjectId> swaps(Change change, Situation situation) {
    return change.id().kind() == Kind.COLLATION
            && change instanceof Change.Altered altered
            && altered.touches(Attribute.DEFINITION)
            && TypeUse.isHeld(change.id(), situation)
        ? Optional.of(change.id())
        : Optional.empty();
  }

  private static boolean mayReplaceAggregate(Change.Altered change) {
    String types = "(S|M)?(STYPE|FINALFUNC|MSTYPE|MFINALFUNC)(_EXTRA)? = [^,]*";
    String old = change.before().get(Attribute.DEFINITION);
    String now = change.after().get(Attribute.DEFINITION);
    Matcher before = Pattern.compile(types).matcher(old);
    Matcher after = Pattern.compile(types).matcher(now);
    return before
            .results()
            .map(MatchResult::group)
            .toList()
            .equals(after.results().map(MatchResult::group).toList())
        && !change.touches(Attribute.PARAMETERS);
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    if (change.touches(Attribute.DEFINITION)) {
      steps.add(
          after.id().kind() == Kind.AGGREGATE
              ? Step.of(
                  after.id(),
                  statement(after, situation).replaceFirst("^CREATE ", "CREATE OR REPLACE "))
              : alter(after, after.get(Attribute.DEFINITION)));
    }
    if (change.touches(Attribute.ENABLED)) {
      steps.add(alter(after, FiringState.words(after)));
    }
    if (change.touches(Attribute.STATISTICS_TARGET)) {
      String target = after.find(Attribute.STATISTICS_TARGET).orElse("-1");
      steps.add(alter(after, "SET STATISTICS " + target));
    }
    if (change.touches(Attribute.EXTENSION_SCHEMA)) {
      steps.add(
          alter(after, "SET SCHEMA " + after.get(Attribute.EXTENSION_SCHEMA))
              .warning(Hazard.EXTENSION, "%s moves.".formatted(after.id())));
    }
    if (change.touches(Attribute.FOREIGN_OPTIONS)) {
      steps.add(alter(after, OptionList.foreignChange(change.before(), after)));
    }
    if (change.touches(Attribute.OPTIONS)) {
      steps.add(alter(after, dictionary(change)));
    }
    if (change.touches(Attribute.PROPERTIES)) {
      steps.add(alter(after, properties(change)));
    }
    return steps;
  }

  private static String dictionary(Change.Altered change) {
    Map<String, String> old = options(change.before());
    Map<String, String> now = options(change.after());
    List<String> parts = new ArrayList<>();
    old.keySet().stream().filter(name -> !now.containsKey(name)).forEach(parts::add);
    now.forEach((name, value) -> parts.add(name + " = " + value));
    return '(' + String.join(", ", parts) + ')';
  }

  private static Map<String, String> options(CatalogObject dictionary) {
    Map<String, String> options = new TreeMap<>();
    Matcher option =
        Pattern.compile("(\\w+) = ('(?:[^']|'')*'|[^,]+)")
            .matcher(dictionary.get(Attribute.OPTIONS));
    while (option.find()) {
      options.put(option.group(1), option.group(2));
    }
    return options;
  }

  private static String properties(Change.Altered change) {
    if (change.id().kind() == Kind.SERVER) {
      return "VERSION "
          + change.after().find(Attribute.PROPERTIES).map(Names::literal).orElse("NULL");
    }
    List<String> now = change.after().lines(Attribute.PROPERTIES);
    List<String> parts = new ArrayList<>(now);
    for (String word : List.of("RESTRICT", "JOIN")) {
      boolean had =
          change.before().lines(Attribute.PROPERTIES).stream().anyMatch(l -> l.startsWith(word));
      if (had && now.stream().noneMatch(line -> line.startsWith(word))) {
        parts.add(word + " = NONE");
      }
    }
    return "SET (" + String.join(", ", parts) + ')';
  }

  @Override
  public List<Step> drop(CatalogObject object, Situation situation) {
    Step step = Step.of(object.id(), "DROP " + Phrases.of(object));
    return List.of(
        object.id().kind() == Kind.EXTENSION
            ? step.warning(Hazard.EXTENSION, "%s is removed.".formatted(object.id()))
            : step);
  }
}
