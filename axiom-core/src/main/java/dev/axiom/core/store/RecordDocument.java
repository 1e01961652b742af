package dev.axiom.core.store;

import dev.axiom.core.format.EnvRecordCodec;
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

/** Reads which packages a record's document keeps alive, whatever its kind. */
final class RecordDocument {
    private RecordDocument() {}

    /** @throws AxiomException {@code CORRUPT} if the document is damaged or belongs to another record */
    static List<PackageId> packages(RecordKey key, Source source) {
        return switch (key.kind()) {
            case PROFILE -> {
                LockFile lock = LockFileCodec.read(source);
                check(lock.profile().value().equals(key.owner()), key, source);
                yield lock.ids();
            }
            case ENV -> {
                EnvRecord env = EnvRecordCodec.read(source);
                check(env.env().value().equals(key.owner()) && env.generation() == key.generation(), key, source);
                yield env.packages();
            }
            default -> {
                Pin pin = PinCodec.read(source);
                check(pin.name().equals(key.owner()), key, source);
                yield pin.packages();
            }
        };
    }

    private static void check(boolean right, RecordKey key, Source source) {
        if (!right) {
            throw new AxiomException(
                    ErrorCode.CORRUPT, source.name() + ": it is in the place of " + key + " but belongs to another");
        }
    }
}
