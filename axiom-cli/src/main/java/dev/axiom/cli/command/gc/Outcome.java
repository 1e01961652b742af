package dev.axiom.cli.command.gc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Times;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.Durations;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.Holders;
import dev.axiom.gc.CountedTime;
import dev.axiom.gc.DeadPackage;
import dev.axiom.gc.Generation;
import dev.axiom.gc.Plan;
import dev.axiom.gc.Report;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection as it is told, whether it happened or is foreseen.
 *
 * @param plan what was, or would be, to do
 * @param report what was done; empty for a dry run
 * @param limited whether generations were to go at all, so that it is worth telling why one stayed
 */
record Outcome(Plan plan, Optional<Report> report, boolean limited) {

    /** What a dry run found. */
    static Outcome foreseen(Plan plan, boolean limited) {
        return new Outcome(plan, Optional.empty(), limited);
    }

    /** What a collection did. */
    static Outcome of(Report report, boolean limited) {
        return new Outcome(report.plan(), Optional.of(report), limited);
    }

    private List<PackageId> collected() {
        return report.map(Report::collected).orElse(List.of());
    }

    private List<Report.Skipped> skipped() {
        Stream<Report.Skipped> foreseen = plan.packages().held().stream()
                .map(held -> new Report.Skipped(held.dead().id(), Holders.lost(held.tags())));
        return Stream.concat(foreseen, report.map(Report::skipped).stream().flatMap(List::stream))
                .toList();
    }

    private long bytes() {
        return report.map(Report::bytesFreed).orElse(plan.predictedBytes());
    }

    /** Dead, and not to go this time: within the grace period, or beyond the ceiling of this run. */
    private List<PackageId> waiting() {
        return Stream.concat(plan.packages().waiting().stream(), plan.packages().postponed().stream())
                .map(DeadPackage::id)
                .toList();
    }

    /** The document that scripts rely on. */
    void json(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("dryRun", report.isEmpty());
        JsonFields.texts(json, "collected", collected());
        JsonFields.texts(
                json,
                "condemned",
                plan.packages().condemned().stream().map(DeadPackage::id).toList());
        JsonFields.texts(json, "waiting", waiting());
        JsonFields.objects(json, "skipped", skipped(), one -> {
            json.writeStringField("id", one.id().toString());
            json.writeStringField("reason", one.reason());
        });
        json.writeArrayFieldStart("generations");
        for (Generation gone : goneGenerations()) {
            generation(json, gone, null);
        }
        for (Plan.Kept kept : report.map(done -> done.others().kept()).orElse(List.of())) {
            generation(json, kept.generation(), kept.reason());
        }
        json.writeEndArray();
        JsonFields.texts(json, "leftOver", goneOrphans());
        json.writeNumberField("live", plan.packages().live().size());
        json.writeNumberField("bytesFreed", bytes());
        json.writeEndObject();
    }

    private static void generation(JsonGenerator json, Generation generation, @Nullable String stays)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("root", generation.key().toString());
        json.writeStringField("stays", stays);
        json.writeEndObject();
    }

    /** A row for everything that is not simply in use. */
    void text(Writer text) throws IOException {
        TextTable table = new TextTable("WHAT", "BECAME OF IT");
        goneGenerations().forEach(one -> table.row(one.key(), report.isPresent() ? "removed" : "would be removed"));
        keptGenerations().forEach(kept -> table.row(kept.generation().key(), "stays: " + kept.reason()));
        goneOrphans().forEach(name -> table.row(name, report.isPresent() ? "removed, was left over" : "is left over"));
        if (report.isPresent()) {
            collected().forEach(id -> table.row(id, "collected"));
        } else {
            plan.packages().condemned().forEach(dead -> table.row(dead.id(), "would be collected"));
        }
        skipped().forEach(one -> table.row(one.id(), "stays: " + one.reason()));
        plan.packages().postponed().forEach(dead -> table.row(dead.id(), "stays: the limit of this run is reached"));
        plan.packages().waiting().forEach(dead -> table.row(dead.id(), waits(dead)));
        table.write(text);
    }

    private static String waits(DeadPackage dead) {
        return "waits " + Durations.human(dead.remaining()) + " more";
    }

    private List<Generation> goneGenerations() {
        return report.map(done -> done.others().pruned()).orElse(plan.pruning().pruned());
    }

    private List<Plan.Kept> keptGenerations() {
        return plan.pruning().kept().stream()
                .filter(kept -> limited && !kept.generation().current())
                .toList();
    }

    private List<String> goneOrphans() {
        return report.map(done -> done.others().orphans().stream().map(Object::toString))
                .orElse(plan.orphans().stream().map(dataset -> dataset.name().toString()))
                .toList();
    }

    /** What the document does not have: time that did not count, left-overs that stay, a collection cut short. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        clock().ifPresent(troubles::add);
        report.map(Report::others).ifPresent(others -> others.keptOrphans()
                .forEach(kept -> troubles.add(kept.name() + " stays: " + kept.reason())));
        if (report.map(Report::interrupted).orElse(false)) {
            troubles.add("the collection was asked to stop before its end");
        }
        return troubles;
    }

    /** Packages and generations that were to go and stayed, a sentence each. */
    List<String> stays() {
        List<String> stays = new ArrayList<>();
        skipped().forEach(one -> stays.add(one.id() + " stays: " + one.reason()));
        report.ifPresent(done ->
                done.others().kept().forEach(kept -> stays.add(kept.generation().key() + " stays: " + kept.reason())));
        return stays;
    }

    /** After a restart the computer may well have been off: then it is worth a word only if packages wait for it. */
    private Optional<String> clock() {
        CountedTime time = plan.time();
        int waiting = plan.packages().waiting().size();
        if (!time.isWorthTelling() || (time.isRestarted() && waiting == 0)) {
            return Optional.empty();
        }
        String before = time.last().map(last -> Times.exact(last.wall())).orElse("");
        return Optional.of("since the collection of " + before + " the clock went forward by "
                + Durations.human(time.uncounted()) + " in which the computer was not seen to run"
                + (time.isUptimeMissing() ? ", for the kernel did not always say how long it has been up; " : "; ")
                + packages(waiting) + (waiting == 1 ? " waits" : " wait")
                + " that much longer. A shorter --grace does not"
                + " wait; --trust-clock counts such time, from the first collection after it");
    }

    /** The sum. */
    String sentence() {
        String size = new ByteSize(Math.max(0, bytes())).human();
        String done = report.isPresent()
                ? "collected " + packages(collected().size()) + ", freed " + size
                : "would collect " + packages(plan.packages().condemned().size()) + " and free " + size;
        return done + "; " + plan.packages().live().size() + " in use, "
                + waiting().size() + " waiting";
    }

    private static String packages(int count) {
        return count == 1 ? "1 package" : count + " packages";
    }
}
