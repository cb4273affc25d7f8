package dev.kept.core.source;

import java.util.Map;
import java.util.Optional;

/** The entries of a mapping whose keys are known, see {@link Element#fields}. */
public final class Fields {

    private final Element mapping;
    private final Map<String, Element> entries;

    Fields(Element mapping, Map<String, Element> entries) {
        this.mapping = mapping;
        this.entries = Map.copyOf(entries);
    }

    public Optional<Element> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The entry, or a problem that it is missing. */
    public Optional<Element> required(String key, String attempt) {
        Optional<Element> entry = get(key);
        if (entry.isEmpty() && mapping.kind() == Element.Kind.MAPPING) {
            String where = mapping.path().isEmpty() ? "the file" : "`" + mapping.dotted() + "`";
            mapping.problemAtKey("missing-key", where + " says no `" + key + "`", attempt);
        }
        return entry;
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }
}
