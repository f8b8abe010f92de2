package org.xfernas.models.layer;

import java.io.Serializable;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * What one node of a {@link CellGraph} computes. Sizes follow the strides, rounded up; padding is
 * with zeros and "same": half the kernel on each side, and for kernels of even size the extra row
 * and column at the end.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Operation.Zero.class, name = "zero"),
  @JsonSubTypes.Type(value = Operation.Relu.class, name = "relu"),
  @JsonSubTypes.Type(value = Operation.Convolution.class, name = "convolution"),
  @JsonSubTypes.Type(value = Operation.Depthwise.class, name = "depthwise"),
  @JsonSubTypes.Type(value = Operation.FactorisedReduction.class, name = "factorised-reduction"),
  @JsonSubTypes.Type(value = Operation.BatchNorm.class, name = "batch-norm"),
  @JsonSubTypes.Type(value = Operation.Pooling.class, name = "pooling"),
  @JsonSubTypes.Type(value = Operation.GlobalAverage.class, name = "global-average"),
  @JsonSubTypes.Type(value = Operation.Sum.class, name = "sum"),
  @JsonSubTypes.Type(value = Operation.Concatenation.class, name = "concatenation")
})
public sealed interface Operation extends Serializable {

  /** Shape of the result. */
  default FeatureShape output(List<FeatureShape> inputs) {
    return inputs.get(0);
  }

  /** Parameters, in the order in which they are stored. */
  default List<Parameter> parameters(FeatureShape input) {
    return List.of();
  }

  /** Multiply-accumulates of the weights on one image. */
  default long flops(FeatureShape input) {
    return 0;
  }

  /** How a batch is computed. */
  OperationPlan plan(OperationPlan.Site site);

  /** All zeros, whatever the input: an edge that is not there. */
  record Zero(int stride) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0).strided(stride, stride);
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      throw new IllegalStateException("Zeros are never computed");
    }
  }

  /** max(x, 0). */
  record Relu() implements Operation {
    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new ReluPlan(site);
    }
  }

  /**
   * An ordinary convolution without bias; kernel sizes are odd.
   *
   * @param filters channels of the result
   */
  record Convolution(
      int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int filters)
      implements Operation {

    /** A square kernel. */
    public static Convolution square(int kernel, int stride, int filters) {
      return new Convolution(kernel, kernel, stride, stride, filters);
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0).strided(strideHeight, strideWidth).withChannels(filters);
    }

    @Override
    public List<Parameter> parameters(FeatureShape input) {
      return List.of(
          Parameter.weight(
              window(input.channels()), kernelHeight, kernelWidth, input.channels(), filters));
    }

    @Override
    public long flops(FeatureShape input) {
      return output(List.of(input)).size() * window(input.channels());
    }

    /** Inputs that one output sums. */
    int window(int channels) {
      return kernelHeight * kernelWidth * channels;
    }

    /** Whether it maps each position by itself. */
    boolean pointwise() {
      return kernelHeight == 1 && kernelWidth == 1 && strideHeight == 1 && strideWidth == 1;
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return pointwise() ? new PointwisePlan(site) : new ConvolutionPlan(site, this);
    }
  }

  /** A convolution of each channel by itself, without bias; the kernel size is odd. */
  record Depthwise(int kernel, int stride, int dilation) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0).strided(stride, stride);
    }

    @Override
    public List<Parameter> parameters(FeatureShape input) {
      return List.of(Parameter.weight((long) kernel * kernel, kernel, kernel, input.channels(), 1));
    }

    @Override
    public long flops(FeatureShape input) {
      return output(List.of(input)).size() * kernel * kernel;
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new DepthwisePlan(site, this);
    }
  }

  /**
   * Halves the resolution without losing positions: half of the filters read the even rows and
   * columns, the others the odd ones (zeros where an odd size has none left).
   */
  record FactorisedReduction(int filters) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0).strided(2, 2).withChannels(filters);
    }

    @Override
    public List<Parameter> parameters(FeatureShape input) {
      int channels = input.channels();
      return List.of(
          Parameter.weight(channels, channels, evenFilters()),
          Parameter.weight(channels, channels, filters - evenFilters()));
    }

    @Override
    public long flops(FeatureShape input) {
      return output(List.of(input)).size() * input.channels();
    }

    int evenFilters() {
      return filters / 2;
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new FactorisedReductionPlan(site, this);
    }
  }

  /**
   * Batch normalisation over batch, rows and columns (Ioffe and Szegedy 2015), with scale and
   * shift; running statistics at inference.
   */
  record BatchNorm() implements Operation {
    @Override
    public List<Parameter> parameters(FeatureShape input) {
      int channels = input.channels();
      return List.of(
          Parameter.perChannel(Parameter.Kind.SCALE, channels),
          Parameter.perChannel(Parameter.Kind.SHIFT, channels),
          Parameter.perChannel(Parameter.Kind.MEAN, channels),
          Parameter.perChannel(Parameter.Kind.VARIANCE, channels));
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new BatchNormPlan(site);
    }
  }

  /** The best, the worst or the mean of a window; padding counts for none of them. */
  record Pooling(Kind kind, int kernel, int stride) implements Operation {
    /** What is taken of a window. */
    public enum Kind {
      MAX,
      MIN,
      AVERAGE
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0).strided(stride, stride);
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new PoolingPlan(site, this);
    }
  }

  /** Mean over rows and columns. */
  record GlobalAverage() implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return new FeatureShape(1, 1, inputs.get(0).channels());
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new GlobalAveragePlan(site);
    }
  }

  /** Sum of equal shapes. */
  record Sum() implements Operation {
    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new SumPlan(site);
    }
  }

  /** All channels of all inputs, in order. */
  record Concatenation() implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      int channels = inputs.stream().mapToInt(FeatureShape::channels).sum();
      return inputs.get(0).withChannels(channels);
    }

    @Override
    public OperationPlan plan(OperationPlan.Site site) {
      return new ConcatenationPlan(site);
    }
  }
}
