package dev.axiom.core.store;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import dev.axiom.core.pool.Lease;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pins: roots that people set by hand ({@code axiom root}). */
public final class Pins {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int LONGEST_NAME = 64;

    private final Records records;
    private final StoreLocks locks;

    public Pins(Records records, StoreLocks locks) {
        this.records = records;
        this.locks = locks;
    }

    /** The name of a pin for which nobody gave one: the package's, with its version. */
    public static String nameFor(PackageId id) {
        String name = UNSAFE.matcher(id.name() + "-" + id.version() + "_" + id.revision())
                .replaceAll("_");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /**
     * Sets a pin. When this returns, its packages are held, durably. Locking: exclusive on the pin's name.
     *
     * @throws AxiomException {@code CONFLICT} if there is a pin of this name
     * @throws dev.axiom.core.pool.DatasetMissingException if a package does not exist; no pin was set then
     */
    public void add(Lease lease, Pin pin) {
        RecordKey key = key(pin.name());
        try (FileLock lock = locks.exclusive(RecordKind.PIN, pin.name())) {
            records.create(lease, key, NewRecord.of(pin));
        }
    }

    /**
     * All pins, by name; those that are being removed too, and not what is only being made.
     *
     * @throws AxiomException {@code CORRUPT}, naming the file, if one is damaged
     */
    public List<Pin> list() {
        return names().stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /** The names of the pins that {@link #list} gives, sorted; of damaged ones too. */
    public List<String> names() {
        return records.list(RecordKind.PIN).stream()
                .filter(record -> record.state() != RecordFile.State.PREPARING)
                .map(record -> record.key().owner())
                .toList();
    }

    /** The pin of this name. @throws AxiomException {@code CORRUPT} if it is damaged */
    public Optional<Pin> find(String name) {
        return records.pin(key(name));
    }

    /** As the other, and refuses a damaged pin. */
    public void remove(Lease lease, String name) {
        remove(lease, name, Records.IfDamaged.REFUSE);
    }

    /**
     * Takes a pin away. Locking: exclusive on the pin's name.
     *
     * @throws AxiomException {@code NOT_FOUND} if there is none of this name; {@code CORRUPT} if it is damaged, and that is
     *     to be refused
     */
    public void remove(Lease lease, String name, Records.IfDamaged ifDamaged) {
        RecordKey key = key(Pin.requireName(name));
        try (FileLock lock = locks.exclusive(RecordKind.PIN, name)) {
            if (!records.remove(lease, key, Records.Between.NOTHING, ifDamaged)) {
                throw new AxiomException(
                        ErrorCode.NOT_FOUND, "there is no pin '" + name + "'", "axiom root list", null);
            }
        }
    }

    private static RecordKey key(String name) {
        return new RecordKey(RecordKind.PIN, name, 0);
    }
}
