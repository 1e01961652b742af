/** Tests of environments. */
@NullMarked
package dev.axiom.core.env;

import org.jspecify.annotations.NullMarked;
