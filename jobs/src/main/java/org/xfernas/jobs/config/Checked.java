package org.xfernas.jobs.config;

/** Settings that can be of the right types and still make no sense. */
public interface Checked {

  /** Reports every value that no job could run with. */
  void check(Problems problems);
}
