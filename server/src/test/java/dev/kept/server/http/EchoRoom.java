package dev.kept.server.http;

import dev.kept.server.http.Visit.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Says back what reached it. */
final class EchoRoom implements Room {

    static final String SECRET = "a-customer@example.org";

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        return switch (visit.method() + " " + visit.path()) {
            case "GET /echo/form" -> Optional.of(said(visit.token()));
            case "POST /echo/form" -> Optional.of(said(visit.form().text("said")));
            case "POST /echo/data" -> Optional.of(said(Integer.toString(visit.body("application/json", 1_000).length)));
            case "GET /echo/who" -> Optional.of(said(visit.client().throttled()));
            case "GET /echo/query" -> Optional.of(said(visit.query().text("said")));
            case "GET /echo/cookie" -> Optional.of(said(visit.cookie("given").orElse("none")));
            case "GET /echo/give" ->
                Optional.of(said("given")
                        .with(Cookie.lasting("given", "abc", Cookie.Crossing.STRICT, Duration.ofMinutes(5))));
            case "GET /echo/on" -> Optional.of(Reply.SeeOther.to("/echo/form"));
            case "GET /echo/breaks" -> throw new IllegalStateException(SECRET);
            case "GET /echo/often" -> Optional.of(Reply.Problem.later(Trouble.TOO_MANY, Duration.ofSeconds(90)));
            case "GET /echo/file" ->
                Optional.of(Reply.Download.of(
                        "Auskunft für \"Anna\"\r\n.zip", "application/zip", OptionalLong.empty(), out -> {
                            for (int i = 0; i < 1_000; i++) {
                                out.write("0123456789".getBytes(StandardCharsets.US_ASCII));
                            }
                        }));
            default ->
                visit.path().startsWith("/echo/any/") && visit.method() == Method.GET
                        ? Optional.of(said("reached"))
                        : Optional.empty();
        };
    }

    private static Reply.Page said(String text) {
        return Reply.Page.ok("[" + text + "]");
    }
}
