package dev.axiom.core.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a version text in the order of {@link VersionScheme#SEMVER}: what {@link Version} compares, hashes and
 * finds equal. Texts that differ only in leading zeros, in parts that are zero at the end, or in the kind of a separator
 * have one key.
 *
 * @param core the parts between dots: a number, then the words and numbers that follow it without a dot
 * @param prerelease SemVer's identifiers; empty for a release
 * @param build what follows the plus sign, cut into words and numbers
 * @param written how many parts of the core were written: {@code ^0.0} and {@code ^0} mean different things
 */
record SemverKey(
        SemverPart epoch, List<List<SemverPart>> core, List<SemverPart> prerelease, List<SemverPart> build, int written)
        implements VersionKey {
    private static final List<SemverPart> ZERO = List.of(SemverPart.ZERO);

    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with(".+~:_-");

    private static final Alphabet ONLY_NUMBERS = Alphabet.DIGITS.with("._");

    /**
     * Words that announce a release when they directly follow a number or a separator. Single letters do not: OpenSSL's
     * 1.1.1a came after 1.1.1.
     */
    private static final Pattern ANNOUNCEMENT = Pattern.compile(
            "(?<=[0-9._])(alpha|beta|cr|dev|milestone|pre|preview|rc|snapshot)(?![A-Za-z])", Pattern.CASE_INSENSITIVE);

    private static final int YEAR = 4;

    private static final Pattern DATE = Pattern.compile(Version.DATE + "(?![0-9])");

    static SemverKey of(String text) {
        if (!REST.names(text, Integer.MAX_VALUE)) {
            throw invalid(
                    text,
                    "it must start with a letter or digit and hold only letters, digits, '.', '+', '~', ':', '_', '-' ("
                            + Version.MAX_LENGTH + " at most)");
        }
        int plus = text.indexOf('+');
        String before = plus < 0 ? text : text.substring(0, plus);
        List<SemverPart> build = plus < 0 ? List.of() : some(SemverPart.split(text.substring(plus + 1)), text);
        int colon = before.indexOf(':');
        SemverPart epoch = colon < 0 ? SemverPart.ZERO : epoch(before.substring(0, colon), text);
        String rest = dotted(before.substring(colon + 1));
        int end = endOfCore(rest);
        List<List<SemverPart>> core = core(withoutSeparator(rest, end), text);
        return new SemverKey(epoch, withoutZeros(core), prerelease(rest.substring(end), text), build, core.size());
    }

    /** A date's hyphens are dots, and announce nothing: 2024 did not come after {@code 2024-01-02}. */
    private static String dotted(String rest) {
        boolean date = rest.startsWith("-", YEAR) && DATE.matcher(rest).lookingAt();
        return date ? rest.replaceFirst("-", ".").replaceFirst("-", ".") : rest;
    }

    private static SemverPart epoch(String digits, String text) {
        SemverPart part = SemverPart.of(digits);
        if (!part.isNumber()) {
            throw invalid(text, "what stands before ':' must be a number, the epoch");
        }
        return part;
    }

    private static int endOfCore(String rest) {
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '-' && rest.charAt(end) != '~') {
            end++;
        }
        if (ONLY_NUMBERS.end(rest, 0) >= end) {
            return end; // nearly always, and a regular expression is slow when it is new
        }
        Matcher announcement = ANNOUNCEMENT.matcher(rest).region(0, end);
        announcement.useTransparentBounds(true);
        return announcement.find() ? announcement.start() : end;
    }

    /** The core as written; a separator directly before an announcing word (2.0.Beta3) belongs to neither side. */
    private static String withoutSeparator(String rest, int end) {
        boolean word = end > 0 && end < rest.length() && Character.isLetter(rest.charAt(end));
        boolean separated = word && (rest.charAt(end - 1) == '.' || rest.charAt(end - 1) == '_');
        return rest.substring(0, separated ? end - 1 : end);
    }

    private static List<List<SemverPart>> core(String core, String text) {
        if (core.indexOf(':') >= 0) {
            throw invalid(text, "':' may stand only behind the epoch");
        }
        List<List<SemverPart>> result = new ArrayList<>();
        for (String part : core.replace('_', '.').split("\\.", -1)) { // a text that String splits by itself
            result.add(numberFirst(some(SemverPart.split(part), text)));
        }
        return result;
    }

    private static List<SemverPart> numberFirst(List<SemverPart> parts) {
        if (parts.get(0).isNumber()) {
            return parts;
        }
        List<SemverPart> result = new ArrayList<>(ZERO);
        result.addAll(parts);
        return List.copyOf(result);
    }

    private static List<List<SemverPart>> withoutZeros(List<List<SemverPart>> core) {
        int size = core.size();
        while (size > 0 && core.get(size - 1).equals(ZERO)) {
            size--;
        }
        return List.copyOf(core.subList(0, size));
    }

    private static List<SemverPart> prerelease(String rest, String text) {
        if (!rest.startsWith("-")) {
            return rest.isEmpty() ? List.of() : some(SemverPart.split(rest), text);
        }
        List<SemverPart> result = new ArrayList<>();
        for (String identifier : rest.substring(1).split("\\.", -1)) {
            if (identifier.isEmpty()) {
                throw invalid(text, "it has an empty part");
            }
            result.add(SemverPart.of(identifier));
        }
        return List.copyOf(result);
    }

    private static List<SemverPart> some(List<SemverPart> parts, String text) {
        if (parts.isEmpty()) {
            throw invalid(text, "it has an empty part");
        }
        return parts;
    }

    private static AxiomException invalid(String text, String reason) {
        return VersionScheme.invalid(text, reason);
    }

    @Override
    public boolean isPrerelease() {
        return !prerelease.isEmpty();
    }

    @Override
    public boolean standsForItsBuilds() {
        return build.isEmpty();
    }

    @Override
    public boolean announces(VersionKey release) {
        return isPrerelease() && compareRelease((SemverKey) release) == 0;
    }

    /** {@code <2.0} shuts out {@code 2.0-rc1}, unless a prerelease or a build is named. */
    @Override
    public String lowest(String text) {
        return isPrerelease() || !build.isEmpty() ? text : text + "-0";
    }

    @Override
    public String ceiling(Reach reach) {
        return switch (reach) {
            case TILDE -> ceiling(written <= 2 ? written - 1 : written - 2);
            case CARET -> ceiling(firstPositive());
            case WILDCARD -> ceiling(written - 1);
        };
    }

    /** The index of the first part whose number is not zero, or the last written one. */
    private int firstPositive() {
        for (int i = 0; i < core.size(); i++) {
            if (!core.get(i).get(0).equals(SemverPart.ZERO)) {
                return i;
            }
        }
        return written - 1;
    }

    /**
     * The least version text above every version that agrees with this one up to part {@code index}: its prerelease
     * {@code 0}, because {@code ^1.2} must not let {@code 2.0-rc1} in.
     */
    private String ceiling(int index) {
        StringBuilder result = new StringBuilder();
        if (!epoch.equals(SemverPart.ZERO)) {
            result.append(epoch.text()).append(':');
        }
        for (int i = 0; i < index; i++) {
            result.append(number(i)).append('.');
        }
        return result.append(new BigInteger(number(index)).add(BigInteger.ONE))
                .append("-0")
                .toString();
    }

    private String number(int index) {
        return index < core.size() ? core.get(index).get(0).text() : "0";
    }

    @Override
    public int compareTo(VersionKey that) {
        SemverKey other = (SemverKey) that;
        int order = compareApartFromBuild(other);
        return order != 0 ? order : SemverPart.compare(build, other.build);
    }

    @Override
    public int compareApartFromBuild(VersionKey that) {
        SemverKey other = (SemverKey) that;
        int order = compareRelease(other);
        if (order == 0 && isPrerelease() && other.isPrerelease()) {
            return SemverPart.compare(prerelease, other.prerelease);
        }
        return order != 0 ? order : Boolean.compare(other.isPrerelease(), isPrerelease());
    }

    /** Compares what a prerelease and the release it announces have in common. */
    private int compareRelease(SemverKey other) {
        int order = epoch.compareTo(other.epoch);
        for (int i = 0; order == 0 && i < Math.max(core.size(), other.core.size()); i++) {
            order = SemverPart.compare(part(i), other.part(i));
        }
        return order;
    }

    private List<SemverPart> part(int index) {
        return index < core.size() ? core.get(index) : ZERO;
    }

    /** How much was written does not count: {@code 1.2} equals {@code 1.2.0}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SemverKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * epoch.hashCode() + core.hashCode()) + prerelease.hashCode()) + build.hashCode();
    }
}
