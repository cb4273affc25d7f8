package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Request;
import dev.kept.server.http.Cookie;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.Changed;
import dev.kept.server.request.Desk;
import dev.kept.server.request.Details;
import dev.kept.server.request.Messages;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.request.Visits;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What this browser asked, and what it can do about it. Of a request that it did not ask, or did not prove, it learns nothing. */
final class RequestPages {

    private static final String NUMBER = "[0-9A-Za-z]{4}-[0-9A-Za-z]{4}";

    private final Guest guest;
    private final CentrePage page;
    private final Centre.Door door;

    RequestPages(Guest guest, CentrePage page, Centre.Door door) {
        this.guest = guest;
        this.page = page;
        this.door = door;
    }

    Optional<Reply> answer(String[] parts) {
        boolean acts = guest.visit().method() == Method.POST;
        if (parts.length == 1) {
            return acts ? Optional.empty() : Optional.of(new RequestList(guest, page).list(Map.of(), "", ""));
        }
        if (parts.length == 2 && parts[1].equals("find")) {
            return Optional.of(acts ? find() : Reply.SeeOther.to(guest.path("/requests")));
        }
        if (parts.length == 2 && parts[1].equals("leave")) {
            return Optional.of(acts ? leave() : Reply.SeeOther.to(guest.path("/requests")));
        }
        if (parts.length > 3 || !parts[1].matches(NUMBER)) {
            return Optional.empty();
        }
        Optional<Asked> asked = asked(parts[1]);
        if (asked.isEmpty()) {
            return Optional.of(new RequestList(guest, page).unknown());
        }
        String act = parts.length == 3 ? parts[2] : "";
        return acts ? act(asked.get(), act) : read(asked.get(), act);
    }

    /**
     * A request of this browser.
     *
     * @param proven whether it counts as the person's now
     */
    record Asked(StoredRequest stored, boolean proven, String browser) {}

    private Optional<Asked> asked(String number) {
        return guest.browser()
                .flatMap(browser -> guest.requests()
                        .byNumber(number)
                        .flatMap(stored -> guest.desk()
                                .visits()
                                .of(browser, stored.id())
                                .map(visit -> new Asked(stored, visit.proven(), browser))));
    }

    private Optional<Reply> read(Asked asked, String act) {
        return switch (act) {
            case "" -> Optional.of(show(asked, Map.of(), ""));
            case "withdraw" -> Optional.of(new RequestPage(guest, page, asked).withdraw());
            case "answer" -> Optional.of(download(asked));
            case "code", "link", "message", "renew" -> Optional.of(back(asked));
            default -> Optional.empty();
        };
    }

    private Reply show(Asked asked, Map<String, String> errors, String kept) {
        return new RequestPage(guest, page, asked).show(errors, kept);
    }

    private Reply back(Asked asked) {
        return Reply.SeeOther.to(guest.path("/requests/" + asked.stored().number()));
    }

    private Optional<Reply> act(Asked asked, String act) {
        // read first: without its token nothing is done
        Entries form = guest.visit().form();
        return switch (act) {
            case "code" -> Optional.of(code(asked, form));
            case "link" -> Optional.of(link(asked));
            case "message" -> Optional.of(message(asked, form));
            case "withdraw" -> Optional.of(withdraw(asked));
            case "renew" -> Optional.of(renew(asked));
            default -> Optional.empty();
        };
    }

    private Reply code(Asked asked, Entries form) {
        String code = form.text("code");
        if (code.isEmpty() || code.length() > 40) {
            return show(asked, Map.of("code", guest.say("error.code.missing")), "");
        }
        return door.refused(guest.visit(), Centre.What.TRY, "").orElseGet(() -> switch (guest.desk()
                .code(asked.stored().id(), code, asked.browser())) {
            case Desk.Code.Right right ->
                back(asked).with(Guest.cookie(guest.desk().renewed(asked.browser())));
            case Desk.Code.Another another -> new RequestPage(guest, page, asked).told("confirm.again.done");
            case Desk.Code.Wrong wrong -> show(asked, Map.of("code", guest.say("error.code.wrong")), code);
        });
    }

