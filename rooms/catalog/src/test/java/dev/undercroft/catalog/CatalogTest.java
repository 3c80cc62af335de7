package dev.undercroft.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private static final ServerVersion SERVER = new ServerVersion("PostgreSQL", 18);
  private static final ObjectId TABLE = ObjectId.of(Kind.TABLE, "public", "person");
  private static final ObjectId COLUMN = ObjectId.in(Kind.COLUMN, "public", "person", "name");

  private static Catalog of(CatalogObject... objects) {
    return new Catalog(
        SERVER, List.of(objects), List.of(new Dependency(COLUMN, TABLE, true)), List.of());
  }

  private static CatalogObject column(Map<Attribute, String> values) {
    return new CatalogObject(COLUMN, values);
  }

  @Test
  void catalogs_with_the_same_contents_are_equal_whatever_the_order() {
    CatalogObject table = new CatalogObject(TABLE, Map.of());
    CatalogObject column = column(Map.of(Attribute.TYPE, "text"));
    assertThat(of(table, column)).isEqualTo(of(column, table));
    assertThat(of(table, column).fingerprint()).isEqualTo(of(column, table).fingerprint());
  }

  @Test
  void the_place_of_a_column_does_not_count() {
    CatalogObject first = column(Map.of(Attribute.TYPE, "text", Attribute.POSITION, "1"));
    CatalogObject second = column(Map.of(Attribute.TYPE, "text", Attribute.POSITION, "2"));
    assertThat(first.differences(second)).isEmpty();
    assertThat(of(first)).isEqualTo(of(second));
  }

  @Test
  void the_order_of_options_does_not_count_but_their_values_do() {
    CatalogObject one = new CatalogObject(TABLE, Map.of(Attribute.OPTIONS, "a=1\nb=2"));
    CatalogObject turned = new CatalogObject(TABLE, Map.of(Attribute.OPTIONS, "b=2\na=1"));
    CatalogObject other = new CatalogObject(TABLE, Map.of(Attribute.OPTIONS, "a=1\nb=3"));
    assertThat(one.differences(turned)).isEmpty();
    assertThat(of(one)).isEqualTo(of(turned));
    assertThat(one.differences(other)).containsExactly(Attribute.OPTIONS);
  }

  @Test
  void an_empty_value_is_something_else_than_none() {
    CatalogObject empty = column(Map.of(Attribute.PRIVILEGES, ""));
    assertThat(empty.differences(column(Map.of()))).containsExactly(Attribute.PRIVILEGES);
  }

  @Test
  void children_are_those_of_that_parent_alone() {
    ObjectId other = ObjectId.in(Kind.COLUMN, "public", "person2", "name");
    Catalog catalog = of(column(Map.of()), new CatalogObject(other, Map.of()));
    assertThat(catalog.children(TABLE, Kind.COLUMN))
        .extracting(CatalogObject::id)
        .containsExactly(COLUMN);
    assertThat(catalog.neededBy(TABLE)).hasSize(1);
  }

  @Test
  void ids_say_in_words_what_they_name() {
    assertThat(COLUMN).hasToString("column public.person.name");
    assertThat(new ObjectId(Kind.FUNCTION, "public", "", "f", "integer"))
        .hasToString("function public.f(integer)");
  }
}
