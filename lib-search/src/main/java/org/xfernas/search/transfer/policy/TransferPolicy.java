package org.xfernas.search.transfer.policy;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfernas.search.space.Architecture;

/**
 * The transfer network of a policy: logits are the universal ones, weighted by the trust in them,
 * plus the residual ones of the task, before the softmax (XferNAS, section 2 of the method; (R)).
 * Without a universal network or trust it is the plain policy.
 */
final class TransferPolicy implements Policy {
  private final Decisions decisions;
  private final LstmNetwork network;
  private final Optional<double[]> universal;
  private final double weight;
  private final double[] residual;

  /**
   * A policy.
   *
   * @param decisions that it makes
   * @param network of both parts
   * @param universal parameters of the universal part
   * @param weight of the universal logits, in [0, 1]
   * @param residual parameters of the residual part
   */
  TransferPolicy(
      Decisions decisions,
      LstmNetwork network,
      Optional<double[]> universal,
      double weight,
      double[] residual) {
    this.decisions = decisions;
    this.network = network;
    this.universal = universal;
    this.weight = weight;
    this.residual = residual;
  }

  /** A policy without a universal part. */
  static TransferPolicy plain(Decisions decisions, LstmNetwork network, double[] parameters) {
    return new TransferPolicy(decisions, network, Optional.empty(), 0, parameters);
  }

  /** A pass over the decisions of one architecture, with both parts. */
  final class Pass {
    private final LstmNetwork.Pass own = network.pass(residual);
    private final Optional<LstmNetwork.Pass> shared =
        weight > 0 ? universal.map(network::pass) : Optional.empty();

    /** Probabilities of the next decision's choices after the last choice. */
    double[] next(int last) {
      double[] logits = own.next(last);
      if (shared.isPresent()) {
        double[] universalLogits = shared.get().next(last);
        for (int choice = 0; choice < logits.length; choice++) {
          logits[choice] += weight * universalLogits[choice];
        }
      }
      return Logits.softmax(logits);
    }

    /** Adds the gradient of the residual's parameters, by the gradient of the logits. */
    void backward(double[][] byLogits, double[] gradient) {
      own.backward(byLogits, gradient);
    }
  }

  @Override
  public Architecture sample(RandomGenerator random) {
    Pass pass = new Pass();
    int[] choices = new int[decisions.length()];
    for (int position = 0; position < choices.length; position++) {
      double[] probabilities = pass.next(position == 0 ? 0 : choices[position - 1]);
      double left = random.nextDouble();
      int choice = 0;
      while (choice < probabilities.length - 1 && left >= probabilities[choice]) {
        left -= probabilities[choice++];
      }
      choices[position] = choice;
    }
    return decisions.architecture(choices);
  }

  @Override
  public double logLikelihood(Architecture architecture) {
    Pass pass = new Pass();
    int[] choices = decisions.choices(architecture);
    double sum = 0;
    for (int position = 0; position < choices.length; position++) {
      sum +=
          StrictMath.log(pass.next(position == 0 ? 0 : choices[position - 1])[choices[position]]);
    }
    return sum;
  }

  /**
   * Adds the gradient, by the residual's parameters, of {@code advantage log p(architecture)} and
   * of the entropy bonus of every decision.
   */
  void addGradient(Architecture architecture, double advantage, double bonus, double[] gradient) {
    Pass pass = new Pass();
    int[] choices = decisions.choices(architecture);
    double[][] byLogits = new double[choices.length][];
    for (int position = 0; position < choices.length; position++) {
      double[] probabilities = pass.next(position == 0 ? 0 : choices[position - 1]);
      byLogits[position] = Logits.gradient(probabilities, choices[position], advantage, bonus);
    }
    pass.backward(byLogits, gradient);
  }
}
