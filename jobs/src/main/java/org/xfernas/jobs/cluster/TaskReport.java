package org.xfernas.jobs.cluster;

import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.trial.TrialResult.Place;

/**
 * What a Spark task brings back of its trial.
 *
 * @param trial what came of it
 * @param attempts workers that it took, over all attempts of the task
 * @param place where it ran
 */
record TaskReport(TrainingReport trial, int attempts, Place place) {}
