package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields by which a Debian package speaks of others, such as {@code libc6 (>= 2.36), perl:any | raku}: Debian's
 * policy manual, chapter 7. A name for another processor than the package's own ({@code libc6:i386}) is that of another
 * package, which is called {@code libc6.i386} here.
 */
final class DebianRelations {
    private static final Pattern COMMA = Pattern.compile(",", Pattern.LITERAL);
    private static final Pattern BAR = Pattern.compile("|", Pattern.LITERAL);
    private static final Pattern ONE = Pattern.compile("([^\\s:(\\[<]+)(?::([a-z0-9-]+))?\\s*"
            + "(?:\\(\\s*(<<|<=|=|>=|>>|<|>)\\s*([^\\s)]+)\\s*\\))?\\s*(?:\\[[^]]*])?\\s*(?:<[^>]*>\\s*)*");

    /** Words behind a colon that do not name a processor. */
    private static final Set<String> OWN = Set.of("any", "native");

    /** How the bounds of one name are joined, as constraints have it. */
    private static final String ALL = ",";

    private static final String ANY = " || ";

    private static final Constraint ANY_OF_DEBIAN = Constraint.any(VersionScheme.DEBIAN);

    private final String arch;

    /** @param arch the processor of the package that speaks; empty if it runs on all */
    DebianRelations(String arch) {
        this.arch = arch;
    }

    /** What of Debian's must all be there. Several bounds on one name become one requirement. */
    List<Requirement> all(String field) {
        List<Requirement> needs = merged(
                parts(COMMA, field).stream()
                        .map(group -> Requirement.anyOf(
                                parts(BAR, group).stream().map(this::one).toList()))
                        .toList(),
                ALL);
        return needs.stream()
                .map(need -> DistributionPackage.within(ANY_OF_DEBIAN, need))
                .toList();
    }

    /** What must none of it be there. Several bounds on one name become one requirement. */
    List<Requirement> none(Collection<String> fields) {
        return merged(
                fields.stream()
                        .flatMap(field -> parts(COMMA, field).stream())
                        .map(this::one)
                        .toList(),
                ANY);
    }

    /** The names, as here, of packages of another processor that the field has; each once. */
    List<String> foreign(String field) {
        return parts(COMMA, field).stream()
                .flatMap(group -> parts(BAR, group).stream())
                .map(DebianRelations::matched)
                .filter(parts -> !isOwn(parts.group(2)))
                .map(parts -> name(parts).value())
                .distinct()
                .toList();
    }

    /** The names under which a package serves. It may serve as several versions of one name. */
    List<Provided> provided(String field) {
        Set<Provided> result = new LinkedHashSet<>();
        for (String text : parts(COMMA, field)) {
            Matcher parts = matched(text);
            String version = parts.group(4);
            result.add(
                    new Provided(name(parts), version == null ? null : Version.parse(version, VersionScheme.DEBIAN)));
        }
        return List.copyOf(result);
    }

    private static List<String> parts(Pattern separator, String text) {
        return Arrays.stream(separator.split(text, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private Requirement one(String text) {
        Matcher parts = matched(text);
        PackageName name = name(parts);
        String operator = parts.group(3);
        return operator == null
                ? Requirement.of(name)
                : new Requirement(name, Constraint.parse(operator(operator) + parts.group(4), VersionScheme.DEBIAN));
    }

    private PackageName name(Matcher parts) {
        String wanted = parts.group(2);
        return new PackageName(isOwn(wanted) ? parts.group(1) : parts.group(1) + "." + wanted);
    }

    private boolean isOwn(@Nullable String wanted) {
        return wanted == null || arch.isEmpty() || wanted.equals(arch) || OWN.contains(wanted);
    }

    /** The single signs are old words for "or equal". */
    private static String operator(String operator) {
        return switch (operator) {
            case "<<" -> "<";
            case ">>" -> ">";
            case "<", "<=" -> "<=";
            case ">", ">=" -> ">=";
            default -> "=";
        };
    }

    private static Matcher matched(String text) {
        Matcher matcher = ONE.matcher(text);
        if (!matcher.matches()) {
            throw new AxiomException(ErrorCode.INVALID, "'" + text + "' does not name a package as Debian does");
        }
        return matcher;
    }

    /** One for each key, in the order of the first of each. Joined at once: a hostile field has thousands of one name. */
    private static List<Requirement> merged(List<Requirement> requirements, String by) {
        Map<String, List<Requirement>> groups = new LinkedHashMap<>();
        for (Requirement requirement : requirements) {
            groups.computeIfAbsent(requirement.key(), any -> new ArrayList<>()).add(requirement);
        }
        return groups.values().stream().map(group -> joined(group, by)).toList();
    }

    private static Requirement joined(List<Requirement> group, String by) {
        Requirement first = group.get(0);
        List<Requirement> bounds = group.stream()
                .filter(one -> !one.constraint().isAny())
                .distinct()
                .toList();
        if (!first.others().isEmpty() || bounds.isEmpty()) {
            return first;
        }
        if (by.equals(ANY) && bounds.size() < group.size()) {
            return group.stream()
                    .filter(one -> one.constraint().isAny())
                    .findFirst()
                    .orElse(first);
        }
        return bounds.size() == 1 ? bounds.get(0) : new Requirement(first.name(), joined(by, bounds));
    }

    private static Constraint joined(String by, List<Requirement> bounds) {
        return Constraint.parse(
                bounds.stream()
                        .map(one -> VersionScheme.DEBIAN.withoutPrefix(
                                one.constraint().toString()))
                        .collect(Collectors.joining(by)),
                VersionScheme.DEBIAN);
    }
}
