package dev.axiom.core.resolve;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names of which one candidate must be chosen and several still can: what to decide next. First what the profile
 * names, so that it gets the versions it prefers, then what has the fewest candidates left, because there a wrong way
 * shows soonest; among equals what was met first.
 */
final class Agenda {
    private final Set<Slot> requested;
    private final Map<Slot, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> order = new TreeSet<>(Comparator.comparing((Entry entry) -> !entry.requested)
            .thenComparingInt(Entry::choices)
            .thenComparingInt(entry -> entry.slot.number()));

    Agenda(Set<Slot> requested) {
        this.requested = requested;
    }

    /** To be called when the domain of a slot has changed. */
    void update(Slot slot) {
        Entry former = entries.remove(slot);
        if (former != null) {
            order.remove(former);
        }
        Domain domain = slot.domain();
        int choices = domain.hasAbsent() ? 0 : domain.size();
        if (choices > 1) {
            Entry entry = new Entry(slot, requested.contains(slot), choices);
            entries.put(slot, entry);
            order.add(entry);
        }
    }

    /** What to decide next, or null if all that is needed is decided. */
    @Nullable
    Slot first() {
        return order.isEmpty() ? null : order.first().slot;
    }

    private record Entry(Slot slot, boolean requested, int choices) {}
}
