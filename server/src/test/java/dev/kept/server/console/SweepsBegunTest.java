package dev.kept.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company;
import dev.kept.server.signin.Role;
import dev.kept.server.task.SweepTasks;
import dev.kept.server.task.Tasks;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep begun in the console waits for another person's yes; who began it cannot give it. */
class SweepsBegunTest {

    @TempDir
    private Path folder;

    private Mill mill;

    @BeforeEach
    void start() throws IOException {
        mill = new Mill(folder);
        mill.company
                .database("shop")
                .execute("insert into customers select 'c' || i, 'C', 'c' || i || '@planted.example',"
                        + " now() - (case when i <= 150 then interval '900 days' else interval '9 days' end)"
                        + " from generate_series(1, 300) i");
    }

    @AfterEach
    void stop() {
        mill.close();
    }

    private List<String> kept(String sql) {
        return Company.rows(mill.company.state(), sql);
    }

    private void awaited() {
        SweepTasks sweeps = new SweepTasks(new Tasks(mill.home.state()));
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (sweeps.begun("shop").orElseThrow().ended().isEmpty()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("the sweep is still under way");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void who_begins_it_cannot_approve_it_and_another_can_and_it_is_carried_out() {
        Browser ann = mill.staff("Ann Lee", Role.ENGINEER);
        Browser ben = mill.staff("Ben Ode", Role.OFFICER);
        assertThat(ann.get("/console/sweeps").body()).contains("Sweep now", "in the name of Ann Lee");
        assertThat(ann.post("/console/sweeps/begin/shop").statusCode()).isEqualTo(303);
        awaited();

        String run =
                kept("select id::text from kept.run where state = 'waiting'").getFirst();
        assertThat(ann.get("/console/sweeps").body())
                .contains("Waiting for a second person", "150 of 302 rows", "You began it")
                .doesNotContain("Approve as");
        HttpResponse<String> own = ann.post("/console/sweeps/" + run + "/approve");
        assertThat(own.statusCode()).isEqualTo(409);
        assertThat(own.body()).contains("who started a sweep cannot approve it");
        assertThat(kept("select run from kept.approval")).isEmpty();
        assertThat(ben.get("/console/sweeps").body())
                .contains("Approve as Ben Ode")
                .doesNotContain("You began it");
        assertThat(ben.post("/console/sweeps/" + run + "/approve").statusCode()).isEqualTo(303);

        ann.get("/console/sweeps");
        assertThat(ann.post("/console/sweeps/begin/shop").statusCode()).isEqualTo(303);
        awaited();
        assertThat(kept("select state from kept.run where id = '" + run + "'")).containsExactly("done");
        assertThat(mill.company.rows("shop", "select count(*)::text from customers"))
                .containsExactly("152");
        assertThat(kept("select entry::jsonb -> 'actor' ->> 'role' from kept.journal where kind = 'sweep-begun'"))
                .containsExactly("engineer", "engineer");
        assertThat(String.join(" ", kept("select entry::text from kept.journal")))
                .doesNotContain("Ann", "Ben Ode");
        assertThat(kept("select operator from kept.private_log where said = 'began a sweep'"))
                .containsOnly("Ann Lee");
        assertThat(mill.complaints).isEmpty();
    }

    @Test
    void an_auditor_and_support_are_offered_nothing_and_refused() {
        for (Role role : List.of(Role.AUDITOR, Role.SUPPORT)) {
            Browser staff = mill.staff("Aud", role);
            assertThat(staff.get("/console/sweeps").body()).doesNotContain("Sweep now");
            staff.get("/console");
            assertThat(staff.post("/console/sweeps/begin/shop").statusCode()).isEqualTo(403);
        }
        assertThat(kept("select id from kept.run")).isEmpty();
    }

    @Test
    void what_stands_outside_its_table_was_not_looked_at_and_that_is_said() {
        mill.company
                .state()
                .execute("insert into kept.detached_partition (store, partition, parent, bounds)"
                        + " values ('shop', array['public', 'orders_2024'], array['public', 'orders'], '')");
        Browser ann = mill.staff("Ann Lee", Role.ENGINEER);
        ann.get("/console/sweeps");
        ann.post("/console/sweeps/ahead/shop");
        SweepTasks sweeps = new SweepTasks(new Tasks(mill.home.state()));
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (sweeps.ahead("shop").orElseThrow().ended().isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }

        assertThat(ann.get("/console/sweeps").body())
                .contains("the partition orders_2024 stands outside its table orders");
    }

    @Test
    void what_the_next_would_do_says_that_it_would_wait() {
        Browser ann = mill.staff("Ann Lee", Role.ENGINEER);
        ann.get("/console/sweeps");
        assertThat(ann.post("/console/sweeps/ahead/shop").statusCode()).isEqualTo(303);
        SweepTasks sweeps = new SweepTasks(new Tasks(mill.home.state()));
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (sweeps.ahead("shop").orElseThrow().ended().isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }

        assertThat(ann.get("/console/sweeps").body())
                .contains("It would wait for a second person:", "150 of 302 rows of customers would be deleted");
    }
}
