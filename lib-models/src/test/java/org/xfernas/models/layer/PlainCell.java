package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xfernas.models.layer.Operation.BatchNorm;
import org.xfernas.models.layer.Operation.Concatenation;
import org.xfernas.models.layer.Operation.Convolution;
import org.xfernas.models.layer.Operation.Depthwise;
import org.xfernas.models.layer.Operation.FactorisedReduction;
import org.xfernas.models.layer.Operation.GlobalAverage;
import org.xfernas.models.layer.Operation.Pooling;
import org.xfernas.models.layer.Operation.Relu;
import org.xfernas.models.layer.Operation.Sum;
import org.xfernas.models.layer.Operation.Zero;

/** What a cell computes, written down in plain loops over doubles. */
final class PlainCell {
  private final CellGraph graph;
  private final int batch;
  private final boolean training;
  private final double[] parameters;
  private final int trainable;
  private int nextTrainable;
  private int nextStatistic;

  private PlainCell(CellGraph graph, int batch, boolean training, double[] parameters) {
    this.graph = graph;
    this.batch = batch;
    this.training = training;
    this.parameters = parameters;
    this.trainable = Math.toIntExact(graph.trainableParameters());
    this.nextStatistic = trainable;
  }

  /** Feature maps of a batch, indexed [image][row][column][channel]. */
  private record Maps(double[][][][] at) {
    static Maps of(int batch, FeatureShape shape) {
      return new Maps(new double[batch][shape.height()][shape.width()][shape.channels()]);
    }

    int height() {
      return at[0].length;
    }

    int width() {
      return at[0][0].length;
    }

    int channels() {
      return at[0][0][0].length;
    }

    /** A value, 0 beyond the edges. */
    double padded(int n, int h, int w, int c) {
      return inside(h, w) ? at[n][h][w][c] : 0;
    }

    boolean inside(int h, int w) {
      return h >= 0 && h < height() && w >= 0 && w < width();
    }
  }

  /** The value of one position of a result. */
  private interface Position {
    double value(int n, int h, int w, int c);
  }

  static double[] forward(
      CellGraph graph, int batch, boolean training, double[] parameters, List<double[]> inputs) {
    return new PlainCell(graph, batch, training, parameters).run(inputs);
  }

