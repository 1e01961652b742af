package dev.axiom.cli.command.profile;

import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Changes;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.store.Offers;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a profile wants beside what was chosen for it: a row for each chosen package, and for each wish that has none. */
final class ProfileTable {
    private final List<PackageId> chosen;
    private final Map<PackageId, List<Requirement>> wishes = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(PackageName name, String wanted, Optional<PackageId> id) {}

    private ProfileTable(Optional<LockFile> lock) {
        this.chosen = lock.map(LockFile::ids).orElse(List.of());
    }

    /** @param offers of the chosen packages; asked only for a wish that none of them meets under its own name */
    static void write(Writer text, List<Requirement> wanted, Optional<LockFile> lock, Supplier<Offers> offers)
            throws IOException {
        ProfileTable table = new ProfileTable(lock);
        for (Requirement wish : wanted) {
            table.place(wish, table.meeting(wish, offers));
        }
        for (PackageId id : table.chosen) {
            table.rows.add(new Row(id.name(), table.wanted(id), Optional.of(id)));
        }
        table.rows.sort(Comparator.comparing(Row::name));
        table.write(text);
    }

    /** Since the profile may have been edited after it was resolved, a package of the name is better than none. */
    private Collection<PackageId> meeting(Requirement wish, Supplier<Offers> offers) {
        List<PackageId> own = chosen.stream().filter(wish::allows).toList();
        if (!own.isEmpty() || chosen.isEmpty()) {
            return own;
        }
        Collection<PackageId> providing = offers.get().meeting(wish);
        return providing.isEmpty()
                ? chosen.stream().filter(id -> id.name().equals(wish.name())).toList()
                : providing;
    }

    private void place(Requirement wish, Collection<PackageId> meeting) {
        if (meeting.isEmpty()) {
            rows.add(new Row(wish.name(), words(wish, wish.name()), Optional.empty()));
        }
        meeting.forEach(
                id -> wishes.computeIfAbsent(id, any -> new ArrayList<>()).add(wish));
    }

    private String wanted(PackageId id) {
        List<String> words = wishes.getOrDefault(id, List.of()).stream()
                .map(wish -> words(wish, id.name()))
                .toList();
        return words.isEmpty() ? "-" : String.join("; ", words);
    }

    /** The constraint is enough where the row says the name. */
    private static String words(Requirement wish, PackageName name) {
        return wish.others().isEmpty() && wish.name().equals(name)
                ? wish.constraint().toString()
                : wish.toString();
    }

    private void write(Writer text) throws IOException {
        TextTable table = new TextTable("PACKAGE", "WANTED", "CHOSEN", "BUILD ID");
        for (Row row : rows) {
            table.row(
                    row.name(),
                    row.wanted(),
                    row.id().map(Changes::version).orElse("-"),
                    row.id().map(id -> id.buildId().value()).orElse("-"));
        }
        table.write(text);
    }
}
