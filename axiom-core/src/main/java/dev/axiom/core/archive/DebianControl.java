package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Manifest.About;
import dev.axiom.core.model.Manifest.Relations;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a Debian package says of itself: one paragraph of fields, as in the file {@code control} of a {@code .deb} (Debian's
 * policy manual, chapter 5). {@code Depends} and {@code Pre-Depends} are what it needs, {@code Recommends} is optional,
 * {@code Conflicts} and {@code Breaks} are what it conflicts with; {@code Suggests} and {@code Enhances} are left out.
 *
 * @param fields by name in lower case; the lines of a field with a newline between
 */
public record DebianControl(Map<String, String> fields) {
    private static final int MOST_PROSE = 60_000;

    /** What a line starts with that goes on with a field, and what may stand before the colon. */
    private static final String BLANKS = " \t";

    /** Visible ASCII, as deb822(5) has it. */
    private static final Pattern NAME = Pattern.compile("[!-~&&[^#:-]][!-~&&[^:]]*");

    /** Stands where a description has an empty line (policy manual, 5.6.13). */
    private static final Pattern DOT_ALONE = Pattern.compile("(?m)^\\.$");

    /** Every Debian package without a processor of its own runs on all. */
    private static final String ALL = "all";

    public DebianControl {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads the text of a control file. What dpkg would read otherwise is refused.
     *
     * @throws AxiomException {@code INVALID} if a line is neither a field nor goes on with one, if a field stands twice, or
     *     if there is a second paragraph
     */
    public static DebianControl parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        String last = "";
        boolean ended = false;
        for (String line : text.split("\n", -1)) {
            if (line.isBlank()) {
                ended = !fields.isEmpty();
            } else if (ended) {
                throw wrong("there is a second paragraph, from '" + Vis.readable(line) + "' on");
            } else if (BLANKS.indexOf(line.charAt(0)) >= 0 && !last.isEmpty()) {
                fields.merge(last, line.strip(), (had, more) -> had + "\n" + more);
            } else {
                int colon = line.indexOf(':');
                last = name(line, colon);
                if (fields.putIfAbsent(last, line.substring(colon + 1).strip()) != null) {
                    throw wrong("the field '" + last + "' stands twice");
                }
            }
        }
        return new DebianControl(fields);
    }

    private static String name(String line, int colon) {
        String name = colon < 0 ? "" : line.substring(0, colon);
        int end = name.length();
        while (end > 0 && BLANKS.indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        if (!NAME.matcher(name).region(0, end).matches()) {
            throw wrong("'" + Vis.readable(line) + "' is no field");
        }
        return name.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static AxiomException wrong(String reason) {
        return new AxiomException(ErrorCode.INVALID, "control: " + reason);
    }

    /**
     * What the package is.
     *
     * @throws AxiomException {@code INVALID} if a field is missing or cannot be understood
     */
    public Manifest manifest() {
        String arch = arch();
        return new Manifest(
                new PackageName(need("package")),
                Version.parse(need("version"), VersionScheme.DEBIAN),
                PackageId.DEFAULT_REVISION,
                about(),
                new Relations(
                        relations().provided(field("provides")),
                        relations().none(List.of(field("conflicts"), field("breaks"))),
                        relations().none(List.of(field("replaces")))),
                arch.isEmpty() ? Platform.ANY : new Platform("linux", arch));
    }

    private String arch() {
        String arch = field("architecture");
        return arch.equals(ALL) ? "" : arch;
    }

    private DebianRelations relations() {
        return new DebianRelations(arch());
    }

    private About about() {
        String text = DOT_ALONE.matcher(field("description")).replaceAll("");
        String section = field("section");
        return new About(
                text.substring(0, Math.min(text.length(), MOST_PROSE)),
                "",
                field("homepage"),
                field("maintainer"),
                section.isEmpty() ? List.of() : List.of(section));
    }

    /**
     * What the package needs.
     *
     * @throws AxiomException {@code INVALID} if a field cannot be understood
     */
    public Dependencies dependencies() {
        String depends = field("depends");
        String before = field("pre-depends");
        String both = depends.isEmpty() || before.isEmpty() ? depends + before : depends + ", " + before;
        return new Dependencies(relations().all(both), relations().all(field("recommends")));
    }

    /**
     * What a user should know of its needs.
     *
     * @throws AxiomException {@code INVALID} if a field cannot be understood
     */
    public List<String> remarks() {
        List<String> foreign = relations().foreign(field("pre-depends") + "," + field("depends"));
        return foreign.isEmpty()
                ? List.of()
                : List.of("it needs packages of another processor (" + DistributionPackage.some(foreign)
                        + "), which a profile cannot have beside those of its own; only a package that provides such a name"
                        + " meets that");
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private String need(String name) {
        String value = field(name);
        if (value.isEmpty()) {
            throw wrong("the field '" + name + "' is missing");
        }
        return value;
    }
}
