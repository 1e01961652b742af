package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The packages of a pool. */
public final class PackageStore {
    private final Pool pool;

    public PackageStore(Pool pool) {
        this.pool = pool;
    }

    /** All packages, sorted by id. @throws AxiomException {@code CORRUPT} if one cannot be understood */
    public List<StoredPackage> list() {
        return list(Damage.STOP);
    }

    /**
     * As {@link #list()}, for those who take nothing away from what they do not see: the list lacks what cannot be
     * understood.
     *
     * @param trouble told of each of these, {@code CORRUPT}, naming the place
     */
    public List<StoredPackage> list(Consumer<AxiomException> trouble) {
        return pool.list(StoreLayout.STORE, trouble).stream()
                .flatMap(dataset -> read(dataset, trouble).stream())
                .sorted(Comparator.comparing(StoredPackage::id))
                .toList();
    }

    /**
     * Looks whether each package's manifest is there and as Axiom wrote it, where that can be seen without opening the
     * package. One that went meanwhile is none that is damaged.
     *
     * @param trouble told of each that is not, {@code CORRUPT}, naming the file
     */
    public void checkManifests(Collection<StoredPackage> packages, Consumer<AxiomException> trouble) {
        new ManifestCheck(pool).run(packages, trouble);
    }

    private static Optional<StoredPackage> read(Dataset dataset, Consumer<AxiomException> trouble) {
        try {
            return Optional.of(PackageProperties.read(dataset));
        } catch (AxiomException damage) {
            trouble.accept(damage);
            return Optional.empty();
        }
    }

    /** One package by its exact id. A hint: without a lease it may be gone in the next moment. */
    public Optional<StoredPackage> find(PackageId id) {
        return pool.find(StoreLayout.packageDataset(id)).map(PackageProperties::read);
    }

    /**
     * Passes on what came of adding a package, if nothing damaged is in its place: that would keep a good one out, and no
     * other command would find it.
     *
     * @throws AxiomException {@code CORRUPT}, naming the place, if what was there cannot be understood
     */
    public Added requireReadable(Added added) {
        if (!added.isNew()) {
            find(added.id());
        }
        return added;
    }

    /**
     * The package that a user means, who only looks at it.
     *
     * @throws AxiomException {@code NOT_FOUND} or, if several could be meant, {@code CONFLICT}; see
     *     {@link PackageRef#select}. {@code CORRUPT}, naming the place, if what is meant may be one that is damaged
     */
    public StoredPackage find(PackageRef ref) {
        List<AxiomException> damaged = new ArrayList<>();
        List<StoredPackage> all = list(damaged::add);
        if (!damaged.isEmpty() && all.stream().noneMatch(stored -> ref.matches(stored.id()))) {
            throw damaged.get(0);
        }
        PackageId id = ref.select(all.stream().map(StoredPackage::id).toList());
        return all.stream().filter(stored -> stored.id().equals(id)).findFirst().orElseThrow();
    }

    /**
     * The packages that a user means who does something to them, each once. Where something is damaged, what is not named
     * by its whole id may be that, or be ambiguous with it.
     *
     * @param trouble told of what is damaged and not meant
     * @throws AxiomException as {@link PackageRef#select}; {@code CORRUPT}, naming the place, if what is meant may be
     *     damaged
     */
    public List<PackageId> choose(List<PackageRef> refs, Consumer<AxiomException> trouble) {
        List<AxiomException> damaged = new ArrayList<>();
        List<PackageId> known =
                list(damaged::add).stream().map(StoredPackage::id).toList();
        if (!damaged.isEmpty()) {
            Set<String> whole = known.stream().map(PackageId::toString).collect(Collectors.toSet());
            if (refs.stream().anyMatch(ref -> !whole.contains(ref.toString()))) {
                throw mayBeMeant(damaged.get(0));
            }
            damaged.forEach(trouble);
        }
        return refs.stream().map(ref -> ref.select(known)).distinct().toList();
    }

    private static AxiomException mayBeMeant(AxiomException damage) {
        String other = "if another package is meant, name it by its whole id, as axiom package show prints it";
        return damage.withHint(damage.hint() == null ? other : damage.hint() + "; " + other);
    }

    /**
     * A package's folder (with {@code root/}, {@code manifest.yaml} and the rest), protected by the lease as long as
     * that lives.
     *
     * @throws dev.axiom.core.pool.DatasetMissingException if it does not exist (any more)
     */
    public Path open(Lease lease, PackageId id) {
        return lease.open(StoreLayout.packageDataset(id));
    }

    /**
     * Reads a package for those who only look: it does not count as used. Whoever may not write to the pool gets no lease
     * and reads all the same; see {@link Pool#glance}.
     *
     * @param lease takes the lease that protects the package meanwhile, or gives one that was taken before
     * @param reading gets the package's folder, which is good as long as the lease, or until {@code reading} returns
     * @throws dev.axiom.core.pool.DatasetMissingException if it does not exist (any more)
     */
    public <T> T look(Supplier<Lease> lease, PackageId id, Function<PackageFolder, T> reading) {
        DatasetName name = StoreLayout.packageDataset(id);
        Lease taken;
        try {
            taken = lease.get();
        } catch (AxiomException e) {
            if (PosixException.meansForbidden(e)) {
                return pool.glance(name, path -> reading.apply(new PackageFolder(path)));
            }
            throw e;
        }
        return reading.apply(new PackageFolder(taken.look(name)));
    }

    /**
     * Protects packages until the lease ends, all or none.
     *
     * @throws dev.axiom.core.pool.DatasetMissingException if one does not exist (any more)
     */
    public void protect(Lease lease, Collection<PackageId> ids) {
        lease.protect(ids.stream().map(StoreLayout::packageDataset).toList());
    }

    /** Who holds a package now, in words: {@code profile dev generation 3}, {@code axiom env run dev (pid 4711, …)}. */
    public List<String> holders(PackageId id) {
        DatasetName name = StoreLayout.packageDataset(id);
        return Holders.now(pool).names(pool.holds(List.of(name)).getOrDefault(name, Set.of()));
    }
}
