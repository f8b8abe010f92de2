package org.xfernas.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way dependencies go, between the modules and between their packages. */
@AnalyzeClasses(packages = "org.xfernas", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {

  @ArchTest
  static final ArchRule MODULES_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("jobs")
          .definedBy("org.xfernas.jobs..")
          .layer("lib-models")
          .definedBy("org.xfernas.models..")
          .layer("lib-search")
          .definedBy("org.xfernas.search..")
          .whereLayer("jobs")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("lib-models")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("lib-search")
          .mayOnlyBeAccessedByLayers("lib-models", "jobs");

  @ArchTest
  static final ArchRule THE_SEARCH_LIBRARY_IS_LAYERED =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.xfernas.search..")
          .layer("seed")
          .definedBy("org.xfernas.search")
          .layer("space")
          .definedBy("org.xfernas.search.space..")
          .layer("trial")
          .definedBy("org.xfernas.search.trial..")
          .layer("surrogate")
          .definedBy("org.xfernas.search.surrogate..")
          .layer("transfer")
          .definedBy("org.xfernas.search.transfer..")
          .layer("optimizer")
          .definedBy("org.xfernas.search.optimizer..")
          .layer("evaluator")
          .definedBy("org.xfernas.search.evaluator..")
          .layer("run")
          .definedBy("org.xfernas.search.run..")
          .whereLayer("seed")
          .mayNotAccessAnyLayer()
          .whereLayer("space")
          .mayOnlyAccessLayers("seed")
          .whereLayer("trial")
          .mayOnlyAccessLayers("seed", "space")
          .whereLayer("surrogate")
          .mayOnlyAccessLayers("seed", "space", "trial")
          .whereLayer("transfer")
          .mayOnlyAccessLayers("seed", "space", "trial", "surrogate")
          .whereLayer("optimizer")
          .mayOnlyAccessLayers("seed", "space", "trial", "surrogate", "transfer")
          .whereLayer("evaluator")
          .mayOnlyAccessLayers("seed", "space", "trial");

  @ArchTest
  static final ArchRule THE_SEARCH_LIBRARY_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage("org.xfernas.search..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "org.apache.hadoop..",
              "org.apache.parquet..",
              "org.apache.iceberg..",
              "org.deeplearning4j..",
              "org.datavec..",
              "scala..");

  @ArchTest
  static final ArchRule THE_MODELS_LIBRARY_KNOWS_NO_CLUSTER =
      noClasses()
          .that()
          .resideInAPackage("org.xfernas.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "org.apache.hadoop..",
              "org.apache.parquet..",
              "org.apache.iceberg..",
              "org.deeplearning4j.spark..",
              "scala..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.xfernas.(**)").should().beFreeOfCycles();
}
