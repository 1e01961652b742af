package dev.axiom.core.store;

import dev.axiom.core.archive.Difference;
import dev.axiom.core.archive.SpecialModes;
import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.format.StreamLabel;
import dev.axiom.core.format.StreamLabelCodec;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.PartlyReceivedException;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.pool.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends packages from pool to pool, as a label and the pool's own stream. What is received is looked at like what is added:
 * nothing of the stream is believed but its files, and these are compared to the build id.
 */
public final class PackageTransfer {
    private final Transfer transfer;

    private PackageTransfer(Transfer transfer) {
        this.transfer = transfer;
    }

    /** Between this pool and others. @throws AxiomException {@code UNAVAILABLE} if the pool cannot do that */
    public static PackageTransfer of(Pool pool) {
        return new PackageTransfer(pool.transfer()
                .orElseThrow(() -> new AxiomException(
                        ErrorCode.UNAVAILABLE,
                        pool.location() + " can neither send nor receive packages: only zfs: pools can",
                        "copy the archive that the package was made of, and: axiom package add",
                        null)));
    }

    /**
     * Writes a package as a stream. It is protected by the lease from here on.
     *
     * @param rest what a receiver asks for, that has a part already; empty for all of it
     * @throws IOException if {@code out} does not take it
     * @throws dev.axiom.core.pool.DatasetMissingException if there is no such package (any more)
     * @throws AxiomException {@code INVALID} if the rest is none of this package's; {@code UNAVAILABLE} if the pool fails
     */
    public void send(Lease lease, PackageId id, Optional<String> rest, OutputStream out) throws IOException {
        DatasetName name = StoreLayout.packageDataset(id);
        lease.protect(List.of(name));
        String label = StreamLabelCodec.write(new StreamLabel(id, rest.isPresent()));
        out.write(label.getBytes(StandardCharsets.UTF_8));
        transfer.send(lease, name, rest, out);
    }

    /**
     * Adds a package from a stream, whole or not at all; it is durable when this returns, and protected by the lease.
     *
     * @param specialModes whether set-user-id, set-group-id and sticky bits are accepted
     * @throws PartlyReceivedException if the stream breaks off; what came is kept for a day
     * @throws AxiomException {@code INVALID} if it is no stream, or not of the package that it says, and nothing is left;
     *     {@code UNAVAILABLE} if the pool fails
     */
    public Added receive(Lease lease, InputStream in, boolean specialModes) {
        StreamLabel label = label(in);
        PackageId id = label.id();
        try (Staging staging = receive(lease, label, in)) {
            PackageFolder folder = new PackageFolder(staging.path());
            TreeListing listing;
            try {
                listing = checked(folder, id, specialModes, staging);
            } catch (AxiomException e) {
                throw e.code() == ErrorCode.CORRUPT ? not(id, String.valueOf(e.getMessage()), e) : e;
            }
            DatasetName name = StoreLayout.packageDataset(id);
            boolean isNew = PackageAdder.publish(lease, staging, name);
            return new Added(
                    id,
                    isNew,
                    lease.open(name),
                    false,
                    listing.bytes(),
                    listing.entries().size(),
                    List.of(),
                    List.of());
        }
    }

    private static StreamLabel label(InputStream in) {
        try {
            return StreamLabelCodec.read(in);
        } catch (IOException e) {
            throw AxiomException.io("read the stream", e);
        }
    }

    private Staging receive(Lease lease, StreamLabel label, InputStream in) {
        try {
            return transfer.receive(lease, label.id().buildId().value(), label.isRest(), in);
        } catch (PartlyReceivedException e) {
            throw e.saying(
                    "of " + label.id() + " only a part was received, and is kept for a day",
                    "axiom package send --rest " + e.rest() + " " + label.id() + " | axiom package receive");
        }
    }

    /** Seals the folder if it is the package's, by properties that are made anew from its documents. */
    private static TreeListing checked(PackageFolder folder, PackageId id, boolean specialModes, Staging staging) {
        TreeListing listing = folder.listing();
        Map<String, String> properties = PackageProperties.of(
                folder.manifest(), folder.dependencies(), new PackageProperties.Sealed(id.buildId(), listing.digest()));
        Dataset dataset = new Dataset(StoreLayout.packageDataset(id), properties, Optional.empty(), listing.bytes());
        List<Difference> differences = PackageVerifier.verify(folder, PackageProperties.read(dataset));
        if (!differences.isEmpty()) {
            Difference first = differences.get(0);
            throw not(id, first.path() + ": " + first.detail(), null);
        }
        if (!specialModes) {
            requirePlainModes(listing);
        }
        staging.seal(properties, listing.bytes());
        return listing;
    }

    private static void requirePlainModes(TreeListing listing) {
        for (TreeEntry entry : listing.entries()) {
            if (SpecialModes.areIn(entry.mode())) {
                throw new AxiomException(
                        ErrorCode.INVALID,
                        entry.path() + ": " + SpecialModes.refusal(entry.mode()),
                        "--allow-set-id",
                        null);
            }
        }
    }

    private static AxiomException not(PackageId id, String reason, @Nullable Throwable cause) {
        return new AxiomException(
                ErrorCode.INVALID,
                "what was received is not " + id + ": " + reason,
                "where it was sent from: axiom package verify " + id,
                cause);
    }
}
