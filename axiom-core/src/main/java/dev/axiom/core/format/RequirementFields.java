package dev.axiom.core.format;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import java.util.List;

/**
 * A requirement in a list: {@code {name: openssl, version: ^3.0}}, or {@code openssl@^3.0} in one word; what would do
 * instead stands in a list {@code or}, or behind bars in the one word. The word
 * {@code constraint} may say again of which kind the version is; a word that does not agree is an error, since one of
 * the two cannot be what was meant.
 */
final class RequirementFields {
    private static final List<String> KNOWN = List.of("name", "version", "constraint", "or");
    private static final String ANY = "*";

    private RequirementFields() {}

    /** A list of requirements in which a name stands once. */
    static List<Requirement> readList(Field list) {
        return list.distinct(RequirementFields::read, Requirement::key);
    }

    /** Alternatives may name one package several times, each with other versions; only the same words twice are an error. */
    private static List<Requirement> readOthers(Field list) {
        return list.distinct(RequirementFields::read, Requirement::toString);
    }

    private static Requirement read(Field field) {
        if (field.isText()) {
            return field.as(Requirement::parse);
        }
        Fields fields = field.fields(KNOWN);
        PackageName name = fields.required("name").as(PackageName::new);
        Constraint constraint = fields.or("version", version -> version.as(Constraint::parse), Constraint.any());
        Field word = fields.optional("constraint");
        if (word != null && !word.as(RequirementFields::kind).equals(kindOf(constraint))) {
            throw word.wrong("'" + word.line() + "' does not agree with the version '" + constraint + "', which is '"
                    + kindOf(constraint) + "'");
        }
        List<Requirement> others = fields.or("or", RequirementFields::readOthers, List.of());
        return new Requirement(name, constraint, others);
    }

    private static String kind(String word) {
        return switch (word) {
            case "exact", "tilde", "caret", "range", "any" -> word;
            default ->
                throw new AxiomException(
                        ErrorCode.INVALID, "'" + Words.shown(word) + "' must be exact, tilde, caret, range or any");
        };
    }

    private static String kindOf(Constraint constraint) {
        return switch (constraint.kind()) {
            case EXACT -> "exact";
            case TILDE -> "tilde";
            case CARET -> "caret";
            case RANGE, UNION -> "range";
            case ANY -> "any";
        };
    }

    /** As a group of fields; any version is left out. */
    static void write(YamlWriter yaml, Requirement requirement) {
        yaml.text("name", requirement.name().value());
        if (!isAny(requirement)) {
            yaml.text("version", requirement.constraint().toString());
        }
        yaml.textsIfAny("or", requirement.others());
    }

    private static boolean isAny(Requirement requirement) {
        return requirement.constraint().toString().equals(ANY);
    }
}
