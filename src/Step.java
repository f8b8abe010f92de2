package org.xfernas.models.layer;

/** One piece of work of a plan. */
interface Step {

  /** What a profile counts it under. */
  String label();

  void run();

  /** A step in Java. */
  static Step of(String label, Runnable work) {
    return new Step() {
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
