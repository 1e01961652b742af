package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of one {@link Constraint}. */
final class ConstraintParser {
    /** Longer texts are mistakes or attacks; the longest real ones have some hundred characters. */
    private static final int MAX_LENGTH = 4096;

    private static final Pattern COMPARATOR =
            Pattern.compile("\\s*(\\^|~|>=|<=|!=|=|>|<)?\\s*([A-Za-z0-9.+~:_-]*\\*?)\\s*");
    private static final Pattern OR = Pattern.compile("||", Pattern.LITERAL);

    private final String text;
    private final VersionScheme scheme;

    ConstraintParser(String text, VersionScheme scheme) {
        this.text = text.strip();
        this.scheme = scheme;
    }

    Constraint parse() {
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
        return new Constraint(text, scheme, alternatives.length > 1 ? Constraint.Kind.UNION : kind, versions);
    }

    private List<Comparator> comparators(String alternative) {
        List<Comparator> result = new ArrayList<>();
        for (String group : alternative.split(",", -1)) {
            Matcher matcher = COMPARATOR.matcher(group);
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
            SemverKey key = version.key();
            return switch (operator) {
                case "~" -> upTo(version, key.ceiling(key.written() <= 2 ? key.written() - 1 : key.written() - 2));
                case "^" -> upTo(version, key.ceiling(key.firstPositive()));
                case ".*" -> upTo(version, key.ceiling(key.written() - 1));
                case ">=" -> VersionSet.atLeast(version);
                case ">" -> VersionSet.above(version);
                case "<=" -> VersionSet.atMost(version);
                case "<" -> below(version, neighbours);
                case "!=" -> VersionSet.exactly(version).complement();
                default -> VersionSet.exactly(version);
            };
        }

        private static VersionSet upTo(Version from, String ceiling) {
            return VersionSet.atLeast(from).intersect(VersionSet.below(Version.bound(ceiling, from.scheme())));
        }

        private static VersionSet below(Version bound, List<Comparator> neighbours) {
            boolean exact = bound.isPrerelease()
                    || !bound.key().build().isEmpty()
                    || neighbours.stream().anyMatch(neighbour -> neighbour.announces(bound));
            return VersionSet.below(exact ? bound : Version.bound(bound + "-0", bound.scheme()));
        }

        private boolean announces(Version release) {
            return version != null && version.isPrerelease() && version.key().compareRelease(release.key()) == 0;
        }
    }
}
