package dev.axiom.core.profile;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.resolve.ResolvePolicy;
import dev.axiom.core.resolve.Resolver;
import dev.axiom.core.resolve.Unheeded;
import dev.axiom.core.resolve.UnsolvableException;
import dev.axiom.core.store.NewRecord;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns what a profile wants into an exact lock file: reads {@code profile.yaml}, solves over the store's packages,
 * protects the result with the caller's lease, makes it a root (the lock file is the record), switches the pointer. If
 * a package is collected between the listing and the lease, it starts over; the caller sees none of that.
 */
public final class ProfileResolver {
    /** A package that is listed and gone this often in a row is not collected, it is broken. */
    private static final int TRIES = 100;

    private final Profiles profiles;
    private final PackageStore store;
    private final Records records;

    public ProfileResolver(Profiles profiles, PackageStore store, Records records) {
        this.profiles = profiles;
        this.store = store;
        this.records = records;
    }

    /**
     * Resolves without writing or protecting anything.
     *
     * <p>As {@link #resolve}, it passes over packages that are damaged, and warns of them, as long as none of them is
     * locked and the others satisfy the profile.
     *
     * @throws dev.axiom.core.resolve.UnsolvableException if nothing satisfies the profile
     */
    public Resolved preview(ProfileName name, ResolveRequest request) {
        List<String> lost = new ArrayList<>();
        Optional<Locked> current = current(name, request, lost);
        Solved solved = solve(name, profiles.spec(name), request, current).warning(lost);
        LockFile lock = solved.lock;
        boolean changed = isNew(current, lock);
        int generation = changed
                ? profiles.folder(name).expectedNumber(highest(name))
                : current.orElseThrow().generation();
        return new Resolved(generation, changed, lock, current.map(Locked::lock), solved.warnings);
    }

    /**
     * Resolves and makes the result the profile's current generation; the same result makes no new one. Locking:
     * exclusive on the profile.
     *
     * @param lease protects the packages until they are held by the record
     * @throws dev.axiom.core.resolve.UnsolvableException if nothing satisfies the profile; nothing was changed
     * @throws AxiomException {@code CONFLICT} if the request is for what is locked, and that would change; {@code CORRUPT}
     *     if a package is damaged that is locked, or without which nothing satisfies the profile; nothing was changed
     */
    public Resolved resolve(Lease lease, ProfileName name, ResolveRequest request) {
        try (FileLock lock = profiles.lock(name)) {
            ProfileSpec spec = profiles.spec(name);
            List<String> lost = new ArrayList<>();
            Optional<Locked> current = current(name, request, lost);
            for (int i = 0; i < TRIES; i++) {
                Solved solution = solve(name, spec, request, current).warning(lost);
                try {
                    return record(lease, name, current, solution);
                } catch (DatasetMissingException collected) {
                    // the listing was older than a collection; the next one is not
                }
            }
            throw new AxiomException(
                    ErrorCode.CORRUPT,
                    "profile '" + name + "' resolves to packages that are listed but do not exist",
                    "axiom package verify --all",
                    null);
        }
    }

    /**
     * Where a generation does not answer what the profile asks for now, because that was edited since it was resolved. Empty
     * if it answers all, and of a generation that is not the newest, for who rolls back knows. Locking: none.
     *
     * @throws AxiomException if the profile cannot be read; {@code CORRUPT} if one of the packages cannot
     */
    public Optional<Drift> drift(Locked locked) {
        ProfileName name = locked.lock().profile();
        return locked.generation() < highest(name)
                ? Optional.empty()
                : Optional.of(Drift.between(profiles.spec(name), locked.lock(), store))
                        .filter(drift -> !drift.isEmpty());
    }

    /**
     * What is to be kept as far as can be. If it is missing, a resolve mends that by making another, unless it is to make
     * none.
     */
    private Optional<Locked> current(ProfileName name, ResolveRequest request, List<String> lost) {
        return request.locked()
                ? profiles.current(name)
                : profiles.current(name, damage -> lost.add(damage.getMessage() + ", so nothing of it could be kept"));
    }

    private record Solved(LockFile lock, List<String> warnings) {
        Solved warning(List<String> more) {
            return new Solved(
                    lock, Stream.concat(warnings.stream(), more.stream()).toList());
        }
    }

    private Solved solve(ProfileName name, ProfileSpec spec, ResolveRequest request, Optional<Locked> current) {
        Optional<LockFile> before = current.map(Locked::lock);
        ResolvePolicy policy = request.policy(spec, before);
        List<AxiomException> damaged = new ArrayList<>();
        StoreIndex index = StoreIndex.of(store, damaged::add);
        if (!damaged.isEmpty()) {
            before.ifPresent(this::requireWhole);
        }
        LockFile lock = new LockFile(name, solve(index, spec, policy, damaged));
        if (request.locked() && isNew(current, lock)) {
            throw changed(lock, before);
        }
        return new Solved(lock, Unheeded.of(index, spec.choices())).warning(passedOver(damaged));
    }

    /** @throws AxiomException {@code CORRUPT} if there is no solution, but what is damaged might be part of one */
    private static List<LockedPackage> solve(
            StoreIndex index, ProfileSpec spec, ResolvePolicy policy, List<AxiomException> damaged) {
        try {
            return Resolver.resolve(index, spec.packages(), policy).packages();
        } catch (UnsolvableException e) {
            if (damaged.isEmpty()) {
                throw e;
            }
            AxiomException first = damaged.get(0);
            String message = first.getMessage() + "; and without that package " + e.getMessage();
            throw new AxiomException(ErrorCode.CORRUPT, message, first.hint(), e);
        }
    }

    /** @throws AxiomException {@code CORRUPT} if a locked package is damaged: nobody asked to give that one up */
    private void requireWhole(LockFile lock) {
        lock.ids().forEach(store::find);
    }

    private static List<String> passedOver(List<AxiomException> damaged) {
        return damaged.stream()
                .map(damage -> damage.getMessage() + "; it was passed over")
                .toList();
    }

    private static AxiomException changed(LockFile lock, Optional<LockFile> before) {
        String why = before.isEmpty()
                ? "it has no lock file"
                : "its lock file would change: "
                        + Stream.concat(
                                        PackageChange.between(before.get().ids(), lock.ids()).stream(),
                                        WishChange.between(before, lock).stream())
                                .map(Object::toString)
                                .collect(Collectors.joining(", "));
        return new AxiomException(
                ErrorCode.CONFLICT,
                "profile '" + lock.profile() + "': " + why,
                "axiom profile resolve " + lock.profile(),
                null);
    }

    private Resolved record(Lease lease, ProfileName name, Optional<Locked> current, Solved solved) {
        LockFile lock = solved.lock;
        store.protect(lease, lock.ids());
        ProfileFolder folder = profiles.folder(name);
        if (!isNew(current, lock)) {
            folder.sync();
            return new Resolved(current.orElseThrow().generation(), false, lock, Optional.of(lock), solved.warnings);
        }
        int number = folder.nextNumber(lease, highest(name));
        records.create(lease, folder.key(number), NewRecord.of(lock));
        folder.point(lease, number);
        return new Resolved(number, true, lock, current.map(Locked::lock), solved.warnings);
    }

    private static boolean isNew(Optional<Locked> current, LockFile lock) {
        return current.isEmpty() || !current.get().lock().equals(lock);
    }

    private int highest(ProfileName name) {
        return records.list(RecordKind.PROFILE, name.value()).stream()
                .map(RecordFile::key)
                .mapToInt(key -> key.generation())
                .max()
                .orElse(0);
    }
}
