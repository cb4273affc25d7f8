package dev.kept.server.http;

import dev.kept.server.configuration.ServeSettings;
import dev.kept.server.http.Visit.Method;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/** The rooms of a site, and the door before them. */
final class Rooms {

    private static final String NOBODY = "none";

    private final List<Room> rooms;
    private final Clients clients;
    private final Origins origins;
    private final Visit.Ground ground;
    private final Consumer<String> complaints;

    /** @param complaints what goes wrong, a line each */
    Rooms(List<Room> rooms, ServeSettings settings, FormTokens tokens, Consumer<String> complaints) {
        this.rooms = List.copyOf(rooms);
        this.clients = new Clients(settings.proxies());
        this.origins = new Origins(settings.address());
        this.ground = new Visit.Ground(settings.secure(), settings.address(), tokens);
        this.complaints = complaints;
    }

    /** @param room who answered, for metrics */
    record Answered(String room, Reply reply) {}

    static Optional<Method> method(String name) {
        return name.equals("HEAD")
                ? Optional.of(Method.GET)
                : Arrays.stream(Method.values())
                        .filter(method -> method.name().equals(name))
                        .findFirst();
    }

    Optional<Answered> answer(Method method, ServerRequest request) {
        if (method != Method.GET
                && rooms.stream()
                        .noneMatch(room ->
                                room.takesFromElsewhere(method, request.path().rawPath()))
                && origins.crosses(name -> request.headers().values(HeaderNames.create(name)))) {
            return Optional.of(new Answered(NOBODY, Reply.Problem.of(Trouble.CROSS_SITE)));
        }
        String entered = NOBODY;
        Function<Trouble, Reply> telling = Reply.Problem::of;
        try {
            Visit visit = new Visit(request, method, client(request), ground);
            for (Room room : rooms) {
                entered = room.name();
                telling = room::trouble;
                Optional<Reply> reply = room.answer(visit);
                if (reply.isPresent()) {
                    Reply whole = visit.visitorCookie().map(reply.get()::with).orElse(reply.get());
                    return Optional.of(new Answered(entered, whole));
                }
            }
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(new Answered(entered, telling.apply(e.trouble())));
        } catch (JdbiException e) {
            complaints.accept("kept's own database did not answer a page of `" + entered + "`");
            return Optional.of(new Answered(entered, telling.apply(Trouble.UNAVAILABLE)));
        } catch (RuntimeException e) {
            complaints.accept("a page of `" + entered + "` broke: " + where(e));
            return Optional.of(new Answered(entered, telling.apply(Trouble.BROKEN)));
        }
    }

    /** The kind of a mistake and its place in the program: its message may quote what was sent. */
    private static String where(RuntimeException mistake) {
        return mistake.getClass().getSimpleName()
                + Arrays.stream(mistake.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("dev.kept."))
                        .findFirst()
                        .map(frame -> " at " + frame)
                        .orElse("");
    }

    private Client client(ServerRequest request) {
        InetAddress peer = request.remotePeer().address() instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
        return new Client(clients.of(peer, request.headers().values(HeaderNames.create("X-Forwarded-For"))));
    }
}
