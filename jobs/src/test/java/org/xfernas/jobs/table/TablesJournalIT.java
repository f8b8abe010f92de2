package org.xfernas.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.search.run.SearchJournal;

class TablesJournalIT {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path directory;
  private Warehouse warehouse;
  private SearchLease lease;
  private TablesJournal journal;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(Samples.settings(directory));
    lease =
        SearchLease.acquire(
            warehouse, "a", Optional.empty(), "{\"seed\":1}", Knowledge.NONE, Samples.LEASE, CLOCK);
    journal = journal("a", lease);
  }

  @AfterEach
  void close() {
    lease.close();
    warehouse.close();
  }

  private TablesJournal journal(String searchId, SearchLease itsLease) {
    return new TablesJournal(warehouse, searchId, Samples.SPACE, Samples.UNIT, itsLease, CLOCK);
  }

  /** What another process finds. */
  private RecordedSearch found(String searchId) {
    try (Warehouse other = Warehouse.open(Samples.settings(directory))) {
      return RecordedSearch.read(other, searchId, Samples.SPACE);
    }
  }

  @Test
  void everythingThatWasWrittenIsReadBackByAnotherProcess() {
    journal.propose(List.of(Samples.proposal(1), Samples.proposal(2)));
    journal.propose(List.of(Samples.proposal(3)));
    journal.record(List.of(Samples.completed(2)));
    journal.record(List.of(Samples.failed(1)));

    RecordedSearch found = found("a");
    assertThat(found.proposals())
        .containsExactly(Samples.proposal(1), Samples.proposal(2), Samples.proposal(3));
    assertThat(found.trials()).containsExactly(Samples.failed(1), Samples.completed(2));
    assertThat(journal.proposals()).isEqualTo(found.proposals());
    assertThat(journal.trials()).isEqualTo(found.trials());
  }

  @Test
  void aNumberThatIsThereAlreadyIsNotWrittenAgain() {
    journal.propose(List.of(Samples.proposal(1)));
    journal.record(List.of(Samples.failed(1)));
    SearchJournal reopened = journal("a", lease);
    reopened.propose(List.of(Samples.proposal(1)));
    reopened.record(List.of(Samples.completed(1)));

    assertThat(rows(TrialsTable.DEFINITION)).isEqualTo(1);
    assertThat(rows(ProposalsTable.DEFINITION)).isEqualTo(1);
    assertThat(found("a").trials()).containsExactly(Samples.failed(1));
  }

  @Test
  void rowsThatAreThereTwiceCountOnce() {
    journal.propose(List.of(Samples.proposal(1)));
    new ProposalsTable(warehouse).append("a", List.of(Samples.proposal(1)), CLOCK.instant());
    for (int i = 0; i < 2; i++) {
      new CurvesTable(warehouse).append("a", List.of(Samples.completed(1)));
      new TrialsTable(warehouse).append("a", Samples.UNIT, List.of(Samples.completed(1)));
    }
    assertThat(found("a").proposals()).containsExactly(Samples.proposal(1));
    assertThat(found("a").trials()).containsExactly(Samples.completed(1));
  }

  @Test
  void aCurveWhoseTrialWasNotWrittenIsRemovedBeforeItIsWrittenAgain() {
    journal.propose(List.of(Samples.proposal(1), Samples.proposal(2)));
    journal.record(List.of(Samples.completed(1)));
    new CurvesTable(warehouse).append("a", List.of(Samples.completed(2)));
    SearchJournal reopened = journal("a", lease);
    assertThat(rows(CurvesTable.DEFINITION)).isEqualTo(2);
    reopened.record(List.of(Samples.completed(2)));

    assertThat(rows(CurvesTable.DEFINITION)).isEqualTo(4);
    assertThat(found("a").trials()).containsExactly(Samples.completed(1), Samples.completed(2));
  }

  @Test
  void sourcesWhoseProposalWasNotWrittenAreRemovedBeforeItIsMadeAgain() {
    journal.propose(List.of(Samples.proposal(1), Samples.proposal(2)));
    new TransferTable(warehouse).append("a", List.of(Samples.proposal(4)));
    assertThat(rows(TransferTable.DEFINITION)).isEqualTo(4);
    SearchJournal reopened = journal("a", lease);
    assertThat(rows(TransferTable.DEFINITION)).isEqualTo(2);
    assertThat(reopened.proposals()).containsExactly(Samples.proposal(1), Samples.proposal(2));
  }

  @Test
  void trialsAreReadByKnowledgeUnitAsTheyWereAtASnapshot() {
    TrialsTable trials = new TrialsTable(warehouse);
    assertThat(trials.snapshot()).isEmpty();
    journal.propose(List.of(Samples.proposal(1), Samples.proposal(2), Samples.proposal(3)));
    journal.record(List.of(Samples.failed(2)));
    journal.record(List.of(Samples.completed(1)));
    trials.append("a", Samples.UNIT, List.of(Samples.completed(1)));
    long snapshot = trials.snapshot().orElseThrow();
    journal.record(List.of(Samples.completed(3)));
    trials.rename("a", "z");

    assertThat(trials.units(snapshot))
        .isEqualTo(
            Map.of(
                Samples.UNIT,
                List.of(
                    new EvaluatedText(
                        Samples.proposal(1).architecture().text(), OptionalDouble.of(90.5)),
                    new EvaluatedText(
                        Samples.proposal(2).architecture().text(), OptionalDouble.empty()))));
    assertThatThrownBy(() -> trials.units(1))
        .hasMessageContaining("this version is no longer kept (snapshot=1)");
  }

  @Test
  void columnsThatCameLaterAreAddedToATableThatIsThere() {
    Map<String, String> properties = Warehouse.properties(Samples.settings(directory));
    Catalog catalog =
        CatalogUtil.buildIcebergCatalog(Warehouse.CATALOG, properties, new Configuration());
    Table table = catalog.loadTable(TableIdentifier.of(Warehouse.NAMESPACE, "trials"));
    table
        .updateSchema()
        .deleteColumn("data_fingerprint")
        .deleteColumn("metric")
        .deleteColumn("minimize")
        .commit();
    table.updateProperties().set(TableDefinition.VERSION_PROPERTY, "1").commit();

    try (Warehouse later = Warehouse.open(Samples.settings(directory))) {
      TrialsTable trials = new TrialsTable(later);
      trials.append("a", Samples.UNIT, List.of(Samples.completed(1)));
      assertThat(trials.units(trials.snapshot().orElseThrow())).containsOnlyKeys(Samples.UNIT);
    }
  }

  @Test
  void anInterruptedThreadWritesAllTheSame() {
    Thread.currentThread().interrupt();
    journal.propose(List.of(Samples.proposal(1)));
    journal.record(List.of(Samples.completed(1)));
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(found("a").trials()).containsExactly(Samples.completed(1));
  }

  @Test
  void searchesDoNotSeeEachOther() {
    journal.propose(List.of(Samples.proposal(1)));
    try (SearchLease otherLease =
        SearchLease.acquire(
            warehouse, "b", Optional.empty(), "{}", Knowledge.NONE, Samples.LEASE, CLOCK)) {
      SearchJournal other = journal("b", otherLease);
      assertThat(other.proposals()).isEmpty();
      other.propose(List.of(Samples.proposal(7)));
    }
    assertThat(found("a").proposals()).containsExactly(Samples.proposal(1));
    assertThat(found("b").proposals()).containsExactly(Samples.proposal(7));
  }

  @Test
  void aFinishedSearchIsSetAsideWithAllOfItsRows() {
    journal.propose(List.of(Samples.proposal(1)));
    journal.record(List.of(Samples.completed(1)));
    lease.release(State.FINISHED);

    assertThat(TablesJournal.setAside(warehouse, "a")).isEqualTo("a.1");
    assertThat(found("a").proposals()).isEmpty();
    assertThat(found("a").trials()).isEmpty();
    assertThat(found("a.1").trials()).containsExactly(Samples.completed(1));
    SearchesTable searches = new SearchesTable(warehouse);
    assertThat(searches.find("a")).isEmpty();
    assertThat(searches.find("a.1")).get().extracting("state").isEqualTo(State.FINISHED);

    try (SearchLease again =
        SearchLease.acquire(
            warehouse, "a", Optional.empty(), "{}", Knowledge.NONE, Samples.LEASE, CLOCK)) {
      TablesJournal anew = journal("a", again);
      anew.propose(List.of(Samples.proposal(1)));
      assertThat(found("a").proposals()).containsExactly(Samples.proposal(1));
      again.release(State.FINISHED);
    }
    assertThat(TablesJournal.setAside(warehouse, "a")).isEqualTo("a.2");
  }

  @Test
  void anotherCatalogIsUsedWhereItsPropertiesAreGiven() {
    TablesSettings embedded = Samples.settings(directory.resolve("other"));
    TablesSettings settings =
        new TablesSettings(
            embedded.warehouse(),
            Map.of("type", "hadoop"),
            embedded.commitRetries(),
            embedded.commitWaitMin(),
            embedded.commitWaitMax(),
            embedded.lease());
    try (Warehouse other = Warehouse.open(settings)) {
      new ProposalsTable(other).append("a", List.of(Samples.proposal(1)), CLOCK.instant());
      assertThat(RecordedSearch.read(other, "a", Samples.SPACE).proposals())
          .containsExactly(Samples.proposal(1));
    }
    assertThat(settings.warehouse().resolve("xfernas/proposals/metadata/version-hint.text"))
        .exists();
  }

  private int rows(TableDefinition definition) {
    return warehouse.table(definition).rows(Expressions.alwaysTrue()).size();
  }
}
