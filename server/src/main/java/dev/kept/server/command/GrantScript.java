package dev.kept.server.command;

import dev.kept.core.doctor.ServerFacts;
import dev.kept.core.doctor.TableGrants;
import dev.kept.core.live.NeededGrant;
import dev.kept.server.doctor.Examined;
import dev.kept.server.failure.CannotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The SQL that gives a role the least that a store's runs need: run by who owns the tables. */
record GrantScript(Output output, String role) {

    int print(List<Examined> examined) {
        List<Examined> stores = examined.stream().filter(one -> !one.own()).toList();
        for (Examined store : stores) {
            store.refused().ifPresent(why -> {
                throw why;
            });
            ServerFacts facts = store.facts().orElseThrow();
            if (store.grants().isEmpty()
                    || store.findings().stream().anyMatch(f -> f.code().equals("map-unfit"))) {
                throw new CannotRun(
                        "the map of `" + store.name() + "` does not fit, and what its runs need cannot be told",
                        "kept check --live");
            }
            output.line("-- store " + store.name() + ", to be run in database "
                    + Output.printable(facts.server().database()).replace("\n", "\\u000a"));
            statements(facts, store.grants()).forEach(statement -> output.line(statement + ";"));
        }
        return ExitCode.OK;
    }

    private List<String> statements(ServerFacts facts, List<TableGrants> grants) {
        String to = " TO " + NeededGrant.quoted(role);
        List<String> statements = new ArrayList<>();
        statements.add(
                "GRANT CONNECT ON DATABASE " + NeededGrant.quoted(facts.server().database()) + to);
        Set<String> schemas = new TreeSet<>();
        grants.forEach(grant -> schemas.add(grant.relation().schema()));
        schemas.forEach(schema -> statements.add("GRANT USAGE ON SCHEMA " + NeededGrant.quoted(schema) + to));
        grants.forEach(grant -> statements.add("GRANT " + String.join(", ", grant.needs()) + " ON "
                + NeededGrant.quoted(grant.relation().schema()) + "."
                + NeededGrant.quoted(grant.relation().name()) + to));
        return statements;
    }
}
