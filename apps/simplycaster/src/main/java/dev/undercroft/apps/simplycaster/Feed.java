package dev.undercroft.apps.simplycaster;

import dev.undercroft.apps.simplycaster.Episodes.EpisodeView;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The podcast feed: RSS 2.0 with the tags of Apple Podcasts ({@code itunes}) and of the Podcasting
 * 2.0 namespace ({@code podcast}). Immutable.
 *
 * @param baseUrl where links lead, without a slash at its end
 * @param channel what the feed is called
 */
record Feed(String baseUrl, Channel channel) {

  static final String MEDIA_TYPE = "application/rss+xml";

  private static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";
  private static final String PODCAST = "https://podcastindex.org/namespace/1.0";
  private static final String ATOM = "http://www.w3.org/2005/Atom";

  /**
   * What stands at the head of a feed.
   *
   * @param language as RFC 5646 says
   * @param category one of Apple's
   */
  record Channel(
      String title, String description, String author, String language, String category) {

    static final Channel USUAL =
        new Channel(
            "SimplyCaster", "Recorded with SimplyCaster.", "SimplyCaster", "en", "Technology");
  }

  /** The feed of these episodes, in their order. */
  String xml(List<EpisodeView> episodes) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("rss");
      xml.writeAttribute("version", "2.0");
      xml.writeNamespace("itunes", ITUNES);
      xml.writeNamespace("podcast", PODCAST);
      xml.writeNamespace("atom", ATOM);
      xml.writeStartElement("channel");
      head(xml, episodes);
      for (EpisodeView episode : episodes) {
        item(xml, episode);
      }
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing into memory does not fail", e);
    }
    return text.toString();
  }

  private void head(XMLStreamWriter xml, List<EpisodeView> episodes) throws XMLStreamException {
    element(xml, "title", channel.title());
    element(xml, "link", baseUrl + "/");
    element(xml, "description", channel.description());
    element(xml, "language", channel.language());
    element(xml, "generator", "SimplyCaster");
    if (!episodes.isEmpty() && episodes.getFirst().publishedAt().isPresent()) {
      element(xml, "pubDate", date(episodes.getFirst().publishedAt().get()));
    }
    xml.writeEmptyElement("atom", "link", ATOM);
    xml.writeAttribute("href", baseUrl + "/feed.xml");
    xml.writeAttribute("rel", "self");
    xml.writeAttribute("type", MEDIA_TYPE);
    element(xml, ITUNES, "author", channel.author());
    element(xml, ITUNES, "type", "episodic");
    boolean explicit = episodes.stream().anyMatch(EpisodeView::explicit);
    element(xml, ITUNES, "explicit", String.valueOf(explicit));
    xml.writeEmptyElement("itunes", "category", ITUNES);
    xml.writeAttribute("text", channel.category());
    xml.writeEmptyElement("itunes", "image", ITUNES);
    xml.writeAttribute("href", baseUrl + "/cover.jpg");
    element(xml, PODCAST, "guid", guid());
    element(xml, PODCAST, "locked", "yes");
    element(xml, PODCAST, "medium", "podcast");
  }

  private void item(XMLStreamWriter xml, EpisodeView episode) throws XMLStreamException {
    xml.writeStartElement("item");
    element(xml, "title", episode.title());
    element(xml, "link", baseUrl + "/episodes/" + episode.slug());
    if (episode.description().isPresent()) {
      element(xml, "description", episode.description().get());
    }
    xml.writeStartElement("guid");
    xml.writeAttribute("isPermaLink", "false");
    xml.writeCharacters("urn:uuid:" + episode.id());
    xml.writeEndElement();
    if (episode.publishedAt().isPresent()) {
      element(xml, "pubDate", date(episode.publishedAt().get()));
    }
    xml.writeEmptyElement("enclosure");
    xml.writeAttribute("url", media(episode.audioFilePath()));
    xml.writeAttribute("length", String.valueOf(episode.audioSizeBytes()));
    xml.writeAttribute("type", writable(episode.audioMimeType()));
    element(xml, ITUNES, "title", episode.title());
    element(xml, ITUNES, "duration", String.valueOf(episode.durationSeconds()));
    element(xml, ITUNES, "explicit", String.valueOf(episode.explicit()));
    element(xml, ITUNES, "episodeType", "full");
    if (episode.episodeNumber().isPresent()) {
      element(xml, ITUNES, "episode", String.valueOf(episode.episodeNumber().get()));
      element(xml, PODCAST, "episode", String.valueOf(episode.episodeNumber().get()));
    }
    if (episode.seasonNumber().isPresent()) {
      element(xml, ITUNES, "season", String.valueOf(episode.seasonNumber().get()));
      element(xml, PODCAST, "season", String.valueOf(episode.seasonNumber().get()));
    }
    xml.writeEndElement();
  }

  /** Where a web server offers the file; the path is percent-encoded. */
  private String media(String path) {
    String absolute = path.startsWith("/") ? path : "/" + path;
    try {
      return baseUrl + new URI(null, null, "/media" + writable(absolute), null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("every path can be written as an address", e);
    }
  }

  /** The same for the same feed, wherever it is read from (Podcasting 2.0, tag guid). */
  private String guid() {
    return UUID.nameUUIDFromBytes((baseUrl + "/feed.xml").getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /** Without the characters that XML 1.0, section 2.2, has no place for. */
  private static String writable(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c ->
            c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xD800)
                || (c >= 0xE000 && c < 0xFFFE)
                || c >= 0x10000)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(writable(text));
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String space, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(space.equals(ITUNES) ? "itunes" : "podcast", name, space);
    xml.writeCharacters(writable(text));
    xml.writeEndElement();
  }
}
