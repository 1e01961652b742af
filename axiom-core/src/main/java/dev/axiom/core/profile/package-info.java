/** Profiles: what is wanted, resolved into exact lock files, generation by generation. */
@NullMarked
package dev.axiom.core.profile;

import org.jspecify.annotations.NullMarked;
