import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Joins three facts into docs/requirements.md: the promises (workshop/requirements.tsv, some with
 * the reason why nothing proves them yet), the tags on test methods (read from the sources), and
 * the outcomes of the last run (surefire's reports). A promise counts as kept only if every test
 * that carries its id ran, as it is now, and passed; those of the longer suites, when they were run.
 */
final class Requirements {

  private static final String ID = "[A-Z]{2}-\\d{3}";
  private static final String LONG = "long";
  private static final Map<String, String> APPLICATIONS = new LinkedHashMap<>();

  static {
    APPLICATIONS.put("SC", "SimplyCaster");
    APPLICATIONS.put("SF", "seda.fm");
    APPLICATIONS.put("AT", "AudioTricks");
    APPLICATIONS.put("EP", "Epic Auto Video Machine");
    APPLICATIONS.put("CP", "CodePal");
  }

  private final SortedMap<String, String> kinds = new TreeMap<>();
  private final Map<String, String> reasons = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> tests = new TreeMap<>();
  private final Set<String> longer = new TreeSet<>();
  private final Map<String, String> parents = new TreeMap<>();
  private final Map<String, Set<String>> outcomes = new TreeMap<>();
  private final Map<String, Path> sources = new TreeMap<>();
  private final List<String> mistakes = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    Requirements requirements = new Requirements();
    requirements.readPromises();
    requirements.readTags();
    requirements.readOutcomes();
    Path page = Path.of("docs/requirements.md");
    String text = requirements.page();
    boolean stale = !Files.exists(page) || !Files.readString(page).equals(text);
    if (stale) {
      Files.writeString(page, text);
    }
    System.out.println(requirements.summary() + (stale ? "; docs/requirements.md was written anew" : ""));
    requirements.mistakes.forEach(mistake -> System.err.println("requirements: " + mistake));
    if (!requirements.mistakes.isEmpty()) {
      System.exit(1);
    }
  }

  private void readPromises() throws IOException {
    for (String line : Files.readAllLines(Path.of("workshop/requirements.tsv"))) {
      String[] cells = line.split("\t");
      kinds.put(cells[0], cells[1]);
      if (cells.length > 2) {
        reasons.put(cells[0], cells[2]);
      }
    }
  }

  private void readTags() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String house : List.of("rooms", "engines", "doors", "apps", "workshop")) {
      try (Stream<Path> found = Files.walk(Path.of(house))) {
        found.filter(f -> f.toString().matches(".*/src/test/java/.*\\.java|.*/testkit/src/main/.*\\.java")).forEach(files::add);
      }
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, d -> {}, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        String home = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        Path file = Path.of(unit.getSourceFile().toUri());
        sources.put(home + file.getFileName().toString().replace(".java", ""), file);
        new Tags(home).scan(unit, null);
      }
    }
  }

  /** Notes each tagged method, and which class extends which. */
  private final class Tags extends TreeScanner<Void, Void> {
    private final String home;
    private String type = "";
    private List<String> typeTags = List.of();

    Tags(String home) {
      this.home = home;
    }

    @Override
    public Void visitClass(ClassTree node, Void nothing) {
      String outerType = type;
      List<String> outerTags = typeTags;
      type = type.isEmpty() ? home + node.getSimpleName() : type + "$" + node.getSimpleName();
      typeTags = tagsOf(node.getModifiers());
      if (node.getExtendsClause() != null) {
        parents.put(type, node.getExtendsClause().toString().replaceAll("<.*", ""));
      }
      super.visitClass(node, null);
      type = outerType;
      typeTags = outerTags;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree node, Void nothing) {
      boolean isTest =
          node.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().matches("(.*\\.)?(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|EachServer)"));
      if (isTest) {
        List<String> all = new ArrayList<>(typeTags);
        all.addAll(tagsOf(node.getModifiers()));
        for (String tag : all) {
          if (tag.equals(LONG)) {
            longer.add(type + "#" + node.getName());
          } else if (tag.matches(ID)) {
            tests.computeIfAbsent(tag, t -> new TreeSet<>()).add(type + "#" + node.getName());
          }
        }
      }
      return super.visitMethod(node, null);
    }

    private List<String> tagsOf(ModifiersTree modifiers) {
      List<String> found = new ArrayList<>();
      for (AnnotationTree annotation : modifiers.getAnnotations()) {
        if (annotation.getAnnotationType().toString().matches("(.*\\.)?Tags?")) {
          annotation.accept(
              new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void nothing) {
                  found.add(String.valueOf(literal.getValue()));
                  return null;
                }
              },
              null);
        }
      }
      return found;
    }
  }

  private void readOutcomes() throws Exception {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    List<Path> reports = new ArrayList<>();
    for (String house : List.of("rooms", "engines", "doors", "apps", "workshop")) {
      try (Stream<Path> found = Files.walk(Path.of(house))) {
        found.filter(f -> f.toString().matches(".*/target/surefire-reports/TEST-.*\\.xml")).forEach(reports::add);
      }
    }
    for (Path report : reports) {
      if (isOlderThanItsTest(report)) {
        continue;
      }
      var cases = builder.parse(report.toFile()).getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        String method = test.getAttribute("name").replaceAll("[({\\[].*", "").strip();
        boolean passed =
            test.getElementsByTagName("failure").getLength()
                    + test.getElementsByTagName("error").getLength()
                    + test.getElementsByTagName("skipped").getLength()
                == 0;
        outcomes
            .computeIfAbsent(test.getAttribute("classname") + "#" + method, k -> new TreeSet<>())
            .add(passed ? "passed" : "failed");
      }
    }
  }

  /** A report of what a test was before it was changed proves nothing about what it is. */
  private boolean isOlderThanItsTest(Path report) throws IOException {
    String name = report.getFileName().toString();
    Path source = sources.get(name.substring("TEST-".length(), name.length() - ".xml".length()).replaceAll("\\$.*", ""));
    return source == null
        || Files.getLastModifiedTime(report).compareTo(Files.getLastModifiedTime(source)) < 0;
  }

  private boolean hasRun(String test) {
    return !seen(test).isEmpty();
  }

  /** Passed only if it ran somewhere, in its own class or in one that inherits it, and never failed. */
  private boolean passed(String test) {
    return seen(test).equals(Set.of("passed"));
  }

  private Set<String> seen(String test) {
    String type = test.substring(0, test.indexOf('#'));
    String method = test.substring(test.indexOf('#'));
    Set<String> seen = new TreeSet<>(outcomes.getOrDefault(test, Set.of()));
    for (Map.Entry<String, Set<String>> outcome : outcomes.entrySet()) {
      String owner = outcome.getKey().substring(0, outcome.getKey().indexOf('#'));
      if (outcome.getKey().endsWith(method) && inherits(owner, type)) {
        seen.addAll(outcome.getValue());
      }
    }
    return seen;
  }

  private boolean inherits(String type, String ancestor) {
    String simple = ancestor.substring(Math.max(ancestor.lastIndexOf('.'), ancestor.lastIndexOf('$')) + 1);
    String current = type;
    for (int depth = 0; depth < 6 && current != null; depth++) {
      String parent = parents.get(current);
      if (parent == null) {
        return false;
      }
      String parentSimple = parent.substring(parent.lastIndexOf('.') + 1);
      if (parentSimple.equals(simple)) {
        return true;
      }
      current = parents.keySet().stream().filter(k -> k.endsWith("." + parentSimple)).findFirst().orElse(null);
    }
    return false;
  }

  private SortedSet<String> kept() {
    SortedSet<String> kept = new TreeSet<>();
    for (Map.Entry<String, SortedSet<String>> tag : tests.entrySet()) {
      if (!kinds.containsKey(tag.getKey())) {
        mistakes.add("no promise has the id " + tag.getKey() + ", tagged in " + tag.getValue().first());
      } else if (areKept(tag.getValue())) {
        kept.add(tag.getKey());
      }
    }
    return kept;
  }

  /** A test of the longer suites that was left out says nothing, if others prove the promise. */
  private boolean areKept(SortedSet<String> proofs) {
    List<String> meant = proofs.stream().filter(test -> !longer.contains(test) || hasRun(test)).toList();
    return !meant.isEmpty() && meant.stream().allMatch(this::passed);
  }

  private String summary() {
    return "requirements: " + keptOnce.size() + " of " + kinds.size() + " promises have passing tests";
  }

  private SortedSet<String> keptOnce = new TreeSet<>();

  private String page() {
    keptOnce = kept();
    StringBuilder out = new StringBuilder();
    out.append("# Requirements\n\nGenerated by `./build docs` from the tags of the tests and the outcomes of the last run; do not edit.\n\n");
    out.append(keptOnce.size() + " of " + kinds.size() + " promises of the five applications have passing tests.\n\n");
    overview(out);
    APPLICATIONS.forEach((prefix, name) -> application(out, prefix, name));
    return out.toString();
  }

  private void overview(StringBuilder out) {
    out.append("| kind |");
    APPLICATIONS.values().forEach(name -> out.append(' ').append(name).append(" |"));
    out.append(" all |\n|---|").append("---|".repeat(APPLICATIONS.size() + 1)).append('\n');
    for (String kind : new TreeSet<>(kinds.values())) {
      out.append("| ").append(kind).append(" |");
      APPLICATIONS.keySet().forEach(prefix -> out.append(' ').append(share(prefix, kind)).append(" |"));
      out.append(' ').append(share("", kind)).append(" |\n");
    }
    out.append("| **all** |");
    APPLICATIONS.keySet().forEach(prefix -> out.append(' ').append(share(prefix, "")).append(" |"));
    out.append(' ').append(share("", "")).append(" |\n\n");
  }

  private String share(String prefix, String kind) {
    List<String> ids =
        kinds.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix) && (kind.isEmpty() || e.getValue().equals(kind)))
            .map(Map.Entry::getKey)
            .toList();
    return ids.isEmpty() ? "" : ids.stream().filter(keptOnce::contains).count() + "/" + ids.size();
  }

  private void application(StringBuilder out, String prefix, String name) {
    out.append("## ").append(name).append("\n\n| id | kind | proved by |\n|---|---|---|\n");
    kinds.forEach(
        (id, kind) -> {
          if (id.startsWith(prefix)) {
            out.append("| ").append(id).append(" | ").append(kind).append(" | ").append(proof(id)).append(" |\n");
          }
        });
    out.append('\n');
  }

  private String proof(String id) {
    SortedSet<String> all = tests.get(id);
    if (all == null) {
      return reasons.getOrDefault(id, "");
    }
    if (!keptOnce.contains(id)) {
      return "tagged, not run or not passed";
    }
    String first = all.first();
    String more = all.size() > 1 ? " and " + (all.size() - 1) + " more" : "";
    return first.substring(first.lastIndexOf('.') + 1).replace('#', ' ').replace('_', ' ') + more;
  }
}
