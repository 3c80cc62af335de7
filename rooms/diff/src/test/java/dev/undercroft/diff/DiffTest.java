package dev.undercroft.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.catalog.ServerVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiffTest {

  private static final ServerVersion SERVER = new ServerVersion("PostgreSQL", 18);
  private static final ObjectId TABLE = ObjectId.of(Kind.TABLE, "public", "person");
  private static final ObjectId NAME = ObjectId.in(Kind.COLUMN, "public", "person", "name");
  private static final ObjectId CHECK = ObjectId.in(Kind.CONSTRAINT, "public", "person", "c");

  private static Catalog of(CatalogObject... objects) {
    List<Dependency> needs =
        Arrays.stream(objects)
            .filter(object -> object.id().kind() == Kind.CONSTRAINT)
            .map(object -> new Dependency(object.id(), NAME, true))
            .toList();
    return new Catalog(SERVER, List.of(objects), needs, List.of());
  }

  private static CatalogObject object(ObjectId id, Map<Attribute, String> values) {
    return new CatalogObject(id, values);
  }

  @Test
  void equal_catalogs_have_no_changes() {
    Catalog one = of(object(TABLE, Map.of()));
    assertThat(Diff.between(one, one)).isEmpty();
  }

  @Test
  void what_comes_goes_and_differs_is_named() {
    CatalogObject text = object(NAME, Map.of(Attribute.TYPE, "text"));
    CatalogObject number = object(NAME, Map.of(Attribute.TYPE, "integer"));
    CatalogObject table = object(TABLE, Map.of());
    CatalogObject check = object(CHECK, Map.of(Attribute.DEFINITION, "CHECK (true)"));
    assertThat(Diff.between(of(text, check), of(number, table)))
        .containsExactly(
            new Change.Altered(text, number, Set.of(Attribute.TYPE)),
            new Change.Removed(check),
            new Change.Added(table));
  }

  @Test
  void a_constraint_that_is_alike_but_for_its_name_is_renamed() {
    Catalog before = of(object(CHECK, Map.of(Attribute.DEFINITION, "CHECK (true)")));
    ObjectId other = CHECK.named("d");
    Catalog after = of(object(other, Map.of(Attribute.DEFINITION, "CHECK (true)")));
    assertThat(Renames.NONE.withTwins(before, after).changes())
        .containsExactly(new Change.Renamed(CHECK, other));
  }

  @Test
  void a_column_is_never_renamed_without_being_told() {
    Catalog before = of(object(NAME, Map.of(Attribute.TYPE, "text")));
    Catalog after = of(object(NAME.named("title"), Map.of(Attribute.TYPE, "text")));
    assertThat(Renames.NONE.withTwins(before, after).changes()).isEmpty();
  }

  @Test
  void a_renamed_column_is_renamed_where_others_speak_of_it() {
    Catalog before =
        of(
            object(TABLE, Map.of()),
            object(NAME, Map.of(Attribute.TYPE, "text")),
            object(CHECK, Map.of(Attribute.DEFINITION, "CHECK ((name <> 'name'::text))")));
    Catalog renamed = new Renames(Map.of(NAME, NAME.named("order by"))).apply(before);
    assertThat(renamed.has(NAME)).isFalse();
    assertThat(renamed.has(NAME.named("order by"))).isTrue();
    assertThat(renamed.find(CHECK).orElseThrow().get(Attribute.DEFINITION))
        .isEqualTo("CHECK ((\"order by\" <> 'name'::text))");
  }

  @Test
  void a_renamed_table_takes_its_parts_along() {
    Catalog before = of(object(TABLE, Map.of()), object(NAME, Map.of()));
    Catalog renamed = new Renames(Map.of(TABLE, TABLE.named("people"))).apply(before);
    assertThat(renamed.has(ObjectId.in(Kind.COLUMN, "public", "people", "name"))).isTrue();
  }
}
