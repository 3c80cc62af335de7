package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void the_constants_are_those_of_the_build() throws Exception {
    Properties build = new Properties();
    try (InputStream text = VersionTest.class.getResourceAsStream("version.properties")) {
      build.load(text);
    }
    assertThat(Version.read().version()).isEqualTo(build.getProperty("version"));
    assertThat(Version.read().postgres()).isEqualTo(build.getProperty("postgres"));
  }
}
