package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.ask;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The podcast feed over HTTP. */
@DatabaseTest
class FeedTest {

  private static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";
  private static final String PODCAST = "https://podcastindex.org/namespace/1.0";
  private static final String ATOM = "http://www.w3.org/2005/Atom";

  private final PostgresDatabase database;
  private final Stage stage;

  FeedTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private String draft(String title) throws Exception {
    return id(admin(stage, "POST /episodes", Theatre.episode(title)));
  }

  private String published(String title) throws Exception {
    String id = draft(title);
    done(admin(stage, "POST /episodes/" + id + "/publish"));
    return id;
  }

  private static String text(Element parent, String space, String name) {
    var found =
        space.isEmpty()
            ? parent.getElementsByTagName(name)
            : parent.getElementsByTagNameNS(space, name);
    assertThat(found.getLength()).as(name).isPositive();
    return found.item(0).getTextContent();
  }

  private Document feed() throws Exception {
    Answer feed = ask(stage.nobody(), "GET /feed.xml");
    assertThat(feed.status()).isEqualTo(200);
    assertThat(feed.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/rss+xml");
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(feed.body().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  @Tag("SC-021")
  void the_head_of_the_feed_has_what_directories_ask_for() throws Exception {
    published("First");
    Element rss = feed().getDocumentElement();
    assertThat(rss.getTagName()).isEqualTo("rss");
    assertThat(rss.getAttribute("version")).isEqualTo("2.0");
    Element channel = (Element) rss.getElementsByTagName("channel").item(0);
    for (String name : List.of("title", "link", "description", "language", "pubDate")) {
      assertThat(text(channel, "", name)).isNotBlank();
    }
    for (String name : List.of("author", "explicit", "type")) {
      assertThat(text(channel, ITUNES, name)).isNotBlank();
    }
    for (String name : List.of("guid", "locked", "medium")) {
      assertThat(text(channel, PODCAST, name)).isNotBlank();
    }
    assertThat(attribute(channel, ITUNES, "category", "text")).isEqualTo("Technology");
    assertThat(attribute(channel, ITUNES, "image", "href")).startsWith("http://localhost:8000/");
    assertThat(attribute(channel, ATOM, "link", "href"))
        .isEqualTo("http://localhost:8000/feed.xml");
  }

  private static String attribute(Element parent, String space, String name, String attribute) {
    return ((Element) parent.getElementsByTagNameNS(space, name).item(0)).getAttribute(attribute);
  }

  @Test
  @Tag("SC-021")
  void an_item_of_the_feed_has_enclosure_duration_and_explicit_flag() throws Exception {
    String id = published("One & <two>");
    published("Später 🎙");
    draft("Draft");
    var items = feed().getElementsByTagName("item");
    assertThat(items.getLength()).isEqualTo(2);
    Element item = (Element) items.item(1);
    assertThat(text(item, "", "title")).isEqualTo("One & <two>");
    assertThat(text(item, "", "description")).isEqualTo("About <it> & more ]]>");
    assertThat(text(item, "", "guid")).isEqualTo("urn:uuid:" + id);
    ZonedDateTime date =
        ZonedDateTime.parse(text(item, "", "pubDate"), DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(date.getYear()).isGreaterThanOrEqualTo(2026);
    assertThat(text(item, ITUNES, "duration")).isEqualTo("61");
    assertThat(text(item, ITUNES, "explicit")).isEqualTo("true");
    assertThat(text(item, ITUNES, "episode")).isEqualTo("7");
    assertThat(text(item, ITUNES, "season")).isEqualTo("2");
    assertThat(text(item, PODCAST, "episode")).isEqualTo("7");
    assertThat(text(item, PODCAST, "season")).isEqualTo("2");
    Element enclosure = (Element) item.getElementsByTagName("enclosure").item(0);
    assertThat(enclosure.getAttribute("url"))
        .isEqualTo("http://localhost:8000/media/out/number%20one.mp3");
    assertThat(enclosure.getAttribute("length")).isEqualTo("1234");
    assertThat(enclosure.getAttribute("type")).isEqualTo("audio/mpeg");
  }

  @Test
  void characters_that_xml_has_no_place_for_do_not_break_the_feed() throws Exception {
    String id = published("First");
    database.execute(
        "update feed_episodes set title = 'a' || chr(1) || chr(65534) || 'b', audio_mime_type ="
            + " 'x/' || chr(2) || '\"<' where id = '"
            + id
            + "'");
    Element item = (Element) feed().getElementsByTagName("item").item(0);
    assertThat(text(item, "", "title")).isEqualTo("ab");
  }
}
