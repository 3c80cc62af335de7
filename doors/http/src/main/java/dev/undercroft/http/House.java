package dev.undercroft.http;

import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the HTTP door is given by the house. Immutable.
 *
 * @param platform carries out verbs
 * @param scope what this instance serves
 * @param token opens the operator's endpoints
 * @param meters takes measurements
 * @param scrape all measurements in the text format of Prometheus
 * @param summary what runs; empty until the databases are set up and requests may be answered
 * @param version the product's version
 */
public record House(
    Platform platform,
    Scope scope,
    OperatorToken token,
    MeterRegistry meters,
    Supplier<String> scrape,
    Supplier<Optional<InstanceSummary>> summary,
    String version) {

  /** Whether the databases are set up and requests may be answered. */
  boolean ready() {
    return summary.get().isPresent();
  }
}
