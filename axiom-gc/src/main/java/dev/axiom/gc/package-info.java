/** The collector: finds what nothing uses any more, waits out the grace period, and has the pool destroy it. */
@NullMarked
package dev.axiom.gc;

import org.jspecify.annotations.NullMarked;
