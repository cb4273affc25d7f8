package dev.kept.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.kept.server.run.LiveStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house (docs/decisions/0001-modules.md), held against every class of core, stores and server. */
final class ArchitectureTest {
    private static final String CORE = "dev.kept.core..";
    private static final String STORES = "dev.kept.stores..";
    private static final String SERVER = "dev.kept.server..";

    /** Methods that read a clock when called without one: core is given the time as a parameter. */
    private static final Map<String, Set<String>> AMBIENT_READS = Map.ofEntries(
            Map.entry(
                    "java.lang.System",
                    Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "getProperties")),
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.LocalTime", Set.of("now")),
            Map.entry("java.time.OffsetDateTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry("java.time.Year", Set.of("now")),
            Map.entry("java.time.YearMonth", Set.of("now")),
            Map.entry("java.time.ZoneId", Set.of("systemDefault")),
            Map.entry("java.util.TimeZone", Set.of("getDefault")),
            Map.entry("java.util.Locale", Set.of("getDefault")));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.kept");

    @Test
    void core_touches_no_database_network_file_or_clock() {
        hold(noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccessFile|FileInputStream|FileOutputStream|FileReader"
                        + "|FileWriter)|java\\.nio\\.file\\.(Files|Paths|FileSystem|FileSystems)"
                        + "|java\\.net\\.(URLConnection|Socket|ServerSocket|InetAddress)|java\\.time\\.Clock"));
    }

    @Test
    void core_reads_no_time_environment_or_default_locale() {
        hold(ArchRuleDefinition.classes().that().resideInAPackage(CORE).should(callNoAmbientReads()));
    }

    @Test
    void arrows_point_from_server_to_stores_to_core() {
        hold(noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STORES, SERVER));
        hold(noClasses()
                .that()
                .resideInAPackage(STORES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER));
    }

    @Test
    void packages_form_no_cycle() {
        hold(slices().matching("dev.kept.(**)").should().beFreeOfCycles());
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> seen = new HashSet<>();
        for (JavaClass type : HOUSE) {
            if (seen.add(type.getPackageName()) && !type.getPackage().isAnnotatedWith(NullMarked.class)) {
                throw new AssertionError("package `" + type.getPackageName() + "` has no `@NullMarked` package-info");
            }
        }
    }

    @Test
    void names_say_what_a_class_is() {
        hold(noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?)(\\$.*)?"));
    }

    @Test
    void only_commands_print() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("dev.kept.server.command..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace"));
    }

    /** Data of a store that was restored is refused to every use: whoever opens one anyway is named here. */
    @Test
    void only_what_makes_a_store_clean_opens_one_that_is_isolated() {
        DescribedPredicate<JavaClass> allowed = belongToAnyOf(LiveStore.class)
                .or(nameMatching("dev\\.kept\\.server\\.("
                        + "http\\.Jobs" // the daily look
                        + "|command\\.(RestoredCommand|DoubtsCommand)|console\\.DoubtPages|api\\.Bureau"
                        + "|demo\\.Demo)")); // a shop that was made a moment ago
        DescribedPredicate<JavaAccess<?>> anyway =
                target(owner(belongToAnyOf(LiveStore.class))).and(target(nameMatching("evenIsolated|tied")));
        hold(noClasses().that(DescribedPredicate.not(allowed)).should().accessTargetWhere(anyway));
    }

    /** A rule about a module that has no class yet holds. */
    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }

    private static ArchCondition<JavaClass> callNoAmbientReads() {
        return new ArchCondition<>("call nothing that reads the time, the environment or a default") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMethodCallsFromSelf().forEach(call -> report(call, events));
                type.getMethodReferencesFromSelf().forEach(reference -> report(reference, events));
            }

            private void report(JavaCodeUnitAccess<? extends CodeUnitAccessTarget> access, ConditionEvents events) {
                String owner = access.getTargetOwner().getName();
                if (AMBIENT_READS.getOrDefault(owner, Set.of()).contains(access.getName())) {
                    events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                }
            }
        };
    }
}