  private double[] run(List<double[]> inputs) {
    List<Maps> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.add(unflatten(inputs.get(i), graph.inputs().get(i)));
    }
    for (CellGraph.Node node : graph.nodes()) {
      values.add(compute(node.operation(), node.inputs().stream().map(values::get).toList()));
    }
    return flatten(values.get(graph.output()));
  }

  private Maps compute(Operation operation, List<Maps> inputs) {
    Maps x = inputs.get(0);
    if (operation instanceof Zero zero) {
      return fill(x, zero.stride(), zero.stride(), x.channels(), (n, h, w, c) -> 0);
    } else if (operation instanceof Relu) {
      return fill(x, 1, 1, x.channels(), (n, h, w, c) -> Math.max(0, x.at[n][h][w][c]));
    } else if (operation instanceof Convolution convolution) {
      return convolution(x, convolution);
    } else if (operation instanceof Depthwise depthwise) {
      return depthwise(x, depthwise);
    } else if (operation instanceof FactorisedReduction reduction) {
      return factorisedReduction(x, reduction.filters());
    } else if (operation instanceof BatchNorm) {
      return batchNorm(x);
    } else if (operation instanceof Pooling pooling) {
      return fill(
          x,
          pooling.stride(),
          pooling.stride(),
          x.channels(),
          (n, h, w, c) -> pool(x, pooling, n, h * pooling.stride(), w * pooling.stride(), c));
    } else if (operation instanceof GlobalAverage) {
      return globalAverage(x);
    } else if (operation instanceof Sum) {
      return fill(
          x,
          1,
          1,
          x.channels(),
          (n, h, w, c) -> inputs.stream().mapToDouble(y -> y.at[n][h][w][c]).sum());
    } else if (operation instanceof Concatenation) {
      return concatenation(inputs);
    }
    throw new AssertionError(operation);
  }

  private Maps fill(Maps x, int strideHeight, int strideWidth, int channels, Position position) {
    int height = (x.height() + strideHeight - 1) / strideHeight;
    int width = (x.width() + strideWidth - 1) / strideWidth;
    Maps result = Maps.of(batch, new FeatureShape(height, width, channels));
    for (int n = 0; n < batch; n++) {
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          for (int c = 0; c < channels; c++) {
            result.at[n][h][w][c] = position.value(n, h, w, c);
          }
        }
      }
    }
    return result;
  }

  private double[] trainable(int count) {
    nextTrainable += count;
    return Arrays.copyOfRange(parameters, nextTrainable - count, nextTrainable);
  }

  private double[] statistics(int count) {
    nextStatistic += count;
    return Arrays.copyOfRange(parameters, nextStatistic - count, nextStatistic);
  }

  private Maps convolution(Maps x, Convolution convolution) {
    int kernelHeight = convolution.kernelHeight();
    int kernelWidth = convolution.kernelWidth();
    int filters = convolution.filters();
    double[] weights = trainable(kernelHeight * kernelWidth * x.channels() * filters);
    return fill(
        x,
        convolution.strideHeight(),
        convolution.strideWidth(),
        filters,
        (n, h, w, f) -> {
          double sum = 0;
          for (int i = 0; i < kernelHeight; i++) {
            for (int j = 0; j < kernelWidth; j++) {
              for (int c = 0; c < x.channels(); c++) {
                sum +=
                    weights[((i * kernelWidth + j) * x.channels() + c) * filters + f]
                        * x.padded(
                            n,
                            h * convolution.strideHeight() + i - kernelHeight / 2,
                            w * convolution.strideWidth() + j - kernelWidth / 2,
                            c);
              }
            }
          }
          return sum;
        });
  }

  private Maps depthwise(Maps x, Depthwise depthwise) {
    int kernel = depthwise.kernel();
    double[] weights = trainable(kernel * kernel * x.channels());
    int half = kernel / 2 * depthwise.dilation();
    return fill(
        x,
        depthwise.stride(),
        depthwise.stride(),
        x.channels(),
        (n, h, w, c) -> {
          double sum = 0;
          for (int i = 0; i < kernel; i++) {
            for (int j = 0; j < kernel; j++) {
              int row = h * depthwise.stride() + i * depthwise.dilation() - half;
              int column = w * depthwise.stride() + j * depthwise.dilation() - half;
              sum += weights[(i * kernel + j) * x.channels() + c] * x.padded(n, row, column, c);
            }
          }
          return sum;
        });
  }

  private Maps factorisedReduction(Maps x, int filters) {
    int even = filters / 2;
    int odd = filters - even;
    double[] evenWeights = trainable(x.channels() * even);
    double[] oddWeights = trainable(x.channels() * odd);
    return fill(
        x,
        2,
        2,
        filters,
        (n, h, w, f) -> {
          double sum = 0;
          for (int c = 0; c < x.channels(); c++) {
            sum +=
                f < even
                    ? evenWeights[c * even + f] * x.at[n][2 * h][2 * w][c]
                    : oddWeights[c * odd + f - even] * x.padded(n, 2 * h + 1, 2 * w + 1, c);
          }
          return sum;
        });
  }

  private Maps batchNorm(Maps x) {
    int channels = x.channels();
    double[] scale = trainable(channels);
    double[] shift = trainable(channels);
    double[] mean = statistics(channels);
    double[] variance = statistics(channels);
    double rows = (double) batch * x.height() * x.width();
    for (int c = 0; training && c < channels; c++) {
      double sum = 0;
      double squares = 0;
      for (double[][][] image : x.at) {
        for (double[][] row : image) {
          for (double[] pixel : row) {
            sum += pixel[c];
            squares += pixel[c] * pixel[c];
          }
        }
      }
      mean[c] = sum / rows;
      variance[c] = squares / rows - mean[c] * mean[c];
    }
    return fill(
        x,
        1,
        1,
        channels,
        (n, h, w, c) ->
            scale[c] * (x.at[n][h][w][c] - mean[c]) / Math.sqrt(variance[c] + 1e-5) + shift[c]);
  }

  private static double pool(Maps x, Pooling pooling, int n, int row, int column, int c) {
    int before = pooling.kernel() % 2 == 0 ? 0 : pooling.kernel() / 2;
    double sum = 0;
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    int count = 0;
    for (int i = 0; i < pooling.kernel(); i++) {
      for (int j = 0; j < pooling.kernel(); j++) {
        if (x.inside(row + i - before, column + j - before)) {
          double value = x.at[n][row + i - before][column + j - before][c];
          sum += value;
          max = Math.max(max, value);
          min = Math.min(min, value);
          count++;
        }
      }
    }
    return switch (pooling.kind()) {
      case MAX -> max;
      case MIN -> min;
      case AVERAGE -> sum / count;
    };
  }

  private Maps globalAverage(Maps x) {
    Maps result = Maps.of(batch, new FeatureShape(1, 1, x.channels()));
    for (int n = 0; n < batch; n++) {
      for (double[][] row : x.at[n]) {
        for (double[] pixel : row) {
          for (int c = 0; c < pixel.length; c++) {
            result.at[n][0][0][c] += pixel[c] / (x.height() * x.width());
          }
        }
      }
    }
    return result;
  }

  private Maps concatenation(List<Maps> inputs) {
    int channels = inputs.stream().mapToInt(Maps::channels).sum();
    return fill(
        inputs.get(0),
        1,
        1,
        channels,
        (n, h, w, c) -> {
          int part = 0;
          int channel = c;
          while (channel >= inputs.get(part).channels()) {
            channel -= inputs.get(part++).channels();
          }
          return inputs.get(part).at[n][h][w][channel];
        });
  }

  private Maps unflatten(double[] values, FeatureShape shape) {
    Maps maps = Maps.of(batch, shape);
    int next = 0;
    for (double[][][] image : maps.at) {
      for (double[][] row : image) {
        for (double[] pixel : row) {
          for (int c = 0; c < pixel.length; c++) {
            pixel[c] = values[next++];
          }
        }
      }
    }
    return maps;
  }

  private static double[] flatten(Maps maps) {
    return Arrays.stream(maps.at)
        .flatMap(Arrays::stream)
        .flatMap(Arrays::stream)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }
}
