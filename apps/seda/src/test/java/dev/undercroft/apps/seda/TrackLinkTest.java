package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackLinkTest {

  @ParameterizedTest
  @CsvSource({
    "https://open.spotify.com/track/4uLU6hMC?si=abc, spotify, 4uLU6hMC, https://open.spotify.com/track/4uLU6hMC",
    "https://open.spotify.com/intl-de/track/4uLU6hMC, spotify, 4uLU6hMC, https://open.spotify.com/track/4uLU6hMC",
    "https://www.youtube.com/watch?list=x&v=dQw4-_9&t=3, youtube, dQw4-_9, https://www.youtube.com/watch?v=dQw4-_9",
    "https://youtu.be/dQw4-_9?t=3, youtube, dQw4-_9, https://www.youtube.com/watch?v=dQw4-_9",
    "https://music.youtube.com/watch?v=dQw4-_9, youtube, dQw4-_9, https://www.youtube.com/watch?v=dQw4-_9",
    "https://music.apple.com/gb/album/vault/1440?i=1447&l=en, apple, 1447, https://music.apple.com/gb/album/vault/1440?i=1447",
    "https://doors.bandcamp.com/track/keystone, bandcamp, doors/keystone, https://doors.bandcamp.com/track/keystone",
    "http://beatport.com/track/vault/99, beatport, 99, https://www.beatport.com/track/vault/99"
  })
  void a_track_is_recognised(String address, String provider, String id, String url) {
    assertThat(TrackLink.at(address)).contains(new TrackLink(provider, id, url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://open.spotify.com/album/1",
        "https://open.spotify.com.evil.example/track/1",
        "https://evil.example/open.spotify.com/track/1",
        "https://user@open.spotify.com/track/1",
        "https://open.spotify.com:8443/track/1",
        "ftp://open.spotify.com/track/1",
        "javascript:alert(1)",
        "not an address",
        ""
      })
  void anything_else_is_none(String address) {
    assertThat(TrackLink.at(address)).isEmpty();
  }
}
