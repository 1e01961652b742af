package dev.axiom.core.store;

import dev.axiom.core.model.Alphabet;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import java.nio.file.Path;
import java.util.UUID;

/** The only class that builds names: of datasets in a pool, and of files in its state folder. */
public final class StoreLayout {
    /** The parent of all packages. */
    public static final DatasetName STORE = new DatasetName("store");

    /** The parent of the parents of all environment generations. */
    public static final DatasetName ENV = new DatasetName("env");

    /** What a profile wants, in its folder. */
    public static final String PROFILE_SPEC = "profile.yaml";

    /** What {@link #PROFILE_SPEC} is called once the profile's deletion is decided. */
    public static final String PROFILE_TOMBSTONE = "deleted-profile.yaml";

    /** The folder of an owner's records, in the owner's folder. */
    public static final String GENERATIONS = "generations";

    /** How the names of drafts begin; see {@link #draft}. */
    static final String DRAFT = ".draft-";

    private static final Alphabet SAFE = Alphabet.ALPHANUMERIC.with("._-");
    private static final int READABLE_LENGTH = 150;

    private final Path state;

    /** @param state the pool's state folder */
    public StoreLayout(Path state) {
        this.state = state;
    }

    /**
     * A package's dataset: {@code store/<name>-<version>_<revision>-<build id>}, with what ZFS does not allow in a name
     * replaced. The build id makes it unique; the truth about the rest is in the properties.
     */
    public static DatasetName packageDataset(PackageId id) {
        String readable = id.name() + "-" + id.version() + "_" + id.revision();
        StringBuilder safe = new StringBuilder(readable);
        safe.setLength(Math.min(safe.length(), READABLE_LENGTH));
        for (int i = 0; i < safe.length(); i++) {
            if (!SAFE.has(safe.charAt(i))) {
                safe.setCharAt(i, '_');
            }
        }
        return STORE.child(safe.append('-').append(id.buildId()).toString());
    }

    /** The build id at the end of a package's dataset name; throws {@code INVALID} if there is none. */
    public static BuildId buildId(DatasetName dataset) {
        String leaf = dataset.leaf();
        return new BuildId(leaf.substring(leaf.lastIndexOf('-') + 1));
    }

    /** The parent of an environment's generations. */
    public static DatasetName envParent(EnvName env) {
        return ENV.child(env.value());
    }

    /** One generation of an environment. */
    public static DatasetName envDataset(EnvName env, int generation) {
        return envParent(env).child(Integer.toString(generation));
    }

    /** The folder of a profile: its {@code profile.yaml}, pointer and generations. */
    public Path profileFolder(ProfileName profile) {
        return owner(RecordKind.PROFILE, profile.value());
    }

    public Path profilesFolder() {
        return state.resolve(RecordKind.PROFILE.folder());
    }

    public Path profileSpec(ProfileName profile) {
        return profileFolder(profile).resolve(PROFILE_SPEC);
    }

    public Path profileTombstone(ProfileName profile) {
        return profileFolder(profile).resolve(PROFILE_TOMBSTONE);
    }

    /** The pointer to a profile's current generation: a symbolic link into {@code generations/}. */
    public Path profilePointer(ProfileName profile) {
        return profileFolder(profile).resolve("profile.lock.yaml");
    }

    /** The folder of an environment's records and pointer. */
    public Path envFolder(EnvName env) {
        return owner(RecordKind.ENV, env.value());
    }

    public Path envsFolder() {
        return state.resolve(RecordKind.ENV.folder());
    }

    /** The pointer to an environment's current generation: a symbolic link to its content. */
    public Path envPointer(EnvName env) {
        return envFolder(env).resolve("current");
    }

    /** A lock file: {@code locks/<kind>-<name>.lock}. Beside the things they guard, they would go with them. */
    public Path lockFile(RecordKind kind, String name) {
        return state.resolve("locks").resolve(kind.word() + "-" + name + ".lock");
    }

    /** The pool's own lock of collections. */
    public Path gcLock() {
        return locksFolder().resolve("gc.lock");
    }

    /** Where a collection notes what it did. */
    public Path lastCollection() {
        return state.resolve("last-collection");
    }

    /** Where collections note how much time has passed. */
    public Path collectionTime() {
        return state.resolve("collection-time.yaml");
    }

    /** The pool's state folder. */
    Path state() {
        return state;
    }

    Path locksFolder() {
        return state.resolve("locks");
    }

    Path kindFolder(RecordKind kind) {
        return state.resolve(kind.folder());
    }

    Path owner(RecordKind kind, String owner) {
        return state.resolve(kind.folder()).resolve(owner);
    }

    /** Where the records of one owner lie; all pins share one folder. */
    Path recordFolder(RecordKind kind, String owner) {
        return kind.hasGenerations() ? owner(kind, owner).resolve(GENERATIONS) : kindFolder(kind);
    }

    /** A name beside {@code file} for a draft; says whose it is, so that recovery can tell whether it is left over. */
    public static Path draft(Path file, Lease lease) {
        return draft(file, lease.id(), UUID.randomUUID().toString());
    }

    static Path draft(Path file, String leaseId, String unique) {
        return file.resolveSibling(DRAFT + leaseId + "-" + unique);
    }
}
