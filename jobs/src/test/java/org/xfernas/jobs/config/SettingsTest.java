package org.xfernas.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.UsageException;

class SettingsTest {

  record Garden(House house, Optional<Path> output) {}

  record House(
      int floors,
      double height,
      boolean roof,
      Colour colour,
      Duration warranty,
      Optional<String> owner,
      List<Room> rooms,
      Map<String, String> labels,
      Heating heating)
      implements Checked {
    @Override
    public void check(Problems problems) {
      problems.require(floors > 0, "floors", "set it to 1 or more");
      problems.require(height > 0, "height", "set it to more than 0");
    }
  }

  record Room(String name, long area) {
    Room {
      if (area < 1) {
        throw new IllegalArgumentException("a room needs an area");
      }
    }
  }

  enum Colour {
    RED,
    PALE_BLUE
  }

  sealed interface Heating {}

  record GasBoiler(int power) implements Heating {}

  record HeatPump(int power, Optional<String> source) implements Heating {}

  private static final String VALID =
      """
      xfernas.house {
        floors = 2, height = 6.5, colour = pale-blue, warranty = 90s
        rooms = [{ name = kitchen, area = 12 }]
        labels { a.b = 1, c = x }
        heating { type = heat-pump, power = 7 }
      }
      """;

  private static House house(String... overrides) {
    return Settings.read(config(overrides), Garden.class).house();
  }

  private static Config config(String... overrides) {
    Config config = ConfigFactory.parseString(VALID);
    for (String override : overrides) {
      ConfigParseOptions origin = ConfigParseOptions.defaults().setOriginDescription("my.conf: 7");
      config = ConfigFactory.parseString(override, origin).withFallback(config);
    }
    return config.withFallback(ConfigFactory.defaultReference()).resolve();
  }

  @Test
  void everyKindOfComponentIsBound() {
    assertThat(house())
        .isEqualTo(
            new House(
                2,
                6.5,
                false,
                Colour.PALE_BLUE,
                Duration.ofSeconds(90),
                Optional.empty(),
                List.of(new Room("kitchen", 12)),
                Map.of("a.b", "1", "c", "x"),
                new HeatPump(7, Optional.empty())));
  }

  @Test
  void defaultsComeFromTheReference() {
    assertThat(Settings.read(config(), Garden.class).output()).contains(Path.of("runs"));
  }

  @Test
  void allProblemsAreReportedAtOnceWithValueAndOrigin() {
    assertThatThrownBy(
            () ->
                house(
                    "xfernas.house { floor = 3, colour = pale-blu, rooms = [{ name = attic, area = 0 }] }",
                    "xfernas.house.warranty = soon",
                    "xfernas.huose.floors = 1",
                    "xfern.house.floors = 1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "xfernas.house.floor = 3 (my.conf: 7: 1): is no setting (did you mean floors?)")
        .hasMessageContaining(
            "xfernas.house.colour = \"pale-blu\" (my.conf: 7: 1): must be one of pale-blue, red (did you mean pale-blue?)")
        .hasMessageContaining("xfernas.house.rooms[0]: a room needs an area")
        .hasMessageContaining(
            "xfernas.house.warranty = \"soon\" (my.conf: 7: 1): must be a duration such as 90s, 30m or 2h")
        .hasMessageContaining("xfernas.huose: is no setting")
        .hasMessageContaining("(did you mean house?)")
        .hasMessageContaining("xfern: is no setting")
        .hasMessageContaining("(did you mean xfernas?)");
  }

  @Test
  void everyCheckOfARecordIsReported() {
    assertThatThrownBy(() -> house("xfernas.house { floors = 0, height = -1 }"))
        .hasMessage(
            """
            xfernas.house.floors = 0 (my.conf: 7: 1): set it to 1 or more
            xfernas.house.height = -1 (my.conf: 7: 1): set it to more than 0""");
  }

  @Test
  void aMissingValueSaysWhatIsExpected() {
    assertThatThrownBy(() -> house("xfernas.house { floors = null, colour = null }"))
        .hasMessageContaining("xfernas.house.floors: is missing; set it to a whole number")
        .hasMessageContaining("xfernas.house.colour: is missing; set it to one of red, pale-blue");
  }

  @Test
  void aFractionIsNoWholeNumber() {
    assertThatThrownBy(() -> house("xfernas.house.floors = 2.5"))
        .hasMessageContaining("xfernas.house.floors = 2.5")
        .hasMessageContaining("must be a whole number");
  }

  @Test
  void aKeyOfAnotherTypeIsRefused() {
    assertThatThrownBy(
            () -> house("xfernas.house.heating { type = gas-boiler, power = 3, source = air }"))
        .hasMessageContaining("xfernas.house.heating.source")
        .hasMessageContaining("is no setting; known here: power, type");
  }

  @Test
  void whatIsAtItsDefaultIsLeftOutOfNamesAndWhatIsNotStays() {
    Config defaults = ConfigFactory.defaultReference().getConfig(Settings.ROOT);
    List<String> paths = List.of(Settings.NETWORK, "ablation.grid.adversarial");
    Config older = defaults.withoutPath(paths.get(0)).withoutPath(paths.get(1));
    assertThat(Settings.withoutDefaults(defaults, paths)).isEqualTo(older);
    assertThat(Settings.withoutDefaults(older, paths)).isEqualTo(older);

    Config other =
        ConfigFactory.parseString(Settings.NETWORK + ".weight-decay = 0").withFallback(defaults);
    assertThat(Settings.withoutDefaults(other, paths).getDouble(Settings.NETWORK + ".weight-decay"))
        .isZero();
    assertThat(Settings.withoutDefaults(other, paths).hasPath(paths.get(1))).isFalse();
  }
}
