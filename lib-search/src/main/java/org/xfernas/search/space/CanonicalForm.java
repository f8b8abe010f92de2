package org.xfernas.search.space;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.xfernas.search.space.LiveGraph.Vertex;

/**
 * Text of a graph that is equal for isomorphic graphs and for no others. Colours, which begin as
 * labels, are refined until they say no more; where vertices still share one, each of them is
 * singled out in turn, and the least text counts (the scheme of McKay's nauty). A vertex that is
 * the image of an earlier one under an automorphism is left out, so that many equal operations cost
 * polynomial time.
 */
final class CanonicalForm {
  private static final long BETWEEN = -1;

  private final List<Vertex> vertices;
  private final List<Map<Integer, Long>> readers;

  private CanonicalForm(List<Vertex> vertices) {
    this.vertices = vertices;
    this.readers = vertices.stream().<Map<Integer, Long>>map(vertex -> new TreeMap<>()).toList();
    for (int reader = 0; reader < vertices.size(); reader++) {
      for (Map.Entry<Integer, Long> read : vertices.get(reader).summands().entrySet()) {
        readers.get(read.getKey()).put(reader, read.getValue());
      }
    }
  }

  /** The canonical text of a graph. */
  static String of(List<Vertex> vertices) {
    CanonicalForm form = new CanonicalForm(vertices);
    List<String> labels = vertices.stream().map(Vertex::label).sorted().distinct().toList();
    int[] colours = vertices.stream().mapToInt(vertex -> labels.indexOf(vertex.label())).toArray();
    return form.least(form.refined(colours));
  }

  /** The least text among all ways to tell vertices of one colour apart. */
  private String least(int[] colours) {
    int[] alike = alike(colours);
    if (alike.length == 0) {
      return text(colours);
    }
    String least = null;
    Set<String> seen = new HashSet<>();
    for (int vertex : alike) {
      int[] told = refined(singledOut(vertex, colours));
      // Equal texts of any two ways show an automorphism that takes one vertex to the other.
      if (seen.add(firstText(told))) {
        String text = least(told);
        least = least == null || text.compareTo(least) < 0 ? text : least;
      }
    }
    return least;
  }

  /** The text of one way to tell vertices of one colour apart. */
  private String firstText(int[] colours) {
    int[] alike = alike(colours);
    return alike.length == 0 ? text(colours) : firstText(refined(singledOut(alike[0], colours)));
  }

  /** The vertices of the first colour that several share; none where all differ. */
  private static int[] alike(int[] colours) {
    int[] members = new int[colours.length];
    for (int colour : colours) {
      members[colour]++;
    }
    for (int colour = 0; colour < members.length; colour++) {
      if (members[colour] > 1) {
        int shared = colour;
        return IntStream.range(0, colours.length).filter(v -> colours[v] == shared).toArray();
      }
    }
    return new int[0];
  }

  /** Puts the vertex just before the others of its colour. */
  private static int[] singledOut(int vertex, int[] colours) {
    int[] separated = Arrays.stream(colours).map(colour -> 2 * colour + 1).toArray();
    separated[vertex]--;
    return separated;
  }

  /** Splits colours by what is read and who reads, until none splits; numbered from 0. */
  private int[] refined(int[] colours) {
    int[] current = split(colours);
    while (highest(current) < current.length - 1) {
      int[] next = split(current);
      if (highest(next) == highest(current)) {
        break;
      }
      current = next;
    }
    return current;
  }

  private static int highest(int[] colours) {
    return Arrays.stream(colours).max().orElseThrow();
  }

  private int[] split(int[] colours) {
    Map<long[], List<Integer>> classes = new TreeMap<>(Arrays::compare);
    for (int vertex = 0; vertex < colours.length; vertex++) {
      classes
          .computeIfAbsent(signature(vertex, colours), signature -> new ArrayList<>())
          .add(vertex);
    }
    int[] split = new int[colours.length];
    int colour = 0;
    for (List<Integer> members : classes.values()) {
      for (int member : members) {
        split[member] = colour;
      }
      colour++;
    }
    return split;
  }

  private long[] signature(int vertex, int[] colours) {
    LongStream.Builder signature = LongStream.builder();
    signature.add(colours[vertex]);
    addCounts(signature, vertices.get(vertex).summands(), colours);
    signature.add(BETWEEN);
    addCounts(signature, readers.get(vertex), colours);
    return signature.build().toArray();
  }

  private static void addCounts(
      LongStream.Builder signature, Map<Integer, Long> neighbours, int[] colours) {
    counted(neighbours, colours).forEach((colour, count) -> signature.add(colour).add(count));
  }

  /** How often each colour occurs among neighbours, ascending by colour. */
  private static Map<Integer, Long> counted(Map<Integer, Long> neighbours, int[] colours) {
    Map<Integer, Long> counts = new TreeMap<>();
    neighbours.forEach((vertex, count) -> counts.merge(colours[vertex], count, Long::sum));
    return counts;
  }

  /** The graph under the numbers that {@code colours}, all different, give its vertices. */
  private String text(int[] colours) {
    String[] lines = new String[colours.length];
    for (int vertex = 0; vertex < colours.length; vertex++) {
      lines[colours[vertex]] =
          counted(vertices.get(vertex).summands(), colours).entrySet().stream()
              .map(summand -> summand.getValue() + "*" + summand.getKey())
              .collect(joining("+", vertices.get(vertex).label() + "(", ")"));
    }
    return String.join(";", lines);
  }
}
