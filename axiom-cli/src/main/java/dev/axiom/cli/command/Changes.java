package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.TextTable;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.profile.PackageChange;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two generations, as commands print them.
 *
 * @param from the number of the one; null if there is none, so that everything is new
 * @param to the number of the other
 */
public record Changes(@Nullable Integer from, int to, List<PackageChange> changes) {
    public Changes {
        changes = List.copyOf(changes);
    }

    /** The fields {@code from}, {@code to} and {@code changes}, inside an object. */
    public void json(JsonGenerator json) throws IOException {
        JsonFields.number(json, "from", from);
        json.writeNumberField("to", to);
        list(json, changes);
    }

    /** The field {@code changes}, inside an object. */
    public static void list(JsonGenerator json, List<PackageChange> changes) throws IOException {
        JsonFields.objects(json, "changes", changes, change -> {
            json.writeStringField("name", change.name().value());
            json.writeStringField(
                    "before", change.before().map(PackageId::toString).orElse(null));
            json.writeStringField(
                    "after", change.after().map(PackageId::toString).orElse(null));
        });
    }

    /** A row for each; nothing if there are none. */
    public void text(Writer text) throws IOException {
        TextTable table = new TextTable("PACKAGE", "BEFORE", "AFTER");
        for (PackageChange change : changes) {
            table.row(change.name(), side(change.before(), change.after()), side(change.after(), change.before()));
        }
        table.write(text);
    }

    /** A version with its revision, {@code 5.2.15_1}. */
    public static String version(PackageId id) {
        return id.version() + "_" + id.revision();
    }

    /** One side of a change: the version, with the build id where the other side has the same version. */
    static String side(Optional<PackageId> id, Optional<PackageId> other) {
        if (id.isEmpty()) {
            return "-";
        }
        String version = version(id.get());
        boolean alike = other.map(Changes::version).equals(Optional.of(version));
        return alike ? version + "+" + id.get().buildId() : version;
    }

    /** How a chosen package came about: {@code new}, {@code was 5.2.14_1}, or nothing if it was there before. */
    public static String origin(PackageChange change) {
        if (change.after().isEmpty()) {
            return "gone, was " + side(change.before(), change.after());
        }
        return change.before().isEmpty() ? "new" : "was " + side(change.before(), change.after());
    }
}
