package dev.axiom.core.format;

import java.util.List;
import java.util.Map;

/** A part of a document as it was written: nothing is guessed about the type of a text. */
sealed interface Node {
    Place place();

    /** What to call it in an error. */
    String kind();

    /**
     * A single value.
     *
     * @param plain whether it stands there without quotes, so that it may be meant as a number or as true or false
     */
    record Text(Place place, String value, boolean plain) implements Node {
        boolean isNothing() {
            return plain && value.isEmpty();
        }

        @Override
        public String kind() {
            return isNothing() ? "nothing" : "text";
        }
    }

    /** Values in the order in which they stand. */
    record Items(Place place, List<Node> items) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Named values in the order in which they stand. */
    record Entries(Place place, Map<String, Entry> entries) implements Node {
        @Override
        public String kind() {
            return "a group of fields";
        }
    }

    /** One named value; {@code place} is that of its name. */
    record Entry(Place place, Node value) {}
}
