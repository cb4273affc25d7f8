package dev.kept.bench;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param bar what it should reach, in words
 * @param ok whether it does
 */
record Figure(String bench, String name, double value, String unit, String bar, boolean ok, String detail) {

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"bench\":\"%s\",\"figure\":%.3f,\"unit\":\"%s\",\"bar\":\"%s\",\"ok\":%s,\"detail\":\"%s\"}",
                bench + " " + name,
                value,
                unit,
                bar,
                ok,
                detail.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%s %s: %.3f %s (bar %s: %s) %s",
                bench,
                name,
                value,
                unit,
                bar,
                ok ? "reached" : "missed",
                detail);
    }
}
