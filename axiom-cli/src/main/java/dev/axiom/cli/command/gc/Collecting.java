package dev.axiom.cli.command.gc;

import dev.axiom.cli.OpenStore;
import dev.axiom.core.model.Settings;
import dev.axiom.gc.CollectOptions;
import dev.axiom.gc.EnvGenerations;
import dev.axiom.gc.ProfileGenerations;
import dev.axiom.gc.RetentionPolicy;
import dev.axiom.gc.Target;
import java.util.List;
import java.util.Optional;

/** Puts together what the collector works on and by which rules. */
final class Collecting {
    private Collecting() {}

    /** The store, with the generations of its profiles and environments. */
    static Target target(OpenStore store) {
        return new Target(
                store.pool(),
                store.layout(),
                List.of(new ProfileGenerations(store.profiles()), new EnvGenerations(store.environments())));
    }

    /** The rules that the settings give; the built-in ones where they say nothing. */
    static CollectOptions options(Settings.Gc settings) {
        return new CollectOptions(
                Optional.ofNullable(settings.grace()).orElse(CollectOptions.DEFAULT_GRACE),
                RetentionPolicy.of(
                        Optional.ofNullable(settings.keepGenerations()), Optional.ofNullable(settings.keepAge())),
                Optional.ofNullable(settings.maxFreed()));
    }
}
