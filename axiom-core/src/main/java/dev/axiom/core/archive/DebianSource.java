package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A Debian package, as deb(5) has it: an ar archive with a first tar that says what the package is, and a second that is
 * its content; see {@link DebianMembers}. Its maintainer scripts become files that nobody runs; see
 * {@link MaintainerScripts}.
 */
record DebianSource(Path path) implements TreeSource {

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        return StreamedArchive.unpack(path, target, options, (packed, writer) -> {
            try (ArArchiveInputStream archive = new ArArchiveInputStream(packed)) {
                return unpack(new DebianMembers(name(), archive, options), packed, writer);
            }
        });
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    private Unpacked unpack(DebianMembers members, MeteredStream packed, TreeWriter writer) throws IOException {
        members.readVersion();
        Map<String, byte[]> files = control(members);
        try (TarReader tar = members.data()) {
            TarArchiveEntry entry;
            while ((entry = tar.next()) != null) {
                TarSource.write(entry, tar, writer, TarSource.Names.FROM_THE_TOP);
            }
        }
        members.finish();
        byte[] control = files.remove(MaintainerScripts.CONTROL);
        if (control == null) {
            throw refuse("it is no Debian package: a part is missing");
        }
        try {
            DebianControl said = DebianControl.parse(new String(control, StandardCharsets.UTF_8));
            return DistributionPackage.finish(
                    new DistributionPackage.Said(said.manifest(), said.dependencies(), files, said.remarks()),
                    packed,
                    writer);
        } catch (AxiomException e) {
            throw new AxiomException(e.code(), name() + ": " + e.getMessage(), e.hint(), e);
        }
    }

    /** The files that are wanted. dpkg unpacks the part into a folder: what comes twice, or by a link, changes what was. */
    private Map<String, byte[]> control(DebianMembers members) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        EntryName names = new EntryName(name(), UnpackOptions.DEFAULT);
        try (TarReader tar = members.control()) {
            TarArchiveEntry entry;
            while ((entry = tar.next()) != null) {
                String file = names.path(tar.name());
                if (file == null && entry.isDirectory()) {
                    continue; // the part's own folder
                }
                if (file == null || file.contains("/") || !isPlain(entry)) {
                    throw refuse("'" + Vis.readable(tar.name()) + "' in its control part is no plain file");
                }
                byte[] content = MaintainerScripts.isWanted(file)
                        ? DistributionPackage.read(tar, () -> refuse("a file of its control part is too long"))
                        : new byte[0];
                if (all.putIfAbsent(file, content) != null) {
                    throw refuse("'" + Vis.readable(file) + "' stands in its control part twice");
                }
            }
        }
        all.keySet().removeIf(file -> !MaintainerScripts.isWanted(file));
        return all;
    }

    /** The type alone tells: for the library, all is a file that is no folder. */
    private static boolean isPlain(TarArchiveEntry entry) {
        return (entry.getLinkFlag() == 0 || entry.getLinkFlag() == '0') && !entry.isDirectory();
    }

    private AxiomException refuse(String reason) {
        return new AxiomException(ErrorCode.INVALID, name() + ": " + reason);
    }
}
