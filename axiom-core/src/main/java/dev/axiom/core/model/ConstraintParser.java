package dev.axiom.core.model;

import dev.axiom.core.model.VersionKey.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of one {@link Constraint} by the rules of one scheme. */
final class ConstraintParser {
    /** Longer texts are mistakes or attacks; the longest real ones have some hundred characters. */
    private static final int MAX_LENGTH = 4096;

    private static final Pattern COMPARATOR = comparator("[A-Za-z0-9.+~:_-]*");
    private static final Pattern RPM_COMPARATOR = comparator("(?:[A-Za-z0-9][A-Za-z0-9.+~^:_-]*)?");
    private static final Pattern FREEBSD_COMPARATOR = comparator("[A-Za-z0-9.+_]*(?:,[0-9]+)?");
    private static final Pattern AND = Pattern.compile(",", Pattern.LITERAL);
    private static final Pattern FREEBSD_AND = Pattern.compile(",(?![0-9])");
    private static final Pattern OR = Pattern.compile("||", Pattern.LITERAL);

    private final String text;
    private final VersionScheme scheme;

    ConstraintParser(String text, VersionScheme scheme) {
        this.text = text.strip();
        this.scheme = scheme;
    }

    private static Pattern comparator(String version) {
        return Pattern.compile("\\s*(\\^|~|>=|<=|!=|=|>|<)?\\s*(" + version + "\\*?)\\s*");
    }

    /**
     * What a text means in one scheme.
     *
     * @param kind what it looks like
     */
    record Parsed(Constraint.Kind kind, VersionSet versions) {}

    Parsed parse() {
        if (text.isEmpty()) {
            throw invalid("it is empty; '*' stands for any version");
        }
        if (text.length() > MAX_LENGTH) {
            throw new AxiomException(
                    ErrorCode.INVALID, "a constraint may have " + MAX_LENGTH + " characters, not " + text.length());
        }
        String[] alternatives = OR.split(text, -1);
        VersionSet versions = VersionSet.empty();
        Constraint.Kind kind = Constraint.Kind.UNION;
        for (String alternative : alternatives) {
            List<Comparator> comparators = comparators(alternative);
            versions = versions.union(all(comparators));
            kind = comparators.size() == 1 ? comparators.get(0).kind() : Constraint.Kind.RANGE;
        }
        return new Parsed(alternatives.length > 1 ? Constraint.Kind.UNION : kind, versions);
    }

    private List<Comparator> comparators(String alternative) {
        List<Comparator> result = new ArrayList<>();
        for (String group : (scheme == VersionScheme.FREEBSD ? FREEBSD_AND : AND).split(alternative, -1)) {
            Matcher matcher = pattern().matcher(group);
            int end = 0;
            while (end < group.length() && matcher.find() && matcher.start() == end && matcher.end() > end) {
                result.add(comparator(matcher.group(1), matcher.group(2)));
                end = matcher.end();
            }
            if (end < group.length()) {
                throw invalid("'" + group.substring(end).strip() + "' is neither an operator (= ~ ^ > >= < <= != , ||) "
                        + "nor a version");
            }
            if (end == 0) {
                throw invalid("a version is missing beside ',' or '||'");
            }
        }
        return result;
    }

    private Pattern pattern() {
        return switch (scheme) {
            case SEMVER, DEBIAN -> COMPARATOR;
            case FREEBSD -> FREEBSD_COMPARATOR;
            case RPM -> RPM_COMPARATOR;
        };
    }

    private Comparator comparator(@Nullable String operator, String operand) {
        String op = operator == null ? "" : operator;
        if (operand.isEmpty()) {
            throw invalid(op.isEmpty() ? "a version is missing beside ',' or '||'" : "'" + op + "' needs a version");
        }
        if (operand.endsWith("*")) {
            return wildcard(op, operand);
        }
        return new Comparator(op, Version.parse(operand, scheme));
    }

    private Comparator wildcard(String op, String operand) {
        if (!op.isEmpty() && !op.equals("=")) {
            throw invalid("'" + op + "' and '*' do not go together");
        }
        if (operand.equals("*")) {
            return new Comparator("*", null);
        }
        if (!operand.endsWith(".*")) {
            throw invalid("'*' may stand only alone or behind a dot, as in 1.2.*");
        }
        return new Comparator(".*", Version.parse(operand.substring(0, operand.length() - 2), scheme));
    }

    private VersionSet all(List<Comparator> comparators) {
        VersionSet result = VersionSet.any();
        for (Comparator comparator : comparators) {
            result = result.intersect(comparator.versions(comparators));
        }
        return result;
    }

    private AxiomException invalid(String reason) {
        return new AxiomException(ErrorCode.INVALID, "constraint '" + text + "' is not valid: " + reason);
    }

    /** One operator with its version; {@code *} alone has none. */
    private record Comparator(String operator, @Nullable Version version) {
        Constraint.Kind kind() {
            return switch (operator) {
                case "*" -> Constraint.Kind.ANY;
                case "", "=" -> Constraint.Kind.EXACT;
                case "~" -> Constraint.Kind.TILDE;
                case "^" -> Constraint.Kind.CARET;
                default -> Constraint.Kind.RANGE;
            };
        }

        VersionSet versions(List<Comparator> neighbours) {
            if (version == null) {
                return VersionSet.any();
            }
            return switch (operator) {
                case "~" -> upTo(version, Reach.TILDE);
                case "^" -> upTo(version, Reach.CARET);
                case ".*" -> upTo(version, Reach.WILDCARD);
                case ">=" -> VersionSet.atLeast(version);
                case ">" -> VersionSet.above(version);
                case "<=" -> VersionSet.atMost(version);
                case "<" -> below(version, neighbours);
                case "!=" -> VersionSet.exactly(version).complement();
                default -> VersionSet.exactly(version);
            };
        }

        private static VersionSet upTo(Version from, Reach reach) {
            Version ceiling = Version.bound(from.key().ceiling(reach), from.scheme());
            return VersionSet.atLeast(from).intersect(VersionSet.below(ceiling));
        }

        private static VersionSet below(Version bound, List<Comparator> neighbours) {
            boolean exact = neighbours.stream().anyMatch(neighbour -> neighbour.announces(bound));
            String lowest = bound.key().lowest(bound.toString());
            return VersionSet.below(exact ? bound : Version.bound(lowest, bound.scheme()));
        }

        private boolean announces(Version release) {
            return version != null && version.key().announces(release.key());
        }
    }
}
