package dev.kept.server.command;

import dev.kept.core.datamap.TableName;
import dev.kept.core.doctor.ServerFacts;
import dev.kept.core.doctor.ServerFindings;
import dev.kept.core.doctor.TableGrants;
import dev.kept.core.live.NeededGrant;
import dev.kept.server.doctor.Examined;
import dev.kept.server.failure.CannotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The SQL that gives a role the least that a store's runs need: run by who owns the tables. */
record GrantScript(Output output, String role) {

    int print(List<Examined> examined) {
        List<Examined> stores = examined.stream().filter(one -> !one.own()).toList();
        for (Examined store : stores) {
            store.refused().ifPresent(why -> {
                throw why;
            });
            ServerFacts facts = store.facts().orElseThrow();
            if (facts.server().major() < ServerFindings.OLDEST) {
                throw new CannotRun(
                        "the server of `" + store.name() + "` is PostgreSQL "
                                + facts.server().version(),
                        "upgrade it: Kept needs PostgreSQL " + ServerFindings.OLDEST + " or newer");
            }
            if (store.grants().isEmpty()
                    || store.findings().stream().anyMatch(f -> f.code().equals("map-unfit"))) {
                throw new CannotRun(
                        "the map of `" + store.name() + "` does not fit, and what its runs need cannot be told",
                        "kept check --live");
            }
            output.line("-- store " + store.name() + ", to be run in database "
                    + Output.printable(facts.server().database()).replace("\n", "\\u000a"));
            part("", statements(facts, store.grants()));
            part("functions that not everybody may call here", functions(facts));
            part("row-level security is on: a superuser makes the role see every row", bypass(facts, store.grants()));
            part(
                    "what `kept end` and requests note in the store's own columns; left to people where it is not granted",
                    notes(store.grants()));
        }
        return ExitCode.OK;
    }

    private void part(String comment, List<String> statements) {
        if (!comment.isEmpty() && !statements.isEmpty()) {
            output.line("-- " + comment);
        }
        statements.forEach(statement -> output.line(statement + ";"));
    }

    private List<String> functions(ServerFacts facts) {
        return facts.server().closed().stream()
                .map(function -> "GRANT EXECUTE ON FUNCTION pg_catalog." + function + " TO " + NeededGrant.quoted(role))
                .toList();
    }

    private List<String> bypass(ServerFacts facts, List<TableGrants> grants) {
        Set<TableName> needed = grants.stream().map(TableGrants::relation).collect(Collectors.toSet());
        boolean hidden = facts.tables().stream()
                .filter(table -> needed.contains(table.name()) && table.rowSecurity())
                .anyMatch(table -> !table.exempt().equals(Optional.of(role)));
        return hidden ? List.of("ALTER ROLE " + NeededGrant.quoted(role) + " BYPASSRLS") : List.of();
    }

    private List<String> notes(List<TableGrants> grants) {
        return grants.stream()
                .filter(grant -> !grant.noted().isEmpty())
                .map(grant -> grant(grant, grant.noted()))
                .toList();
    }

    private String grant(TableGrants on, List<String> privileges) {
        return "GRANT " + String.join(", ", privileges) + " ON "
                + NeededGrant.quoted(on.relation().schema()) + "."
                + NeededGrant.quoted(on.relation().name()) + " TO " + NeededGrant.quoted(role);
    }

    private List<String> statements(ServerFacts facts, List<TableGrants> grants) {
        String to = " TO " + NeededGrant.quoted(role);
        List<String> statements = new ArrayList<>();
        statements.add(
                "GRANT CONNECT ON DATABASE " + NeededGrant.quoted(facts.server().database()) + to);
        Set<String> schemas = new TreeSet<>();
        grants.forEach(grant -> schemas.add(grant.relation().schema()));
        schemas.forEach(schema -> statements.add("GRANT USAGE ON SCHEMA " + NeededGrant.quoted(schema) + to));
        grants.forEach(grant -> statements.add(grant(grant, grant.needs())));
        return statements;
    }
}
