package dev.axiom.core.profile;

import dev.axiom.core.model.ProfileSpec;

/**
 * What an edit of a profile came to.
 *
 * @param spec what the profile wants now
 * @param lostComments whether {@code profile.yaml} had comments and was written anew, which keeps none
 */
public record Edited(ProfileSpec spec, boolean lostComments) {}
