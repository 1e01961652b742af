/** Tests of the locks. */
@NullMarked
package dev.axiom.core.lock;

import org.jspecify.annotations.NullMarked;
