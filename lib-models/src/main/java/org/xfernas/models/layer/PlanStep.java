package org.xfernas.models.layer;

/** One piece of work of a plan. */
interface PlanStep {

  /** What a profile counts it under. */
  String label();

  void run();

  /** A step in Java. */
  static PlanStep of(String label, Runnable work) {
    return new PlanStep() {
      @Override
      public String label() {
        return label;
      }

      @Override
      public void run() {
        work.run();
      }
    };
  }
}
