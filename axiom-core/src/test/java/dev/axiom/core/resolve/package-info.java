/** Tests of the resolver. */
@NullMarked
package dev.axiom.core.resolve;

import org.jspecify.annotations.NullMarked;
