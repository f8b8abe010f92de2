package org.xfernas.jobs.config;

import static java.util.Map.entry;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xfernas.search.NearestName;

/**
 * Makes records of a configuration: a component {@code batchSize} is the key {@code batch-size}.
 *
 * <p>Components may be records, lists and options of what may be a component, maps by name of what
 * may be a component (one of texts takes the keys of all levels, joined by dots), enums (written in
 * lower case with hyphens), sealed interfaces of records (the key {@code type} names the record),
 * and the plain types below, among them {@link Config} for settings that somebody else reads. An
 * absent boolean is false; anything else that is absent and not an option is a problem. The
 * defaults that reference.conf gives for a sealed interface hold for the {@code type} that stands
 * there.
 *
 * <p>Problems are collected. Where one is found, binding goes on with the default, so that the
 * checks behind it still run.
 */
final class RecordBinder {
  private static final String TYPE = "type";
  private static final String REFERENCE = "reference.conf";

  private static final Map<Class<?>, Plain> PLAIN =
      Map.ofEntries(
          entry(String.class, new Plain("a text", Config::getString)),
          entry(Path.class, new Plain("a path", (config, key) -> Path.of(config.getString(key)))),
          entry(int.class, new Plain("a whole number", RecordBinder::wholeInt)),
          entry(Integer.class, new Plain("a whole number", RecordBinder::wholeInt)),
          entry(long.class, new Plain("a whole number", Config::getLong)),
          entry(Long.class, new Plain("a whole number", Config::getLong)),
          entry(double.class, new Plain("a number", Config::getDouble)),
          entry(Double.class, new Plain("a number", Config::getDouble)),
          entry(boolean.class, new Plain("true or false", Config::getBoolean)),
          entry(Boolean.class, new Plain("true or false", Config::getBoolean)),
          entry(
              Duration.class, new Plain("a duration such as 90s, 30m or 2h", Config::getDuration)),
          entry(Config.class, new Plain("a group of settings in braces", Config::getConfig)),
          entry(MemorySize.class, new Plain("a size such as 512m or 2g", RecordBinder::memorySize)),
          entry(
              TableVersion.class,
              new Plain(
                  "the number of a version, or none for the table before its first row",
                  RecordBinder::tableVersion)),
          entry(
              Seeds.class,
              new Plain("a number of seeds, or a list such as [1, 2]", RecordBinder::seeds)));

  private final Config reference;
  private final List<String> problems;

  RecordBinder(Config reference, List<String> problems) {
    this.reference = reference;
    this.problems = problems;
  }

  /** The record of everything below {@link Settings#ROOT}; empty where a problem prevents it. */
  <T extends Record> Optional<T> bindRoot(Config config, Class<T> type) {
    Set<String> roots = Set.of(Settings.ROOT);
    Set<String> users = new TreeSet<>(config.root().keySet());
    users.removeAll(reference.root().keySet());
    users.removeAll(roots);
    users.forEach(key -> refuseUnknown(key, config.root().get(key), key, roots));

    Set<String> known = new TreeSet<>(keys(type));
    if (reference.hasPath(Settings.ROOT)) {
      known.addAll(reference.getObject(Settings.ROOT).keySet());
    }
    Object bound = bindRecord(type, Settings.ROOT, config.root().get(Settings.ROOT), known);
    return Optional.ofNullable(type.cast(bound));
  }

  /**
   * The component of this type; null where a problem was found that leaves nothing to go on with.
   */
  private Object bind(Type type, String path, ConfigValue value) {
    boolean absent = value == null || value.valueType() == ConfigValueType.NULL;
    if (type instanceof ParameterizedType generic) {
      return bindGeneric(generic, path, absent ? null : value);
    }
    Class<?> raw = (Class<?>) type;
    if (absent && raw == boolean.class) {
      return false;
    }
    if (absent) {
      return problem(path, null, "is missing; set it to " + expected(raw));
    }
    if (raw.isEnum()) {
      return bindEnum(raw, path, value);
    }
    if (raw.isSealed()) {
      return bindVariant(raw, path, value);
    }
    return raw.isRecord() && !PLAIN.containsKey(raw)
        ? bindRecord(raw, path, value, keys(raw))
        : bindPlain(raw, path, value);
  }

