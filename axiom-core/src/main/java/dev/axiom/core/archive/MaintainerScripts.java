package dev.axiom.core.archive;

import dev.axiom.core.model.PackageName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a distribution would run when it installs or removes a package. Axiom runs nothing: a sealed package cannot change
 * the machine. The scripts are kept with the content, not executable, for those who want to read what would have been done.
 */
final class MaintainerScripts {
    /** Not a script, but stands beside them in Debian's packages. */
    static final String CONTROL = "control";

    private static final String FOLDER = "usr/share/axiom/maintainer-scripts/";
    private static final Set<String> SCRIPTS = Set.of("preinst", "postinst", "prerm", "postrm", "config");
    private static final int MODE = 0644;

    private MaintainerScripts() {}

    static boolean isWanted(String file) {
        return file.equals(CONTROL) || SCRIPTS.contains(file);
    }

    /** Writes all but the control file; returns the scripts' names. */
    static List<String> write(TreeWriter writer, PackageName name, Map<String, byte[]> files) throws IOException {
        List<String> written = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals(CONTROL)) {
                byte[] bytes = file.getValue();
                ByteArrayInputStream content = new ByteArrayInputStream(bytes);
                writer.file(
                        FOLDER + name + "/" + file.getKey(),
                        MODE,
                        Instant.EPOCH,
                        bytes.length,
                        workspace -> workspace.fill(content));
                written.add(file.getKey());
            }
        }
        return List.copyOf(written);
    }
}
