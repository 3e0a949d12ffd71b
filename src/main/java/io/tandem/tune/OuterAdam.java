package io.tandem.tune;

/** Adam (Kingma and Ba 2015, algorithm 1) on the point. */
final class OuterAdam implements OuterRule {
  private final OuterSettings settings;

  OuterAdam(OuterSettings settings) {
    this.settings = settings;
  }

  @Override
  public Move move(OuterMemory memory, double loss, double[] gradient, double scale, long step) {
    boolean fresh = memory.first().length == 0;
    long count = memory.count() + 1;
    double[] first = new double[gradient.length];
    double[] second = new double[gradient.length];
    double[] change = new double[gradient.length];
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double size = scale * settings.learningRate();
    for (int index = 0; index < gradient.length; index++) {
      double g = gradient[index];
      first[index] = beta1 * (fresh ? 0 : memory.first()[index]) + (1 - beta1) * g;
      second[index] = beta2 * (fresh ? 0 : memory.second()[index]) + (1 - beta2) * g * g;
      double mean = first[index] / (1 - Math.pow(beta1, (double) count));
      double square = second[index] / (1 - Math.pow(beta2, (double) count));
      change[index] = -size * mean / (Math.sqrt(square) + settings.epsilon());
    }
    return new Move(change, size, new OuterMemory(count, first, second, 0, loss, 0));
  }
}