  private Object bindGeneric(ParameterizedType type, String path, ConfigValue value) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return value == null ? Optional.empty() : optional(bind(arguments[0], path, value));
    }
    if (type.getRawType() == List.class) {
      return bindList(arguments[0], path, value);
    }
    if (type.getRawType() == Map.class) {
      return arguments[1] == String.class
          ? bindTexts(path, value)
          : bindMap(arguments[1], path, value);
    }
    throw new IllegalStateException("No binding for " + type);
  }

  private static Object optional(Object bound) {
    return bound == null ? null : Optional.of(bound);
  }

  private Object bindList(Type element, String path, ConfigValue value) {
    if (!(value instanceof ConfigList list)) {
      String start = value == null ? "is missing; set it to" : "must be";
      return problem(path, value, start + " a list such as [a, b]");
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      elements.add(bind(element, "%s[%d]".formatted(path, i), list.get(i)));
    }
    return elements.contains(null) ? null : elements;
  }

  private Object bindMap(Type element, String path, ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return problem(path, value, "must be a group of settings in braces");
    }
    Map<String, Object> map = new TreeMap<>();
    for (String key : object.keySet()) {
      ConfigValue named = object.get(key);
      if (named.valueType() != ConfigValueType.NULL) {
        map.put(key, bind(element, path + "." + ConfigUtil.joinPath(key), named));
      }
    }
    return map.containsValue(null) ? null : map;
  }

  private Object bindTexts(String path, ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return problem(path, value, "must be a group of settings in braces");
    }
    Map<String, String> map = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.toConfig().entrySet()) {
      String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      map.put(key, entry.getValue().unwrapped().toString());
    }
    return map;
  }

  private Object bindVariant(Class<?> type, String path, ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return problem(path, value, "must be a group of settings in braces");
    }
    Map<String, Class<?>> variants = new TreeMap<>();
    for (Class<?> variant : type.getPermittedSubclasses()) {
      variants.put(kebab(variant.getSimpleName()), variant);
    }
    String typePath = path + "." + TYPE;
    ConfigValue name = object.get(TYPE);
    Class<?> variant = name == null ? null : variants.get(name.unwrapped().toString());
    if (variant == null) {
      return problem(typePath, name, oneOf(variants.keySet(), name));
    }
    boolean defaultType =
        reference.hasPath(typePath)
            && reference.getValue(typePath).unwrapped().equals(name.unwrapped());
    if (!defaultType) {
      for (String key : object.keySet()) {
        if (isDefault(object.get(key)) || isOthersDefault(path, object, key, keys(variant))) {
          object = object.withoutKey(key);
        }
      }
    }
    Set<String> known = new TreeSet<>(keys(variant));
    known.add(TYPE);
    return bindRecord(variant, path, object, known);
  }

  private Object bindRecord(Class<?> type, String path, ConfigValue value, Set<String> known) {
    if (!(value instanceof ConfigObject object)) {
      return problem(path, value, "must be a group of settings in braces");
    }
    for (String key : new TreeSet<>(object.keySet())) {
      if (!known.contains(key)) {
        refuseUnknown(path + "." + key, object.get(key), key, known);
      }
    }
    List<Object> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = kebab(component.getName());
      components.add(bind(component.getGenericType(), path + "." + key, object.get(key)));
    }
    if (components.contains(null)) {
      return null;
    }
    try {
      Object bound = construct(type, components);
      if (bound instanceof Checked checked) {
        checked.check(new Problems(problems, path, object));
      }
      return bound;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        return problem(path, null, refused.getMessage());
      }
      throw new IllegalStateException("Cannot make %s".formatted(type), e);
    }
  }

  private static Object construct(Class<?> type, List<Object> components)
      throws InvocationTargetException {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(components.toArray());
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("Cannot make %s".formatted(type), e);
    }
  }

  private Object bindEnum(Class<?> type, String path, ConfigValue value) {
    Map<String, Object> constants = new TreeMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(enumName(constant), constant);
    }
    Object constant = constants.get(value.unwrapped().toString());
    if (constant == null) {
      problem(path, value, oneOf(constants.keySet(), value));
      constant = hasDefault(path) ? constants.get(reference.getString(path)) : null;
    }
    return constant;
  }

  private Object bindPlain(Class<?> type, String path, ConfigValue value) {
    Plain plain = PLAIN.get(type);
    if (plain == null) {
      throw new IllegalStateException("No binding for %s at %s".formatted(type, path));
    }
    try {
      return plain.get().apply(value.atKey("value"), "value");
    } catch (ConfigException e) {
      problem(path, value, "must be " + plain.expected());
      return hasDefault(path) ? plain.get().apply(reference, path) : null;
    }
  }

  private boolean hasDefault(String path) {
    return path.indexOf('[') < 0 && reference.hasPath(path);
  }

  private static int wholeInt(Config config, String key) {
    double value = config.getDouble(key);
    if (value != Math.rint(value)) {
      throw new ConfigException.WrongType(config.origin(), "not a whole number");
    }
    return config.getInt(key);
  }

  private static MemorySize memorySize(Config config, String key) {
    return new MemorySize(config.getBytes(key));
  }

  private static TableVersion tableVersion(Config config, String key) {
    return new TableVersion(
        config.getString(key).equals(TableVersion.NONE)
            ? OptionalLong.empty()
            : OptionalLong.of(config.getLong(key)));
  }

  private static Seeds seeds(Config config, String key) {
    return config.getValue(key) instanceof ConfigList
        ? new Seeds(config.getLongList(key))
        : Seeds.upTo(wholeInt(config, key));
  }

  private void refuseUnknown(String path, ConfigValue value, String key, Set<String> known) {
    String nearest = NearestName.of(key, known).map(" (did you mean %s?)"::formatted).orElse("");
    problem(path, value, "is no setting%s; known here: %s".formatted(nearest, join(known)));
  }

  private static String oneOf(Collection<String> names, ConfigValue value) {
    Optional<String> nearest =
        value == null ? Optional.empty() : NearestName.of(value.unwrapped().toString(), names);
    return "must be one of %s%s"
        .formatted(join(names), nearest.map(" (did you mean %s?)"::formatted).orElse(""));
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + join(Arrays.stream(type.getEnumConstants()).map(RecordBinder::enumName).toList());
    }
    return PLAIN.containsKey(type) ? PLAIN.get(type).expected() : "a group of settings in braces";
  }

  private Object problem(String path, ConfigValue value, String mend) {
    problems.add(Problems.describe(path, value, mend));
    return null;
  }

  /** Whether it is what reference.conf gives to the default type, as stored with a search. */
  private boolean isOthersDefault(String path, ConfigObject object, String key, Set<String> known) {
    return !key.equals(TYPE)
        && !known.contains(key)
        && hasDefault(path + "." + key)
        && reference.getValue(path + "." + key).unwrapped().equals(object.get(key).unwrapped());
  }

  private static boolean isDefault(ConfigValue value) {
    return REFERENCE.equals(value.origin().resource());
  }

  private static String join(Collection<String> names) {
    return String.join(", ", names);
  }

  private static Set<String> keys(Class<?> type) {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(kebab(component.getName()));
    }
    return keys;
  }

  private static String enumName(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private record Plain(String expected, Getter get) {}

  @FunctionalInterface
  private interface Getter {
    Object apply(Config config, String key);
  }
}
