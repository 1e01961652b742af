package dev.axiom.core.store;

import dev.axiom.core.format.EnvRecordCodec;
import dev.axiom.core.format.FormatException;
import dev.axiom.core.format.LockFileCodec;
import dev.axiom.core.format.PinCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a record's document as that of the record in whose place it lies. Everybody reads records through here, so that
 * one that was copied or moved is never taken for another's.
 *
 * <p>Every method throws {@code CORRUPT} if the document is damaged or belongs to another record.
 */
final class RecordDocument {
    private RecordDocument() {}

    static LockFile lock(RecordKey key, Source source) {
        LockFile lock = whole(key, source, LockFileCodec::read);
        check(lock.profile().value().equals(key.owner()), key, source, "profile " + lock.profile());
        return lock;
    }

    static EnvRecord env(RecordKey key, Source source) {
        EnvRecord env = whole(key, source, EnvRecordCodec::read);
        check(
                env.env().value().equals(key.owner()) && env.generation() == key.generation(),
                key,
                source,
                "env " + env.env() + " generation " + env.generation());
        return env;
    }

    static Pin pin(RecordKey key, Source source) {
        Pin pin = whole(key, source, PinCodec::read);
        check(pin.name().equals(key.owner()), key, source, "pin " + pin.name());
        return pin;
    }

    /** Which packages it keeps alive, whatever its kind. */
    static List<PackageId> packages(RecordKey key, Source source) {
        return switch (key.kind()) {
            case PROFILE -> lock(key, source).ids();
            case ENV -> env(key, source).packages();
            default -> pin(key, source).packages();
        };
    }

    private static String cure(RecordKey key) {
        return "what it holds stays held; put the file back from a backup, or give it up: " + key.removal()
                + " --damaged";
    }

    private static <T> T whole(RecordKey key, Source source, Function<Source, T> read) {
        try {
            return read.apply(source);
        } catch (FormatException e) {
            throw e.withHint(cure(key));
        }
    }

    private static void check(boolean right, RecordKey key, Source source, String belongs) {
        if (!right) {
            throw new AxiomException(
                    ErrorCode.CORRUPT,
                    source.name() + ": it is in the place of " + key + " but belongs to " + belongs,
                    cure(key),
                    null);
        }
    }
}
