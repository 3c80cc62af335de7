package dev.undercroft.cli;

import dev.undercroft.platform.FilesLaidOut;
import dev.undercroft.platform.SchemaCommand;

/** SQL files in one layout. */
final class FormatVerbs {

  private static final Option CHECK =
      Option.flag("--check", "Only says which files are not in the layout.");

  private FormatVerbs() {}

  static Verb format() {
    return Verb.named("schema format")
        .says(
            "Brings schema files into one layout: a line for each column and constraint of a table,"
                + " two spaces for each level, no stray blanks. Comments, letters and bodies of"
                + " functions stay as they are; a file of which something would be lost is"
                + " refused.")
        .operand(
            "FILE|FOLDER",
            0,
            Integer.MAX_VALUE,
            "SQL files and folders of them; the project's schema by default.")
        .option(CHECK)
        .example("undercroft schema format --project shop", "Writes what is not in the layout.")
        .example("undercroft schema format --project shop --check", "For continuous integration.")
        .no("--check was given and a file is not in the layout")
        .answers(FilesLaidOut.class)
        .does(FormatVerbs::run);
  }

  private static int run(Call call) {
    boolean check = call.has(CHECK);
    FilesLaidOut files = call.run(new SchemaCommand.LayOut(call.scope(), call.operands(), check));
    call.answer(files, one -> text(one, call, check));
    return check && !files.changed().isEmpty() ? 3 : 0;
  }

  private static String text(FilesLaidOut files, Call call, boolean check) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    files
        .changed()
        .forEach(file ->
            text.append(check ? style.warning("!") : style.good("+"))
                .append(' ')
                .append(file)
                .append('\n'));
    int rest = files.files() - files.changed().size();
    return text.append(rest)
        .append(rest == 1 ? " file is" : " files are")
        .append(" in the layout\n")
        .toString();
  }
}
