package dev.axiom.cli.command.profile;

import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Changes;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.profile.PackageChange;
import dev.axiom.core.profile.Resolved;
import dev.axiom.core.profile.WishChange;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a resolve came to, for people: a row for each package that changed, or that is asked for or no longer. */
final class ResolvedTable {
    private final Map<PackageId, PackageChange> changes = new TreeMap<>();
    private final Map<PackageName, WishChange> wishes;

    private ResolvedTable(Resolved resolved) {
        resolved.changes()
                .forEach(change -> changes.put(change.after().or(change::before).orElseThrow(), change));
        this.wishes = resolved.wishChanges().stream().collect(Collectors.toMap(WishChange::name, Function.identity()));
    }

    /** @param all whether what stayed gets a row, too */
    static void write(Writer text, Resolved resolved, boolean all) throws IOException {
        ResolvedTable rows = new ResolvedTable(resolved);
        TextTable table = new TextTable("PACKAGE", "VERSION", "BUILD ID", "CHANGE");
        Stream.concat(rows.changes.keySet().stream(), resolved.lock().ids().stream())
                .distinct()
                .sorted()
                .filter(id -> all || rows.changes.containsKey(id) || rows.wishes.containsKey(id.name()))
                .forEach(id -> rows.row(table, id));
        table.write(text);
    }

    private void row(TextTable table, PackageId id) {
        Optional<PackageChange> change = Optional.ofNullable(changes.get(id));
        boolean went = change.isPresent() && change.get().after().isEmpty();
        Optional<String> wish = Optional.ofNullable(wishes.get(id.name())).map(WishChange::words);
        table.row(
                id.name(),
                went ? "-" : Changes.version(id),
                went ? "-" : id.buildId().value(),
                Stream.concat(change.map(Changes::origin).stream(), wish.stream())
                        .collect(Collectors.joining(", ")));
    }
}
