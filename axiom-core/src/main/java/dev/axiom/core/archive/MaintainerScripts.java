package dev.axiom.core.archive;

import dev.axiom.core.model.PackageName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
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

    /** Writes the scripts as files; returns their names. */
    static List<String> write(TreeWriter writer, PackageName name, Map<String, byte[]> scripts) throws IOException {
        for (Map.Entry<String, byte[]> script : scripts.entrySet()) {
            byte[] bytes = script.getValue();
            ByteArrayInputStream content = new ByteArrayInputStream(bytes);
            writer.file(
                    FOLDER + name + "/" + script.getKey(),
                    MODE,
                    Instant.EPOCH,
                    bytes.length,
                    workspace -> workspace.fill(content));
        }
        return List.copyOf(scripts.keySet());
    }
}
