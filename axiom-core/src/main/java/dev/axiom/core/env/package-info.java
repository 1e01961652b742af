/** Environments: the files of a profile's packages in one tree, generation by generation. */
@NullMarked
package dev.axiom.core.env;

import org.jspecify.annotations.NullMarked;
