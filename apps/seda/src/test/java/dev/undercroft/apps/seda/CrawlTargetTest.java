package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlTargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://thecellardoors.bandcamp.com/album/x",
        "https://BANDCAMP.com/a",
        "https://soundcloud.com/a",
        "https://open.spotify.com/artist/1",
        "https://music.apple.com/gb/artist/1",
        "https://www.youtube.com/@a",
        "https://youtu.be/a",
        "https://soundcloud.com:443/a"
      })
  void the_crawler_goes_to_the_listed_services(String address) {
    assertThat(CrawlTarget.accept(address)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://soundcloud.com/a",
        "https://evilbandcamp.com/",
        "https://bandcamp.com.evil.example/",
        "https://soundcloud.com@127.0.0.1/",
        "https://user:pass@soundcloud.com/",
        "https://soundcloud.com:8080/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "gopher://soundcloud.com/",
        "https:soundcloud.com",
        "https://soundcloud.com\\@evil.example/",
        ""
      })
  void the_crawler_goes_nowhere_else(String address) {
    assertThatThrownBy(() -> CrawlTarget.accept(address)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001::1",
        "ff02::1"
      })
  void private_and_special_addresses_are_known(String address) throws Exception {
    assertThat(CrawlTarget.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "151.101.1.28", "100.128.0.1", "2606:4700::1111"})
  void public_addresses_are_known(String address) throws Exception {
    assertThat(CrawlTarget.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void claim_codes_have_their_form_and_do_not_repeat() {
    ClaimCode codes = new ClaimCode(8);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String code = codes.next();
      assertThat(code).matches("SEDA-[A-HJ-NP-Z2-9]{8}");
      seen.add(code);
    }
    assertThat(seen).hasSize(1000);
  }
}
