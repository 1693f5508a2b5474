package dev.entrepot.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.zoo.catalogue.NoSuchVersionException;
import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.Search.Facet;
import dev.entrepot.zoo.catalogue.Search.Option;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.catalogue.VersionInUseException;
import dev.entrepot.zoo.catalogue.VersionSummary;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.publish.Publication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CatalogueTest extends WithZoo {

    @Test
    void what_was_published_is_there_after_the_zoo_was_closed() throws IOException {
        Version version = publish(2);
        zoo.close();
        zoo = Zoo.open(folder.resolve("data"));

        assertThat(zoo.catalogue().get(version.name())).isEqualTo(version);
    }

    @Test
    void two_processes_worth_of_zoos_see_the_same_entries() throws IOException {
        try (Zoo other = Zoo.open(folder.resolve("data"))) {
            Version version = publish(2);

            assertThat(other.catalogue().get(version.name())).isEqualTo(version);
        }
    }

    @Test
    void the_same_model_again_is_the_same_version_and_another_one_the_next() throws IOException {
        Version first = publish(2);
        Version again = publish(2);
        Version second = publish(3);

        assertThat(again).isEqualTo(first);
        assertThat(second.number()).isEqualTo(2);
        assertThat(zoo.catalogue().get(VersionName.parse("tests/scaling"))).isEqualTo(second);
        assertThat(zoo.catalogue().get(VersionName.parse("tests/scaling@1")).digest())
                .isEqualTo(first.digest());
        assertThat(zoo.catalogue()
                        .get(VersionName.parse("tests/scaling@" + first.digest()))
                        .number())
                .isEqualTo(1);
        assertThat(zoo.catalogue().versions(NAME))
                .extracting(VersionSummary::number)
                .containsExactly(2, 1);
    }

    @Test
    void publishers_at_the_same_time_get_numbers_one_after_the_other() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<Version>> published = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int factor = 2 + i % 6;
            Path in = folder.resolve("in" + i);
            published.add(threads.submit(() -> zoo.publish(
                            Scaling.request(in, factor, factor), Publication.of(NAME, CARD, "test"), validator)
                    .version()));
        }
        Set<Integer> numbers = new TreeSet<>();
        for (Future<Version> version : published) {
            numbers.add(version.get().number());
        }
        threads.shutdown();

        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aliases_move_and_versions_do_not() throws IOException {
        Version first = publish(2);
        Version second = publish(3);
        Selector.Alias stable = new Selector.Alias("stable");

        zoo.catalogue().point(stable, first.name(), "test");
        assertThat(zoo.catalogue()
                        .get(VersionName.parse("tests/scaling@stable"))
                        .number())
                .isEqualTo(1);
        zoo.catalogue().point(stable, second.name(), "test");
        assertThat(zoo.catalogue()
                        .get(VersionName.parse("tests/scaling@stable"))
                        .number())
                .isEqualTo(2);

        assertThatThrownBy(() -> zoo.catalogue().point((Selector.Alias) Selector.LATEST, first.name(), "test"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> zoo.catalogue().remove(second.name(), "test"))
                .isInstanceOf(VersionInUseException.class)
                .hasMessageContaining("[stable]");
        assertThat(zoo.catalogue().unpoint(NAME, stable, "test")).isTrue();
        assertThat(zoo.catalogue().unpoint(NAME, stable, "test")).isFalse();
    }

    @Test
    void a_removed_version_says_so_and_its_number_is_not_given_again() throws IOException {
        publish(2);
        Version second = publish(3);
        zoo.catalogue().remove(second.name(), "test");

        assertThat(zoo.catalogue().get(VersionName.parse("tests/scaling")).number())
                .isEqualTo(1);
        assertThatThrownBy(() -> zoo.catalogue().get(second.name()))
                .isInstanceOfSatisfying(
                        NoSuchVersionException.class,
                        e -> assertThat(e.wasRemoved()).isTrue())
                .hasMessage("tests/scaling@2 has been removed");
        assertThatThrownBy(() -> zoo.catalogue().get(VersionName.parse("tests/nothing")))
                .isInstanceOfSatisfying(
                        NoSuchVersionException.class,
                        e -> assertThat(e.wasRemoved()).isFalse());
        assertThat(publish(3).number()).isEqualTo(3);

        assertThat(zoo.catalogue().removeAll(NAME, "test")).isEqualTo(2);
        assertThat(zoo.catalogue().search(Search.ALL).total()).isZero();
    }

    @Test
    void searching_finds_words_and_facets_and_counts_what_could_be_chosen() throws IOException {
        publish(2);
        zoo.publish(
                Scaling.request(folder.resolve("other"), 5, 5),
                Publication.of(new ModelName("tests", "other_100p"), ModelCard.EMPTY, "test"),
                validator);

        assertThat(found(Search.ALL)).containsExactly("tests/other_100p", "tests/scaling");
        assertThat(found(Search.ALL.withText("MULTIPLIES mul"))).containsExactly("tests/scaling");
        assertThat(found(Search.ALL.withText("r_1"))).containsExactly("tests/other_100p");
        assertThat(found(Search.ALL.withText("%"))).isEmpty();
        assertThat(found(Search.ALL.withText("' or 1=1 --"))).isEmpty();
        assertThat(found(Search.ALL.with(Facet.LICENCE, "MIT"))).containsExactly("tests/scaling");
        assertThat(found(Search.ALL.with(Facet.OPERATOR, "Mul").with(Facet.TAG, "small")))
                .containsExactly("tests/scaling");
        assertThat(found(Search.ALL.with(Facet.OPERATOR, "Conv"))).isEmpty();
        assertThat(found(Search.ALL.by(Search.Order.NEWEST).page(1, 0))).containsExactly("tests/other_100p");
        assertThat(found(Search.ALL.page(1, 1))).containsExactly("tests/scaling");
        assertThat(zoo.catalogue().search(Search.ALL.page(1, 1)).total()).isEqualTo(2);

        var options = zoo.catalogue().filterOptions(Search.ALL.with(Facet.LICENCE, "MIT"));
        assertThat(options.options().get(Facet.LICENCE))
                .containsExactly(new Option("MIT", 1), new Option("NOASSERTION", 1));
        assertThat(options.options().get(Facet.OPERATOR)).containsExactly(new Option("Mul", 1));
        assertThat(options.options().get(Facet.OPSET)).containsExactly(new Option("20", 1));
        assertThat(options.mostParameters()).isEqualTo(1);
    }

    private List<String> found(Search search) throws IOException {
        return zoo.catalogue().search(search).versions().stream()
                .map(version -> version.model().toString())
                .toList();
    }
}
