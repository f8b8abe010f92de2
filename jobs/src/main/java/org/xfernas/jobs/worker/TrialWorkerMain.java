package org.xfernas.jobs.worker;

import java.io.PrintStream;
import java.time.InstantSource;

/** Starts a trial worker; its one argument is the class name of the {@link TrialTrainer}. */
public final class TrialWorkerMain {

  private TrialWorkerMain() {}

  /** Takes trials from standard input until that closes. */
  public static void main(String[] args) throws ReflectiveOperationException, InterruptedException {
    PrintStream protocol = System.out;
    System.setOut(System.err);
    TrialTrainer trainer =
        Class.forName(args[0])
            .asSubclass(TrialTrainer.class)
            .getConstructor(InstantSource.class)
            .newInstance(InstantSource.system());
    new TrialLoop(trainer, protocol).serve(System.in);
  }
}
