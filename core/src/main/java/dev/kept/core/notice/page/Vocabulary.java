package dev.kept.core.notice.page;

import dev.kept.core.notice.Category;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the notice's rules are called in the Data Privacy Vocabulary (W3C DPVCG, version 2: {@code https://w3id.org/dpv}), and the JSON-LD
 * context with which a document needs no other file. The vocabulary ships no context of its own.
 */
final class Vocabulary {

    private static final Map<String, String> RIGHTS = Map.of(
            "access", "gdpr:A15",
            "correct", "gdpr:A16",
            "erase", "gdpr:A17",
            "restrict", "gdpr:A18",
            "portability", "gdpr:A20",
            "object", "gdpr:A21",
            "withdraw", "gdpr:A7-3",
            "complain", "gdpr:A77");

    private Vocabulary() {}

    static Map<String, Object> context() {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("dpv", "https://w3id.org/dpv#");
        context.put("pd", "https://w3id.org/dpv/pd#");
        context.put("gdpr", "https://w3id.org/dpv/legal/eu/gdpr#");
        context.put("loc", "https://w3id.org/dpv/loc#");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
        context.put("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
        context.put("xsd", "http://www.w3.org/2001/XMLSchema#");
        context.put("id", "@id");
        context.put("type", "@type");
        context.put("label", perLanguage("rdfs:label"));
        context.put("comment", perLanguage("rdfs:comment"));
        context.put("title", perLanguage("dct:title"));
        context.put("version", Map.of("@id", "dct:identifier"));
        context.put("inForce", typed("dct:valid", "xsd:date"));
        context.put("languages", Map.of("@id", "dct:language"));
        context.put("controller", link("dpv:hasDataController"));
        context.put("name", Map.of("@id", "dpv:hasName"));
        context.put("contact", Map.of("@id", "dpv:hasContact"));
        context.put("address", Map.of("@id", "dpv:hasAddress"));
        context.put("collects", link("dpv:hasPersonalData"));
        context.put("source", link("dpv:hasDataSource"));
        context.put("processes", link("dpv:hasProcess"));
        context.put("purposes", link("dpv:hasPurpose"));
        context.put("basis", link("dpv:hasLegalBasis"));
        context.put("law", link("dpv:hasApplicableLaw"));
        context.put("measure", link("dpv:hasTechnicalOrganisationalMeasure"));
        context.put("storage", link("dpv:hasStorageCondition"));
        context.put("duration", link("dpv:hasDuration"));
        context.put("value", typed("rdf:value", "xsd:duration"));
        context.put("recipients", link("dpv:hasRecipient"));
        context.put("thirdCountry", link("dpv:hasThirdCountry"));
        context.put("prohibitions", link("dpv:hasProhibition"));
        context.put("rights", link("dpv:hasRight"));
        context.put("exercisedAt", link("dpv:isExercisedAt"));
        return context;
    }

    private static Map<String, Object> perLanguage(String property) {
        return ordered("@id", property, "@container", "@language");
    }

    private static Map<String, Object> link(String property) {
        return ordered("@id", property, "@type", "@id");
    }

    private static Map<String, Object> typed(String property, String type) {
        return ordered("@id", property, "@type", type);
    }

    private static Map<String, Object> ordered(String first, String is, String second, String isToo) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, is);
        map.put(second, isToo);
        return map;
    }

    /** The article of GDPR Art. 6(1); a basis of the same name stands for what it means outside the Union. */
    static List<String> of(LegalBasis basis) {
        return switch (basis) {
            case CONSENT -> List.of("dpv:Consent", "gdpr:A6-1-a");
            case CONTRACT -> List.of("dpv:Contract", "gdpr:A6-1-b");
            case LEGAL_OBLIGATION -> List.of("dpv:LegalObligation", "gdpr:A6-1-c");
            case VITAL_INTERESTS -> List.of("dpv:VitalInterest", "gdpr:A6-1-d");
            case PUBLIC_TASK -> List.of("dpv:PublicInterest", "gdpr:A6-1-e");
            case LEGITIMATE_INTERESTS -> List.of("dpv:LegitimateInterest", "gdpr:A6-1-f");
        };
    }

    static String of(Share.Kind kind) {
        return switch (kind) {
            case PROCESSOR -> "dpv:DataProcessor";
            case CONTROLLER -> "dpv:DataController";
            case AFFILIATE, PARTNER -> "dpv:ThirdParty";
            case AUTHORITY -> "dpv:Authority";
            case TRANSFER -> "dpv:Recipient";
        };
    }

    /** What a category is, and whether persons give it or it is seen of them. */
    static List<String> typesOf(Category category) {
        List<String> types = new ArrayList<>(category.terms());
        if (types.isEmpty()) {
            types.add("dpv:PersonalData");
        }
        if (category.sources().contains("you")) {
            types.add("dpv:ProvidedPersonalData");
        }
        if (category.sources().stream().anyMatch(List.of("device", "use", "cookies")::contains)) {
            types.add("dpv:ObservedPersonalData");
        }
        return types;
    }

    static List<String> sourcesOf(Category category) {
        return category.sources().stream()
                .map(source -> source.equals("others") ? "dpv:ThirdPartyDataSource" : "dpv:DataSubjectDataSource")
                .distinct()
                .toList();
    }

    /** Empty for a right that the GDPR does not have. */
    static Optional<String> right(String right) {
        return Optional.ofNullable(RIGHTS.get(right));
    }

    /** ISO 8601: {@code P30D}. */
    static String duration(Span span) {
        return span.period().toString();
    }
}
