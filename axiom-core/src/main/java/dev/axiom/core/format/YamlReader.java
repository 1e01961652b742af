package dev.axiom.core.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes a tree of one YAML document. It takes SnakeYAML's events and not its objects: so no text is taken for a number
 * or a date, nothing is constructed, every part knows its place, and half the classes stay unloaded.
 *
 * <p>What makes YAML dangerous or ambiguous is refused: tags, anchors, aliases, directives, a name that stands twice or
 * is no text, a second document, nesting deeper than {@value #MAX_DEPTH}, more than {@value #MAX_NODES} values.
 */
final class YamlReader {
    /** Axiom's own documents are four deep at most. */
    static final int MAX_DEPTH = 16;

    /** Bounds memory, which is about 200 bytes per value, whatever the bytes say. */
    static final int MAX_NODES = 400_000;

    private final Source source;
    private final ParserImpl events;
    private int nodes;
    private Place last = Place.START;

    private YamlReader(Source source, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.source = source;
        this.events = new ParserImpl(new StreamReader(text), options);
    }

    /** A document without any value is a plain empty text. Throws FormatException if it is no YAML or uses what is refused. */
    static Node read(Source source, String text) {
        return new YamlReader(source, text).document();
    }

    private Node document() {
        next();
        Event start = next();
        if (start.is(Event.ID.StreamEnd)) {
            return new Node.Text(Place.START, "", true);
        }
        DocumentStartEvent document = (DocumentStartEvent) start;
        if (document.getVersion() != null || hasTags(document)) {
            throw wrong(Place.of(document.getStartMark()), "directives such as %YAML are not allowed");
        }
        Node root = node(next(), 1);
        next();
        Event end = next();
        if (!end.is(Event.ID.StreamEnd)) {
            throw wrong(Place.of(end.getStartMark()), "a second document starts here; there may be only one");
        }
        return root;
    }

    private static boolean hasTags(DocumentStartEvent document) {
        return document.getTags() != null && !document.getTags().isEmpty();
    }

    private Node node(Event event, int depth) {
        Place place = Place.of(event.getStartMark());
        if (depth > MAX_DEPTH) {
            throw wrong(place, "values are nested deeper than " + MAX_DEPTH);
        }
        if (++nodes > MAX_NODES) {
            throw wrong(place, "there are more than " + MAX_NODES + " values");
        }
        refuseMagic(event, place);
        if (event instanceof ScalarEvent scalar) {
            return new Node.Text(place, scalar.getValue(), scalar.isPlain());
        }
        return event.is(Event.ID.SequenceStart) ? items(place, depth) : entries(place, depth);
    }

    private void refuseMagic(Event event, Place place) {
        if (event.is(Event.ID.Alias)) {
            throw wrong(place, "an alias (*) is not allowed; put a text that starts with '*' in quotes");
        }
        if (((NodeEvent) event).getAnchor() != null) {
            throw wrong(place, "an anchor (&) is not allowed; put a text that starts with '&' in quotes");
        }
        if (tag(event) != null) {
            throw wrong(place, "a tag (!) is not allowed; put a text that starts with '!' in quotes");
        }
    }

    private static @Nullable String tag(Event event) {
        return event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
    }

    private Node items(Place place, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Items(place, items);
    }

    private Node entries(Place place, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            if (!(node(event, depth + 1) instanceof Node.Text name) || name.isNothing()) {
                throw wrong(Place.of(event.getStartMark()), "a field's name must be a text");
            }
            Node.Entry entry = new Node.Entry(name.place(), node(next(), depth + 1));
            Node.Entry before = entries.putIfAbsent(name.value(), entry);
            if (before != null) {
                throw new FormatException(
                        source,
                        name.place(),
                        Words.shown(name.value()),
                        "it stands twice, first in line " + before.place().line(),
                        null);
            }
        }
        return new Node.Entries(place, entries);
    }

    /**
     * The next event. SnakeYAML promises its own exceptions only, but a document of the store must never end the program
     * with anything else, so that a defect there counts as one of the document.
     */
    private Event next() {
        try {
            Event event = events.getEvent();
            last = Place.of(event.getStartMark());
            return event;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
            throw wrong(mark == null ? last : Place.of(mark), "not valid YAML: " + problem);
        } catch (RuntimeException e) {
            throw wrong(last, "not valid YAML behind this place: " + e.getMessage());
        }
    }

    private FormatException wrong(Place place, String problem) {
        return new FormatException(source, place, null, problem, null);
    }
}
