package io.tollgate.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tollgate.core.pipeline.Step;

/** The walls of the house, each with its reason. */
@AnalyzeClasses(packages = "io.tollgate", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule features_do_not_know_each_other = noClasses()
            .that()
            .resideInAPackage("io.tollgate.routing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tollgate.cache..", "io.tollgate.budget..", "io.tollgate.server..")
            .because("routing, cache and budget meet only in GatewayPipeline");

    @ArchTest
    static final ArchRule budget_does_not_know_its_neighbours = noClasses()
            .that()
            .resideInAPackage("io.tollgate.budget..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tollgate.cache..", "io.tollgate.routing..", "io.tollgate.server..")
            .because("routing, cache and budget meet only in GatewayPipeline");

    @ArchTest
    static final ArchRule cache_does_not_know_its_neighbours = noClasses()
            .that()
            .resideInAPackage("io.tollgate.cache..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tollgate.routing..", "io.tollgate.budget..", "io.tollgate.server..")
            .because("routing, cache and budget meet only in GatewayPipeline");

    @ArchTest
    static final ArchRule buffers_stay_in_the_relay = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.tollgate.server.front..",
                    "io.tollgate.server.relay..",
                    "io.tollgate.server.upstream..",
                    "io.tollgate.server.head..",
                    "io.tollgate.server.loop..",
                    "io.tollgate.server.fakeprovider..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.netty.buffer.ByteBuf")
            .because("a reference-counted buffer that leaves the relay is a leak to come");

    @ArchTest
    static final ArchRule core_knows_no_channels = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tollgate.core..", "io.tollgate.routing..", "io.tollgate.cache..", "io.tollgate.budget..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.channel..")
            .because("decisions are made on facts, not on sockets");

    @ArchTest
    static final ArchRule the_gateway_does_not_need_its_simulated_provider = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tollgate.server.front..",
                    "io.tollgate.server.relay..",
                    "io.tollgate.server.gateway..",
                    "io.tollgate.server.serve..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tollgate.server.fakeprovider..")
            .because("what serves real traffic must not reach for a simulation");

    @ArchTest
    static final ArchRule nothing_sleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("an event loop must not, and elsewhere a condition is better than a nap");

    @ArchTest
    static final ArchRule the_time_of_day_comes_from_a_clock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .because("tests turn the clock by hand");

    @ArchTest
    static final ArchRule steps_are_called_steps = classes()
            .that()
            .implement(Step.class)
            .and()
            .areTopLevelClasses()
            .should()
            .haveSimpleNameEndingWith("Step")
            .because("GatewayPipeline reads as a list of steps");

    @ArchTest
    static final ArchRule names_say_what_a_thing_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .because("such a name says nothing");

    @ArchTest
    static final ArchRule no_object_mappers = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson.databind..", "com.fasterxml.jackson..")
            .because("JSON is read as a stream and edited by span, never re-serialised");
}
