package dev.undercroft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The limits of the house: sizes, names and words. */
class HouseRulesTest {

  private static final int METHOD_LINES = 40;
  private static final int FILE_LINES = 400;
  private static final int PARAMETERS = 5;
  private static final Pattern WORDS_OF_NAMES =
      Pattern.compile(".*(Manager|Util|Utils|Helper|Impl)$");

  /** Forbidden text in Java sources, with what to use instead. */
  private static final List<String[]> FORBIDDEN =
      List.of(
          new String[] {"Thread\\.sleep\\(", "wait for a signal, or use a scheduled executor"},
          new String[] {"@Disabled\\b", "repair the test or delete it"},
          new String[] {"\\borg\\.mockito\\b", "use the real thing from the testkit"},
          new String[] {"\\bassumeTrue\\(", "a test either runs or does not exist"},
          new String[] {"\\b(TODO|FIXME|XXX)\\b", "do it or leave it out"},
          new String[] {"\\bjava\\.util\\.Date\\b", "java.time"},
          new String[] {"printStackTrace\\(", "throw, or log the cause"});

  @Test
  void methods_files_parameters_and_names_stay_within_the_limits() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> files = sources();
    for (Path file : files) {
      long lines = Files.readAllLines(file).size();
      if (lines > FILE_LINES) {
        broken.add(
            relative(file)
                + ": "
                + lines
                + " lines; at most "
                + FILE_LINES
                + ", split it by reason");
      }
    }
    broken.addAll(scan(files));
    assertThat(broken).isEmpty();
  }

  @Test
  void sources_contain_no_forbidden_word() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      if (file.endsWith("HouseRulesTest.java")) {
        continue;
      }
      String text = Files.readString(file);
      for (String[] rule : FORBIDDEN) {
        Matcher matcher = Pattern.compile(rule[0]).matcher(text);
        if (matcher.find()) {
          found.add(relative(file) + ": '" + matcher.group() + "'; instead: " + rule[1]);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<String> scan(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  d -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      Trees trees = Trees.instance(task);
      List<String> broken = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        new Limits(trees, unit, broken).scan(unit, null);
      }
      return broken;
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String house : List.of("rooms", "engines", "doors", "apps", "workshop")) {
      try (Stream<Path> files = Files.walk(HouseMap.root().resolve(house))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.toString().contains("/target/"))
            .forEach(all::add);
      }
    }
    assertThat(all).isNotEmpty();
    return all;
  }

  private static String relative(Path file) {
    return HouseMap.root().relativize(file.toAbsolutePath()).toString();
  }

  /** Walks one file and notes each broken limit. */
  private static final class Limits extends TreeScanner<Void, Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final List<String> broken;

    Limits(Trees trees, CompilationUnitTree unit, List<String> broken) {
      this.trees = trees;
      this.unit = unit;
      this.broken = broken;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (method.getBody() != null) {
        long lines = line(method.getBody(), false) - line(method.getBody(), true) + 1;
        if (lines > METHOD_LINES) {
          note(method.getName() + " has " + lines + " lines; at most " + METHOD_LINES);
        }
      }
      if (method.getParameters().size() > PARAMETERS && !isRecordConstructor(method)) {
        note(
            method.getName()
                + " takes "
                + method.getParameters().size()
                + " parameters; make a record");
      }
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (WORDS_OF_NAMES.matcher(type.getSimpleName()).matches()) {
        note(type.getSimpleName() + " says nothing; name what it is");
      }
      return super.visitClass(type, null);
    }

    private static boolean isRecordConstructor(MethodTree method) {
      return method.getName().contentEquals("<init>");
    }

    private long line(com.sun.source.tree.Tree tree, boolean start) {
      var positions = trees.getSourcePositions();
      long offset =
          start ? positions.getStartPosition(unit, tree) : positions.getEndPosition(unit, tree);
      return unit.getLineMap().getLineNumber(offset);
    }

    private void note(String text) {
      broken.add(relative(Path.of(unit.getSourceFile().toUri())) + ": " + text);
    }
  }
}
