package dev.axiom.cli;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageRef;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was typed on the command line. A value there that breaks a rule is a command line that was not understood, whatever
 * the rule; the same value in a file is an input that is not valid.
 */
public final class Typed {
    private Typed() {}

    /**
     * Reads what the parser does not convert. Call it before anything is opened, so that nothing is done.
     *
     * @param reading throws {@code INVALID} if the value breaks a rule
     * @throws AxiomException {@code USAGE} instead of {@code INVALID}, with the same message
     */
    public static <T> T value(Supplier<T> reading) {
        return value("", reading);
    }

    /**
     * As {@link #value(Supplier)}.
     *
     * @param prefix what the message begins with
     */
    static <T> T value(String prefix, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (AxiomException refused) {
            throw refused(refused, prefix);
        }
    }

    /** What is to be said of a value that was refused. */
    static AxiomException refused(AxiomException refused, String prefix) {
        ErrorCode code = refused.code() == ErrorCode.INVALID ? ErrorCode.USAGE : refused.code();
        return new AxiomException(code, prefix + refused.getMessage(), refused.hint(), refused);
    }

    /** A package as a person names it. @throws AxiomException {@code USAGE} if the word can name none */
    public static PackageRef packageRef(String word) {
        return value(() -> PackageRef.parse(word));
    }

    /** The same for several; all are read before the first is looked for. */
    public static List<PackageRef> packageRefs(List<String> words) {
        return words.stream().map(Typed::packageRef).toList();
    }
}
