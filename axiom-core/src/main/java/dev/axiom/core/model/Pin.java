package dev.axiom.core.model;

import java.util.List;
import java.util.function.Function;

/**
 * Packages that somebody wants kept whatever else uses them: a root for the collector.
 *
 * @param reason why, for whoever asks; empty if not stated
 * @param packages sorted, each once, at least one
 */
public record Pin(String name, String reason, List<PackageId> packages) {
    private static final int LONGEST = 64;
    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with("._-");

    /**
     * Checks and sorts.
     *
     * @throws AxiomException {@code INVALID} if the name breaks its grammar, the reason is too long or holds control
     *     characters, or there is no package or one twice
     */
    public Pin {
        requireName(name);
        Texts.requireLine("the reason", reason);
        if (packages.isEmpty()) {
            throw Texts.invalid("pin '" + name + "' names no package");
        }
        packages = Texts.sorted("the packages", packages, Function.identity());
    }

    /**
     * Gives back a pin's name.
     *
     * @throws AxiomException {@code INVALID} if it breaks the grammar
     */
    public static String requireName(String name) {
        if (!REST.names(name, LONGEST)) {
            throw Texts.invalid(
                    "pin name '" + name + "' is not valid: it must start with a letter or digit and hold only "
                            + "letters, digits, '.', '_', '-' (64 at most)");
        }
        return name;
    }
}
