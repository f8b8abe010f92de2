package org.xfernas.jobs.search;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.TaskDescription;

/** What the images of a configuration are. The driver reads them once, and keeps none of them. */
final class DataDescriptions {
  private static final Map<DataSettings, TaskDescription> KNOWN = new ConcurrentHashMap<>();

  private DataDescriptions() {}

  static TaskDescription of(CandidateSettings candidates) {
    return KNOWN.computeIfAbsent(candidates.data(), data -> candidates.load().description());
  }
}
