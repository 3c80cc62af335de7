package dev.undercroft.diagram;

import dev.undercroft.diagram.EntityModel.Column;
import dev.undercroft.diagram.EntityModel.Entity;
import dev.undercroft.diagram.EntityModel.Relation;

/** An {@code erDiagram} as Mermaid's own page on it describes. Stateless. */
public final class Mermaid {

  private Mermaid() {}

  /** The text of the diagram. */
  public static String of(EntityModel model) {
    StringBuilder text = new StringBuilder("erDiagram\n");
    for (Entity entity : model.entities()) {
      text.append("  ").append(quoted(entity.name())).append(" {\n");
      for (Column column : entity.columns()) {
        text.append("    ").append(word(column.type())).append(' ').append(word(column.name()));
        text.append(column.mark().isEmpty() ? "" : " " + column.mark());
        text.append(column.required() ? "" : " \"null\"").append('\n');
      }
      text.append("  }\n");
    }
    for (Relation relation : model.relations()) {
      text.append("  ").append(quoted(relation.from()));
      text.append(relation.single() ? " |o--" : " }o--");
      text.append(relation.optional() ? "o| " : "|| ").append(quoted(relation.to()));
      text.append(" : ").append(quoted(String.join(", ", relation.columns()))).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return '"' + name.replace('"', '\'') + '"';
  }

  /** Types and columns there are single words of letters, digits, brackets and hyphens. */
  private static String word(String text) {
    String word = text.replaceAll("[^\\p{L}\\p{N}_()\\[\\]-]+", "_");
    return word.matches("^\\p{L}.*") ? word : "_" + word;
  }
}
