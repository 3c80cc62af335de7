package dev.undercroft.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once per server; each run resolves its databases on that server. */
final class EachServerProvider implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Arrays.stream(PostgresVersion.values()).map(Invocation::new);
  }

  private record Invocation(PostgresVersion version) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return "PostgreSQL " + version.major();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Resolver(version));
    }
  }

  private record Resolver(PostgresVersion version)
      implements ParameterResolver, BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      if (DatabaseExtension.isMissing(context)) {
        throw new IllegalStateException("@EachServer needs @DatabaseTest on the class");
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return DatabaseExtension.isOfEachServer(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return DatabaseExtension.create(context, version);
    }
  }
}
