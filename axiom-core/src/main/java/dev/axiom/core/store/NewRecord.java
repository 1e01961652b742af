package dev.axiom.core.store;

import dev.axiom.core.format.EnvRecordCodec;
import dev.axiom.core.format.LockFileCodec;
import dev.axiom.core.format.PinCodec;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import java.util.List;

/**
 * A record that is to be made: its document, and the packages that the document lists. Both come from one value, so that
 * what is held is what is written, and nobody has to read it back to know.
 */
public final class NewRecord {
    private final String document;
    private final List<PackageId> packages;

    private NewRecord(String document, List<PackageId> packages) {
        this.document = document;
        this.packages = List.copyOf(packages);
    }

    public static NewRecord of(LockFile lock) {
        return new NewRecord(LockFileCodec.write(lock), lock.ids());
    }

    public static NewRecord of(EnvRecord env) {
        return new NewRecord(EnvRecordCodec.write(env), env.packages());
    }

    public static NewRecord of(Pin pin) {
        return new NewRecord(PinCodec.write(pin), pin.packages());
    }

    String document() {
        return document;
    }

    List<PackageId> packages() {
        return packages;
    }
}
