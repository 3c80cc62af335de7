package dev.undercroft.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.identity.ExternalAccount.Link;
import dev.undercroft.identity.ExternalAccount.Local;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightsTest {

  private enum Role {
    VIEWER,
    ADMIN
  }

  private enum Permission {
    READ,
    WRITE
  }

  @Test
  void what_is_not_said_is_forbidden() {
    Permissions<Role, Permission> permissions =
        Permissions.<Role, Permission>none(Role.class)
            .with(Role.VIEWER, Set.of(Permission.READ))
            .with(Role.ADMIN, EnumSet.allOf(Permission.class));
    permissions.demand(Role.VIEWER, Permission.READ);
    permissions.demand(Role.ADMIN, Permission.WRITE);
    assertThatThrownBy(() -> permissions.demand(Role.VIEWER, Permission.WRITE))
        .hasMessageContaining("VIEWER")
        .hasMessageContaining("WRITE");
    assertThat(permissions.role("ADMIN")).contains(Role.ADMIN);
    assertThat(permissions.role("admin")).isEmpty();
  }

  @Test
  void a_day_begins_where_the_person_lives_also_when_clocks_change() {
    DailyQuota taipei = new DailyQuota("projects", 3, ZoneId.of("Asia/Taipei"));
    Instant now = Instant.parse("2026-11-21T15:59:59Z");
    assertThat(taipei.start(now)).isEqualTo(Instant.parse("2026-11-20T16:00:00Z"));
    assertThat(taipei.end(now)).isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
    // Clocks go forward at midnight: the day begins at one.
    DailyQuota cairo = new DailyQuota("projects", 3, ZoneId.of("Africa/Cairo"));
    assertThat(cairo.start(Instant.parse("2026-04-24T12:00:00Z")))
        .isEqualTo(Instant.parse("2026-04-23T22:00:00Z"));
    taipei.demand(2, 1, now);
    assertThatThrownBy(() -> taipei.demand(3, 1, now)).hasMessageContaining("3 of 3 projects");
  }

  @Test
  void an_outside_identity_takes_over_no_account_that_it_did_not_prove() {
    ExternalAccount proved = new ExternalAccount("https://id", "1", Optional.of("a@x"), true);
    ExternalAccount claimed = new ExternalAccount("https://id", "1", Optional.of("a@x"), false);
    assertThat(proved.linkTo(Optional.empty())).isEqualTo(new Link.Create());
    assertThat(proved.linkTo(Optional.of(new Local("u", true)))).isEqualTo(new Link.Join("u"));
    assertThat(proved.linkTo(Optional.of(new Local("u", false))))
        .isEqualTo(new Link.JoinAndClean("u"));
    assertThat(claimed.linkTo(Optional.of(new Local("u", true)))).isEqualTo(new Link.AskOwner("u"));
  }
}
