package dev.kept.core.notice;

import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What GDPR Art. 13 and 14 ask a notice to say, and this one does not; and what looks like a slip. */
final class NoticeAdvice {

    /** GDPR Art. 12(3): one month. */
    private static final Span MONTH = new Span(31, Span.Unit.DAY);

    private static final String DIRECT_MARKETING = "dpv:DirectMarketing";

    private final Notice notice;
    private final Places places;
    private final Set<String> broken;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param broken chapters with errors: nobody is told what they lack
     */
    NoticeAdvice(Notice notice, Places places, Set<String> broken) {
        this.notice = notice;
        this.places = places;
        this.broken = broken;
    }

    List<Problem> problems() {
        rights();
        answerTime();
        if (notice.shares().isEmpty() && notice.never().isEmpty()) {
            lacks(
                    "recipients-missing",
                    "shares",
                    "the notice names no recipient (Art. 13(1)(e))",
                    "add `shares:`, or say what never happens, as in `sale: never`");
        }
        if (notice.keeps().longest().isEmpty()) {
            lacks(
                    "longest-missing",
                    "keeps",
                    "the notice names no longest period (Art. 13(2)(a))",
                    "add `keeps: {longest: …}`; every use is then checked against it");
        }
        if (notice.contact().post().isEmpty() && !broken.contains("controller")) {
            lacks(
                    "post-missing",
                    "contact",
                    "the notice names no postal address (Art. 13(1)(a))",
                    "add `contact: {post: …}`");
        }
        notice.uses().values().forEach(this::use);
        notice.shares().values().forEach(this::share);
        notice.cookies().values().forEach(this::cookie);
        return problems;
    }

    private void rights() {
        right("access", "Art. 15");
        right("correct", "Art. 16");
        right("erase", "Art. 17");
        right("restrict", "Art. 18");
        right("complain", "Art. 13(2)(d): to a supervisory authority");
        if (has(LegalBasis.CONSENT)) {
            right("withdraw", "Art. 13(2)(c): there are uses with consent");
        }
        if (has(LegalBasis.CONSENT) || has(LegalBasis.CONTRACT)) {
            right("portability", "Art. 20");
        }
        boolean marketing = notice.uses().values().stream().anyMatch(Use::directMarketing);
        if (has(LegalBasis.LEGITIMATE_INTERESTS) || has(LegalBasis.PUBLIC_TASK) || marketing) {
            right("object", "Art. 21");
        }
    }

    private boolean has(LegalBasis basis) {
        return notice.uses().values().stream().anyMatch(use -> use.concernsPersons() && use.basis() == basis);
    }

    private void right(String right, String article) {
        if (!notice.rights().granted().contains(right)) {
            lacks(
                    "right-missing",
                    "rights." + right,
                    "the notice does not tell of the right `" + right + "` (" + article + ")",
                    "add `" + right + ": {}` to `rights`");
        }
    }

    private void answerTime() {
        if (notice.rights().answeredWithin().isEmpty()) {
            lacks(
                    "answer-time-missing",
                    "rights.answered-within",
                    "the notice does not say within what time requests are answered (Art. 12(3))",
                    "add `answered-within: 30 days` to `rights`");
        } else if (notice.rights().answeredWithin().get().atMostDays() > MONTH.atMostDays()) {
            advice(
                    "answer-too-late",
                    "rights.answered-within",
                    "requests are answered within "
                            + notice.rights().answeredWithin().get() + ", but Art. 12(3) gives one month",
                    "write `30 days` or less");
        }
    }

    private void use(Use use) {
        if (!use.directMarketing() && use.purposes().contains(DIRECT_MARKETING)) {
            advice(
                    "direct-marketing-unsaid",
                    use.path() + ".purpose",
                    "`" + use.path() + "` is direct marketing by its purpose but does not say `direct-marketing`",
                    "add `direct-marketing: true`, so that an objection ends it (Art. 21(3))");
        }
        boolean endsWithItsBasis = use.basis() == LegalBasis.CONSENT || use.basis() == LegalBasis.LEGITIMATE_INTERESTS;
        boolean ofLaw = use.law().isPresent();
        if (endsWithItsBasis && !ofLaw && use.onRequest() == OnRequest.NEVER) {
            advice(
                    "erasure-refused",
                    use.path() + ".on-request",
                    "`" + use.path() + "` is never erased on request, but rests on `"
                            + use.basis().word() + "` (Art. 17(1)(b), (c))",
                    "write `ends` or `review`, or move the duty of law to `keeps.beyond`");
        }
        if (!use.whiles().isEmpty() && use.onRequest() != OnRequest.AT_ITS_END) {
            advice(
                    "while-without-effect",
                    use.path() + ".while",
                    "`while` delays a request only where `on-request` is `at-its-end`, but `" + use.path() + "` has `"
                            + use.onRequest().word() + "`",
                    "leave `while` out, or add `on-request: at-its-end`");
        }
        use.clauses().stream()
                .filter(clause -> !clause.renews() && clause.events().getFirst().contains(".last-"))
                .findFirst()
                .ifPresent(clause -> advice(
                        "renews-unsaid",
                        use.path() + ".ends",
                        "`" + clause.events().getFirst() + "` can happen again and so move the end of `" + use.path()
                                + "`, which the notice does not say",
                        "add `renews: true`"));
    }

    private void share(Share share) {
        if (share.safeguard().isPresent() && share.country().isEmpty() && !broken.contains("shares")) {
            advice(
                    "country-missing",
                    share.path() + ".safeguard",
                    "`" + share.path() + "` has a safeguard but names no country (Art. 13(1)(f))",
                    "add `country:`");
        }
        if (share.kind() == Share.Kind.AFFILIATE && !share.honoursNotice() && !broken.contains("shares")) {
            advice(
                    "affiliate-not-bound",
                    share.path(),
                    "`" + share.path() + "` is an affiliate, but nothing says that it has to keep to this notice",
                    "add `honours-notice: true` once it has to");
        }
        boolean forAUse = switch (share.kind()) {
            case AUTHORITY, TRANSFER -> false;
            case PROCESSOR, CONTROLLER, AFFILIATE, PARTNER -> true;
        };
        if (forAUse && share.uses().isEmpty() && !broken.contains("shares")) {
            advice(
                    "share-without-use",
                    share.path(),
                    "`" + share.path() + "` receives data for no use that is named",
                    "add `uses:`");
        }
    }

    /** ePrivacy Directive Art. 5(3): what is not strictly necessary for a service asked for needs consent. */
    private void cookie(Cookie cookie) {
        Use use = notice.uses().get(cookie.group());
        boolean asked = use == null || use.basis() == LegalBasis.CONSENT || use.basis() == LegalBasis.CONTRACT;
        if (use != null && !asked) {
            advice(
                    "cookie-without-consent",
                    cookie.path() + ".group",
                    "`" + cookie.path() + "` is not `necessary`, but `" + use.path() + "` rests on `"
                            + use.basis().word() + "` (ePrivacy Art. 5(3))",
                    "use `consent` as the basis, or give it to the group `necessary`");
        }
    }

    private void lacks(String code, String path, String message, String attempt) {
        if (!broken.contains(path.replaceFirst("\\..*", ""))) {
            advice(code, path, message, attempt);
        }
    }

    private void advice(String code, String path, String message, String attempt) {
        problems.add(Problem.advice(code, places.at(path.split("\\.", -1)), path, message, attempt));
    }
}
