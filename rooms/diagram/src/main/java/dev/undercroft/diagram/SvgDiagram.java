package dev.undercroft.diagram;

import dev.undercroft.diagram.EntityModel.Column;
import dev.undercroft.diagram.EntityModel.Relation;
import dev.undercroft.diagram.Layout.Box;
import java.util.Map;

/** A picture that a browser shows as it is, light or dark as the reader's system. Stateless. */
public final class SvgDiagram {

  private static final int EDGE = 24;
  private static final String STYLE =
      """
      <style>
      text { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328; }
      .name { font-weight: 600; } .type { fill: #59636e; } .box { fill: #fff; stroke: #d1d9e0; }
      .head { fill: #f6f8fa; stroke: #d1d9e0; } .line { fill: none; stroke: #818b98; }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc; } .type { fill: #9198a1; } .box { fill: #0d1117; stroke: #3d444d; }
        .head { fill: #151b23; stroke: #3d444d; } .line { stroke: #656c76; }
      }
      </style>
      """;

  private SvgDiagram() {}

  /** The picture as text. */
  public static String of(EntityModel model) {
    Map<String, Box> boxes = Layout.of(model);
    int width = EDGE;
    int height = EDGE;
    for (Box box : boxes.values()) {
      width = Math.max(width, box.x() + box.width() + EDGE * 3);
      height = Math.max(height, box.y() + box.height() + EDGE);
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\" role=\"img\" aria-label=\"Entity-relationship diagram of %3$d tables\">\n"
            .formatted(width, height, boxes.size()));
    svg.append(STYLE);
    for (Relation relation : model.relations()) {
      Box from = boxes.get(relation.from());
      Box to = boxes.get(relation.to());
      if (from != null && to != null) {
        line(relation, from, to, svg);
      }
    }
    boxes.values().forEach(box -> box(box, svg));
    return svg.append("</svg>\n").toString();
  }

  private static void line(Relation relation, Box from, Box to, StringBuilder svg) {
    int y1 = from.line(relation.columns().getFirst());
    int y2 = to.line(relation.targets().getFirst());
    boolean leftwards = to.x() < from.x();
    boolean sameLayer = to.x() == from.x();
    int x1 = leftwards ? from.x() : from.x() + from.width();
    int x2 = leftwards || sameLayer ? to.x() + to.width() : to.x();
    int bend = sameLayer ? EDGE * 2 : Math.max(EDGE, Math.abs(x2 - x1) / 2);
    int c1 = leftwards ? x1 - bend : x1 + bend;
    int c2 = leftwards || sameLayer ? x2 + bend : x2 - bend;
    svg.append(
        "<path class=\"line\"%s d=\"M%d %dC%d %d %d %d %d %d\"><title>%s (%s) → %s</title></path>\n"
            .formatted(
                relation.optional() ? " stroke-dasharray=\"4 3\"" : "",
                x1,
                y1,
                c1,
                y1,
                c2,
                y2,
                x2,
                y2,
                escaped(relation.from()),
                escaped(String.join(", ", relation.columns())),
                escaped(relation.to())));
    svg.append("<circle class=\"head\" cx=\"%d\" cy=\"%d\" r=\"3\"/>\n".formatted(x2, y2));
  }

  private static void box(Box box, StringBuilder svg) {
    svg.append("<g>\n");
    svg.append(
        "<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n"
            .formatted(box.x(), box.y(), box.width(), box.height()));
    svg.append(
        "<rect class=\"head\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n"
            .formatted(box.x(), box.y(), box.width(), Layout.HEAD - 4));
    text(svg, box.x() + 10, box.y() + 15, "name", box.entity().name());
    int y = box.y() + Layout.HEAD + 13;
    for (Column column : box.entity().columns()) {
      text(svg, box.x() + 10, y, "type", column.mark());
      text(svg, box.x() + 34, y, "", column.name());
      svg.append(
          "<text class=\"type\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s%s</text>\n"
              .formatted(
                  box.x() + box.width() - 8,
                  y,
                  escaped(column.type()),
                  column.required() ? "" : "?"));
      y += Layout.ROW;
    }
    svg.append("</g>\n");
  }

  private static void text(StringBuilder svg, int x, int y, String style, String text) {
    if (!text.isEmpty()) {
      svg.append(
          "<text%s x=\"%d\" y=\"%d\">%s</text>\n"
              .formatted(style.isEmpty() ? "" : " class=\"" + style + "\"", x, y, escaped(text)));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
