package dev.undercroft.apps.epic;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What making a video is likely to cost, in US dollars. Pure. */
final class Costs {

  private static final BigDecimal TOKEN = new BigDecimal("0.000001");
  private static final BigDecimal IMAGE = new BigDecimal("0.04");
  private static final BigDecimal SPOKEN_CHARACTER = new BigDecimal("0.000016");
  private static final BigDecimal RENDERED_SECOND = new BigDecimal("0.01");
  private static final BigDecimal LEAST = new BigDecimal("0.8");
  private static final BigDecimal MOST = new BigDecimal("1.2");

  /** Read aloud, so many characters take a second. */
  private static final int CHARACTERS_A_SECOND = 5;

  private static final int DIGITS = 6;

  private static final List<String> PARTS =
      List.of("llm_cost", "image_cost", "tts_cost", "render_cost", "total");

  private Costs() {}

  /**
   * The estimate: the four costs and their total, a fifth less and a fifth more.
   *
   * @param scenes texts of the scenes
   * @param config the project's configuration
   */
  static Map<String, Object> estimate(List<String> scenes, Map<String, Object> config) {
    long characters =
        scenes.stream().mapToLong(text -> text.codePointCount(0, text.length())).sum();
    long images = (long) scenes.size() * imagesPerScene(config);
    BigDecimal llm = TOKEN.multiply(BigDecimal.valueOf(characters));
    BigDecimal image = IMAGE.multiply(BigDecimal.valueOf(images));
    BigDecimal speech = SPOKEN_CHARACTER.multiply(BigDecimal.valueOf(characters));
    BigDecimal render =
        RENDERED_SECOND.multiply(
            BigDecimal.valueOf(characters)
                .divide(BigDecimal.valueOf(CHARACTERS_A_SECOND), DIGITS, RoundingMode.HALF_UP));
    BigDecimal total = llm.add(image).add(speech).add(render);
    Map<String, Object> estimate = new LinkedHashMap<>();
    estimate.put("llm_cost", rounded(llm));
    estimate.put("image_cost", rounded(image));
    estimate.put("tts_cost", rounded(speech));
    estimate.put("render_cost", rounded(render));
    estimate.put("total_min", rounded(total.multiply(LEAST)));
    estimate.put("total_max", rounded(total.multiply(MOST)));
    estimate.put("currency", "USD");
    return estimate;
  }

  /**
   * Checks what a job has cost: four costs and their total, a currency, and how they came about.
   *
   * @throws ProblemException with everything that is wrong
   */
  static void demandActual(Map<String, Object> cost) {
    List<Problem> problems = new ArrayList<>();
    for (String part : PARTS) {
      if (!(cost.get(part) instanceof Number number) || number.doubleValue() < 0) {
        problems.add(wrong(part, "this is an amount, not below zero"));
      }
    }
    if (!"USD".equals(cost.get("currency")) && !"TWD".equals(cost.get("currency"))) {
      problems.add(wrong("currency", "this is USD or TWD"));
    }
    if (cost.containsKey("breakdown") && !(cost.get("breakdown") instanceof List<?>)) {
      problems.add(wrong("breakdown", "this is a list"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private static Problem wrong(String part, String message) {
    return Problem.of("EPIC_COST", ProblemKind.INPUT, message)
        .withRemedy("Correct it and send it again.")
        .with("pointer", "/cost/" + part);
  }

  private static BigDecimal rounded(BigDecimal amount) {
    return amount.setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
  }

  private static int imagesPerScene(Map<String, Object> config) {
    return config.get("generation") instanceof Map<?, ?> generation
            && generation.get("images_per_scene") instanceof Number number
        ? number.intValue()
        : 1;
  }
}
