package io.tollgate.server.config.yaml;

import io.tollgate.core.provider.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the document, read key by key. Asking for a key makes it known; keys nobody asked for are reported at the
 * end. An absent object reads as an empty one, so defaults need no special case. Lists and maps come back unmodifiable
 * and in the order of the file.
 */
public final class YamlObject {
    private final Reading reading;
    private final String path;
    private final Optional<Mark> at;
    private final boolean present;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, YamlObject> children = new HashMap<>();
    private final SequencedSet<String> known = new LinkedHashSet<>();
    private boolean free;

    private record Entry(Node key, Node value) {}

    YamlObject(Reading reading, String path, @Nullable MappingNode node, Optional<Mark> at) {
        this.reading = reading;
        this.path = path;
        this.at = at;
        this.present = node != null;
        if (node != null) {
            node.getValue().forEach(this::add);
        }
        reading.opened(this);
    }

    private void add(NodeTuple tuple) {
        Node keyNode = tuple.getKeyNode();
        if (!(keyNode instanceof ScalarNode scalar)
                || scalar.getValue().isEmpty()
                || !ScalarTypes.isClean(scalar.getValue())) {
            reading.problem(keyNode.getStartMark(), path, "has a key that is no plain word");
            return;
        }
        String key = scalar.getValue();
        Entry first = entries.putIfAbsent(key, new Entry(keyNode, tuple.getValueNode()));
        if (first != null) {
            int line =
                    first.key().getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            reading.problem(
                    keyNode.getStartMark(),
                    pathOf(key),
                    "is given twice, first in line " + line + "; expected it once");
        }
    }

    /** Where in the document, e.g. {@code budgets[2].limit}; empty at the top. */
    public String path() {
        return path;
    }

    /** Whether the file has this object. */
    public boolean isPresent() {
        return present;
    }

    /** Whether this key has a value other than null. */
    public boolean has(String key) {
        known.add(key);
        return valueNode(key) != null;
    }

    /** All keys that are there; they count as known from now on. For maps whose keys the user chooses. */
    public Set<String> keys() {
        free = true;
        return new LinkedHashSet<>(entries.keySet());
    }

    /** A scalar of this type. */
    public <T> YamlValue<T> value(String key, ScalarType<T> type) {
        return read(key, type, false);
    }

    /** A scalar of this type whose text problems must not repeat, for it may hold a credential. */
    public <T> YamlValue<T> sensitive(String key, ScalarType<T> type) {
        return read(key, type, true);
    }

    /** Text. */
    public YamlValue<String> string(String key) {
        return value(key, ScalarTypes.STRING);
    }

    /** {@code true} or {@code false}. */
    public YamlValue<Boolean> bool(String key) {
        return value(key, ScalarTypes.BOOLEAN);
    }

    /** A credential: the text itself or {@code file:PATH}. */
    public YamlValue<Secret> secret(String key) {
        known.add(key);
        Node node = valueNode(key);
        ScalarType<Secret> type =
                new ScalarType<>("a secret or file:/path/to/it", new Secret(""), text -> secretOf(key, text, node));
        return read(key, type, true);
    }

    /** A nested object; an empty one when it is absent. Asked again, the same one. */
    public YamlObject object(String key) {
        known.add(key);
        YamlObject opened = children.get(key);
        if (opened == null) {
            opened = open(key);
            children.put(key, opened);
        }
        return opened;
    }

    private YamlObject open(String key) {
        Node node = valueNode(key);
        if (node != null && !(node instanceof MappingNode)) {
            reading.problem(
                    node.getStartMark(), pathOf(key), "is " + kind(node) + ", expected a mapping: {key: value}");
        }
        return new YamlObject(reading, pathOf(key), node instanceof MappingNode mapping ? mapping : null, place(key));
    }

    /** A list of objects; empty when absent. */
    public List<YamlObject> objects(String key) {
        List<YamlObject> objects = new ArrayList<>();
        List<Node> items = items(key, false);
        for (int i = 0; i < items.size(); i++) {
            String itemPath = pathOf(key) + "[" + i + "]";
            if (items.get(i) instanceof MappingNode mapping) {
                objects.add(new YamlObject(reading, itemPath, mapping, mapping.getStartMark()));
            } else {
                reading.problem(
                        items.get(i).getStartMark(),
                        itemPath,
                        "is " + kind(items.get(i)) + ", expected a mapping: {key: value}");
            }
        }
        return List.copyOf(objects);
    }

    /** A mapping from names of the user's choice to objects; empty when absent. */
    public SequencedMap<String, YamlObject> named(String key) {
        YamlObject map = object(key);
        SequencedMap<String, YamlObject> named = new LinkedHashMap<>();
        map.keys().forEach(name -> named.put(name, map.object(name)));
        return Collections.unmodifiableSequencedMap(named);
    }

