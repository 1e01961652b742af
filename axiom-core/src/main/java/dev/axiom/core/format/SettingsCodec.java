package dev.axiom.core.format;

import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.Durations;
import dev.axiom.core.model.Settings;
import dev.axiom.core.model.Settings.Gc;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code config.yaml}, which people write. An empty file says nothing and is no error. */
public final class SettingsCodec {
    private static final List<String> KNOWN = List.of("pool", "jobs", "lock-timeout", "gc");
    private static final List<String> KNOWN_OF_GC =
            List.of("grace", "keep-generations", "keep-age", "max-freed", "lock-file", "every");

    private SettingsCodec() {}

    /**
     * Reads settings.
     *
     * @throws FormatException if the document breaks a rule
     */
    public static Settings read(Source source) {
        return Document.open(source, SettingsCodec::settings);
    }

    private static Settings settings(Field document) {
        if (document.isNothing()) {
            return Settings.NONE;
        }
        Fields fields = document.fields(KNOWN);
        String pool = fields.orNull("pool", field -> field.as(Settings::requireFixedPool));
        Integer jobs = fields.orNull("jobs", field -> field.integer(1, Settings.MAX_JOBS));
        Duration lockTimeout = fields.orNull("lock-timeout", field -> field.as(Durations::parse));
        Gc gc = fields.or("gc", SettingsCodec::gc, Gc.NONE);
        return document.built(() -> new Settings(pool, jobs, lockTimeout, gc));
    }

    private static Gc gc(Field group) {
        Fields fields = group.fields(KNOWN_OF_GC);
        Duration grace = fields.orNull("grace", field -> field.as(Durations::parse));
        Integer keepGenerations = fields.orNull("keep-generations", field -> field.integer(0, Integer.MAX_VALUE));
        Duration keepAge = fields.orNull("keep-age", field -> field.as(Durations::parse));
        ByteSize maxFreed = fields.orNull("max-freed", field -> field.as(ByteSize::parse));
        String lockFile = fields.orNull("lock-file", field -> field.as(Gc::requireLockFile));
        Duration every = fields.orNull("every", field -> field.as(text -> Gc.requireEvery(Durations.parse(text))));
        return group.built(() -> new Gc(grace, keepGenerations, keepAge, maxFreed, lockFile, every));
    }

    /** The canonical text; what is not said is left out. */
    public static String write(Settings settings) {
        YamlWriter yaml = new YamlWriter()
                .textIfAny("pool", settings.pool())
                .numberIfAny("jobs", settings.jobs())
                .textIfAny("lock-timeout", span(settings.lockTimeout()));
        Gc gc = settings.gc();
        if (!gc.equals(Gc.NONE)) {
            yaml.group("gc", group -> group.textIfAny("grace", span(gc.grace()))
                    .numberIfAny("keep-generations", gc.keepGenerations())
                    .textIfAny("keep-age", span(gc.keepAge()))
                    .textIfAny("max-freed", gc.maxFreed())
                    .textIfAny("lock-file", gc.lockFile())
                    .textIfAny("every", span(gc.every())));
        }
        return yaml.open();
    }

    private static @Nullable String span(@Nullable Duration span) {
        return span == null ? null : Durations.format(span);
    }
}
