package dev.axiom.core.resolve;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a profile's choices say in vain: a mistyped name in them would be passed over in silence. */
public final class Unheeded {
    private final PackageIndex index;
    private final List<String> sentences = new ArrayList<>();

    private Unheeded(PackageIndex index) {
        this.index = index;
    }

    /**
     * A sentence for each pin, exclusion, preference, or name of which there may be several, that is of a name that no package
     * bears; and for each exclusion that makes no sense for packages of its name. In the profile's order.
     */
    public static List<String> of(PackageIndex index, Choices choices) {
        Unheeded unheeded = new Unheeded(index);
        choices.pins().forEach(pin -> unheeded.check("pin", pin.name()));
        choices.exclude().forEach(unheeded::exclusion);
        choices.packages().keySet().forEach(name -> unheeded.check("preference", name));
        choices.several().forEach(name -> unheeded.check("permission of several versions", name));
        return List.copyOf(unheeded.sentences);
    }

    private void exclusion(Requirement exclusion) {
        PackageName name = exclusion.name();
        if (!exclusion.constraint().isAny() || index.providers(name).isEmpty()) {
            check("exclusion", name);
        }
        Set<VersionScheme> unread = EnumSet.noneOf(VersionScheme.class);
        for (Candidate candidate : index.candidates(name)) {
            unread.add(candidate.id().version().scheme());
        }
        unread.removeIf(scheme -> exclusion.constraint().misfit(scheme).isEmpty());
        for (VersionScheme scheme : unread) {
            sentences.add("the profile's exclusion of " + Wording.words(exclusion)
                    + " is not of versions of the scheme " + scheme + ", for which it makes no sense");
        }
    }

    private void check(String what, PackageName name) {
        Collection<PackageName> providers = index.providers(name);
        if (!index.candidates(name).isEmpty()) {
            return;
        }
        String why = providers.isEmpty()
                ? "there is no package " + name + Wording.didYouMean(index, name)
                : "no package bears this name itself, it is only provided";
        sentences.add("the profile's " + what + " of " + name + " means nothing: " + why);
    }
}