    /** A list of scalars, or a single scalar as a list of one; empty when absent. */
    public <T> List<T> values(String key, ScalarType<T> type) {
        List<T> values = new ArrayList<>();
        List<Node> items = items(key, true);
        boolean listed = valueNode(key) instanceof SequenceNode;
        for (int i = 0; i < items.size(); i++) {
            String itemPath = listed ? pathOf(key) + "[" + i + "]" : pathOf(key);
            int before = reading.reports();
            T value = parse(items.get(i), itemPath, type, false);
            if (value != null) {
                values.add(value);
            } else if (listed && reading.reports() == before) {
                reading.problem(items.get(i).getStartMark(), itemPath, "is empty, expected " + type.expected());
            }
        }
        return List.copyOf(values);
    }

    /** Like {@link #values}, but reports when there is nothing in it. */
    public <T> List<T> atLeastOne(String key, ScalarType<T> type) {
        int before = reading.reports();
        List<T> values = values(key, type);
        if (values.isEmpty() && reading.reports() == before) {
            problem(key, (has(key) ? "is empty" : "is missing") + ", expected " + type.expected() + ", or a list");
        }
        return values;
    }

    /** Reports a problem at this key, or at this object when the key is absent. */
    public void problem(String key, String message) {
        reading.problem(place(key), pathOf(key), message);
    }

    /** Reports a problem with this object as a whole. */
    public void problem(String message) {
        reading.problem(at, path, message);
    }

    /** Reports something that is allowed but probably not meant. */
    public void warning(String key, String message) {
        reading.warning(place(key), pathOf(key), message);
    }

    /** The line (from 1) of this object, or 0. */
    public int line() {
        return at.map(mark -> mark.getLine() + 1).orElse(0);
    }

    void reportUnknownKeys() {
        if (free) {
            return;
        }
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                reading.problem(entry.key().getStartMark(), pathOf(key), "is not a known key" + hint(key, known));
            }
        });
    }

    /** What to say of a word that is not one of those known: the nearest of them, and all of them. */
    public static String hint(String typed, Collection<String> known) {
        String nearest = Nearest.to(typed, known);
        String expected = known.isEmpty() ? "no key here" : "one of " + String.join(", ", known);
        return nearest == null ? ", expected " + expected : ", did you mean \"" + nearest + "\"? Expected " + expected;
    }

    private <T> YamlValue<T> read(String key, ScalarType<T> type, boolean sensitive) {
        known.add(key);
        Node node = valueNode(key);
        if (node == null) {
            return new YamlValue<>(this, key, type, () -> "", null, false);
        }
        int before = reading.reports();
        T value = parse(node, pathOf(key), type, sensitive);
        return new YamlValue<>(this, key, type, () -> shown(node, sensitive), value, reading.reports() > before);
    }

    private <T> @Nullable T parse(Node node, String itemPath, ScalarType<T> type, boolean sensitive) {
        if (!(node instanceof ScalarNode scalar)) {
            reading.problem(node.getStartMark(), itemPath, "is " + kind(node) + ", expected " + type.expected());
            return null;
        }
        String text = reading.text(scalar, itemPath);
        if (text == null || text.isEmpty()) {
            return null;
        }
        int before = reading.reports();
        T value = type.parser().parse(text);
        if (value == null && reading.reports() == before) {
            reading.problem(node.getStartMark(), itemPath, shown(node, sensitive) + ", expected " + type.expected());
        }
        return value;
    }

    private @Nullable Secret secretOf(String key, String text, @Nullable Node node) {
        return node == null ? null : reading.secret(text, node, pathOf(key));
    }

    private List<Node> items(String key, boolean scalarToo) {
        known.add(key);
        Node node = valueNode(key);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node == null || (scalarToo && node instanceof ScalarNode)) {
            return node == null ? List.of() : List.of(node);
        }
        reading.problem(node.getStartMark(), pathOf(key), "is " + kind(node) + ", expected a list");
        return List.of();
    }

    private @Nullable Node valueNode(String key) {
        Entry entry = entries.get(key);
        return entry == null || entry.value().getTag().equals(Tag.NULL) ? null : entry.value();
    }

    private Optional<Mark> place(String key) {
        Entry entry = entries.get(key);
        return entry == null ? at : entry.value().getStartMark();
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** As written in the file: what a variable put in may be a credential. */
    private static String shown(Node node, boolean sensitive) {
        return sensitive || !(node instanceof ScalarNode scalar) || mayHoldCredentials(scalar.getValue())
                ? "has an unusable value (not shown)"
                : "is " + Reading.shown(scalar.getValue());
    }

    private static boolean mayHoldCredentials(String text) {
        return text.contains("://") && (text.contains("@") || text.contains("?"));
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar -> "a single value";
            default -> "something else";
        };
    }
}
