package org.xfernas.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.factory.Nd4j;

/** Randomness comes from a seed, and time from a clock that was handed in. */
@AnalyzeClasses(packages = "org.xfernas", importOptions = ImportOption.DoNotIncludeTests.class)
class ReproducibilityRulesTest {

  @ArchTest
  static final ArchRule RANDOMNESS_IS_SEEDED =
      noClasses()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SplittableRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(StrictMath.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Collections.class, "shuffle", List.class)
          .orShould()
          .callMethod(RandomGenerator.class, "getDefault")
          .orShould()
          .callMethod(RandomGenerator.class, "of", String.class)
          .orShould()
          .callMethod(RandomGeneratorFactory.class, "create")
          .orShould()
          .callMethodWhere(of(ThreadLocalRandom.class, "current"))
          .orShould()
          .dependOnClassesThat(assignableTo(SecureRandom.class))
          // These draw from the generator that all of ND4J shares.
          .orShould()
          .callMethodWhere(of(Nd4j.class, "rand|randn|randint|shuffle|choice|getRandom"))
          .because("every random number comes from org.xfernas.search.Seed");

  @ArchTest
  static final ArchRule TIME_IS_HANDED_IN =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Main")
          // Its stopwatch, which times the optimizer, is the system's where none is handed in.
          .and()
          .doNotHaveFullyQualifiedName("org.xfernas.search.run.SearchRun")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callConstructor(Date.class)
          .orShould()
          .callMethodWhere(of(Clock.class, "system.*|tick.*"))
          .orShould()
          .callMethodWhere(of(InstantSource.class, "system"))
          .orShould()
          .callMethodWhere(
              of(Instant.class, "now")
                  .or(of(LocalDate.class, "now"))
                  .or(of(LocalDateTime.class, "now"))
                  .or(of(OffsetDateTime.class, "now"))
                  .or(of(ZonedDateTime.class, "now")))
          .because("only the mains ask the system for the time");

  private static DescribedPredicate<JavaCall<?>> of(Class<?> type, String methods) {
    return target(owner(assignableTo(type)))
        .and(target(nameMatching(methods)))
        .as("%s.%s", type.getSimpleName(), methods);
  }
}