    /** Another link goes to the address on file, if it is the one that was typed. */
    private Reply link(Asked asked) {
        String typed = new Details(guest.premises().home().state())
                .typed(asked.stored().id())
                .map(Typed::address)
                .orElse("");
        return door.refused(guest.visit(), Centre.What.ASK, typed.toLowerCase(Locale.ROOT))
                .orElseGet(() -> {
                    guest.desk().askLink(asked.stored().number(), typed, asked.browser());
                    return new RequestPage(guest, page, asked).told("confirm.again.done");
                });
    }

    private Reply message(Asked asked, Entries form) {
        String words = form.text("words");
        Request request = asked.stored().request();
        boolean plain = request.ask().kind() == Kind.QUESTION;
        if (!asked.proven() && !plain && !guest.asks(asked.stored())) {
            return back(asked);
        }
        if (words.isEmpty()) {
            return show(asked, Map.of("words", guest.say("error.words.missing")), words);
        }
        if (words.length() > Messages.MOST_CHARACTERS) {
            String most = guest.phrases().number(Messages.MOST_CHARACTERS);
            return show(asked, Map.of("words", guest.words().say("error.words.long", Map.of("most", most))), words);
        }
        return door.refused(guest.visit(), Centre.What.TRY, "")
                .orElseGet(() -> tried(asked, () -> guest.desk().write(asked.stored(), words)));
    }

    /** Only to a browser that has just proven that it is hers: any other is led back to where it can. */
    private Reply download(Asked asked) {
        return guest.desk()
                .download(asked.stored(), asked.browser())
                .<Reply>map(answer -> Reply.Download.of(
                        answer.about().name(), answer.about().mediaType(), OptionalLong.of(answer.size()), out -> {
                            try (InputStream content = answer.content()) {
                                content.transferTo(out);
                            }
                        }))
                .orElseGet(() -> back(asked));
    }

    private Reply renew(Asked asked) {
        return guest.desk().renew(asked.stored(), asked.browser())
                ? new RequestPage(guest, page, asked).told("answer.again.done")
                : back(asked);
    }

    private Reply withdraw(Asked asked) {
        boolean known = asked.stored().request().identity().isPresent();
        return known && !asked.proven()
                ? back(asked)
                : tried(asked, () -> guest.desk().withdraw(asked.stored()));
    }

    private Reply tried(Asked asked, Runnable act) {
        try {
            act.run();
            return back(asked);
        } catch (NotAllowed e) {
            return new RequestPage(guest, page, asked).said("request.too-late");
        } catch (Changed e) {
            return new RequestPage(guest, page, asked).said("request.moved");
        }
    }

    /** By number and address: whether they belong together is found out later, and told to the address only. */
    private Reply find() {
        Entries form = guest.visit().form();
        String number = form.text("number");
        String address = form.text("address");
        Map<String, String> errors = new LinkedHashMap<>();
        if (number.isEmpty() || number.length() > 40) {
            errors.put("number", guest.say("error.number.missing"));
        }
        if (address.isEmpty()) {
            errors.put("address", guest.say("error.address.missing"));
        } else if (address.length() > Typed.MOST_ADDRESS || !address.contains("@")) {
            errors.put("address", guest.say("error.address.wrong"));
        }
        RequestList list = new RequestList(guest, page);
        if (!errors.isEmpty()) {
            return list.list(errors, number, address);
        }
        Optional<Reply> refused = door.refused(guest.visit(), Centre.What.ASK, address.toLowerCase(Locale.ROOT));
        if (refused.isPresent()) {
            return refused.get();
        }
        String browser = guest.browser().orElseGet(Visits::secret);
        guest.desk().askLink(number, address, browser);
        return list.found().with(Guest.cookie(browser));
    }

    private Reply leave() {
        guest.visit().form();
        guest.browser().ifPresent(browser -> guest.desk().visits().leave(browser));
        Html main = new Html()
                .raw("<div class=\"column\">")
                .element("h1", guest.say("requests.left"))
                .raw("<p class=\"lead\">")
                .text(guest.say("requests.left.about"))
                .raw("</p></div>");
        return page.page(guest.say("requests.left"), main).with(Cookie.gone(Guest.COOKIE, Cookie.Crossing.LAX));
    }
}
