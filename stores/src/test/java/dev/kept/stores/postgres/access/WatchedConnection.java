package dev.kept.stores.postgres.access;

import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was asked, and how many rows came at most in one answer. */
final class WatchedConnection implements StoreConnection {
    private final StoreConnection inner;
    private final List<String> asked = new ArrayList<>();
    private int mostRows;

    WatchedConnection(StoreConnection inner) {
        this.inner = inner;
    }

    @Override
    public List<Answer> run(List<Sql> statements) {
        statements.forEach(statement -> asked.add(statement.text()));
        List<Answer> answers = inner.run(statements);
        answers.forEach(answer -> mostRows = Math.max(mostRows, answer.rows().size()));
        return answers;
    }

    @Override
    public void alone(Sql statement) {
        inner.alone(statement);
    }

    @Override
    public void commit() {
        inner.commit();
    }

    @Override
    public void rollback() {
        inner.rollback();
    }

    @Override
    public void close() {
        inner.close();
    }

    List<String> asked() {
        return asked;
    }

    int mostRows() {
        return mostRows;
    }

    /** How many statements were read through cursors. */
    long declared() {
        return asked.stream().filter(text -> text.startsWith("DECLARE")).count();
    }
}
