package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.MissingHardwareException;
import org.xfernas.jobs.UsageException;

class GpusTest {
  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  private static SparkConf withGpu(String master) {
    return conf(master).set("spark.task.resource.gpu.amount", "1");
  }

  @Test
  void aMachineWithoutADeviceIsMissingHardware() {
    assertThatThrownBy(() -> Gpus.requireForCuda(withGpu("local[2]"), 0))
        .isInstanceOf(MissingHardwareException.class)
        .hasMessageContaining("there is no NVIDIA device on this machine; install the driver");
  }

  @Test
  void trialsThatAreNotGivenAGpuAreRefused() {
    assertThatThrownBy(() -> Gpus.requireForCuda(conf("spark://host:7077"), 0))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("set spark.task.resource.gpu.amount=1");
  }

  @Test
  void oneMachineAloneHasItsFirstGpu() {
    assertThatCode(() -> Gpus.requireForCuda(conf("local[1]"), 1)).doesNotThrowAnyException();
  }

  @Test
  void theMachinesOfAClusterAreNotThisOne() {
    assertThatCode(() -> Gpus.requireForCuda(withGpu("spark://host:7077"), 0))
        .doesNotThrowAnyException();
  }
}
