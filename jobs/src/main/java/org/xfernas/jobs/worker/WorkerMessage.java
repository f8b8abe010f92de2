package org.xfernas.jobs.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.trial.TrialResult.Epoch;

/** What a worker says; one line on its standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(name = "ready", value = WorkerMessage.Ready.class),
  @Type(name = "prepared", value = WorkerMessage.Prepared.class),
  @Type(name = "epoch", value = WorkerMessage.EpochDone.class),
  @Type(name = "result", value = WorkerMessage.TrialDone.class),
  @Type(name = "unfit", value = WorkerMessage.Unfit.class)
})
public sealed interface WorkerMessage {

  /**
   * The worker takes trials; its first message.
   *
   * @param versions of what it computes with, by name
   */
  record Ready(Map<String, String> versions) implements WorkerMessage {}

  /** What all trials need is loaded; from here on it is the current trial that fails. */
  record Prepared() implements WorkerMessage {}

  /** One more epoch of the current trial. */
  record EpochDone(Epoch epoch) implements WorkerMessage {}

  /** The current trial ended; the worker takes the next one. */
  record TrialDone(TrainingReport report) implements WorkerMessage {}

  /**
   * The worker cannot train any trial of these settings, which is not this one's failure.
   *
   * @param reason one sentence for a person
   */
  record Unfit(String reason) implements WorkerMessage {}
}
