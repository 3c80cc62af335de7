package dev.undercroft.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON list of replication nodes. Stateless, thread-safe. */
final class ReplicationNodes {

  private static final Set<String> KEYS = Set.of("id", "host", "port", "role", "priority");

  private ReplicationNodes() {}

  static SettingType<List<ReplicationNode>> type() {
    return new SettingType<>(
        "JSON list of nodes",
        "[{\"id\":\"a\",\"host\":\"10.0.0.1\",\"port\":5432,\"role\":\"master\",\"priority\":1}]",
        ReplicationNodes::read);
  }

  private static List<ReplicationNode> read(String text) {
    JsonNode list = parse(text);
    if (!list.isArray()) {
      throw new IllegalArgumentException("it is not a JSON list");
    }
    List<ReplicationNode> nodes = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode element : list) {
      ReplicationNode node = node(element, "node " + (nodes.size() + 1));
      if (!ids.add(node.id())) {
        throw new IllegalArgumentException("two nodes have the id '" + node.id() + "'");
      }
      nodes.add(node);
    }
    return List.copyOf(nodes);
  }

  private static JsonNode parse(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException invalid) {
      TokenStreamLocation place = invalid.getLocation();
      throw new IllegalArgumentException(
          place == null
              ? "it is not JSON"
              : "it is not JSON: line " + place.getLineNr() + ", column " + place.getColumnNr(),
          invalid);
    }
  }

  private static ReplicationNode node(JsonNode element, String which) {
    if (!element.isObject()) {
      throw new IllegalArgumentException(which + " is not an object");
    }
    for (String key : element.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(which + " has an unknown key '" + key + "'");
      }
    }
    return new ReplicationNode(
        text(element, "id", which),
        text(element, "host", which),
        number(element, "port", which, 65535),
        role(text(element, "role", which), which),
        number(element, "priority", which, Integer.MAX_VALUE));
  }

  private static String text(JsonNode element, String key, String which) {
    JsonNode value = element.get(key);
    if (value == null || !value.isString() || value.stringValue().isBlank()) {
      throw new IllegalArgumentException(which + " needs a text '" + key + "'");
    }
    return value.stringValue();
  }

  private static int number(JsonNode element, String key, String which, int most) {
    JsonNode value = element.get(key);
    if (value == null
        || !value.canConvertToInt()
        || value.intValue() < 1
        || value.intValue() > most) {
      throw new IllegalArgumentException(
          which + " needs a whole number '" + key + "' from 1 to " + most);
    }
    return value.intValue();
  }

  private static ReplicationNode.Role role(String word, String which) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "master", "primary" -> ReplicationNode.Role.MASTER;
      case "slave", "replica", "standby" -> ReplicationNode.Role.SLAVE;
      default ->
          throw new IllegalArgumentException(which + " has an unknown role; write master or slave");
    };
  }
}
