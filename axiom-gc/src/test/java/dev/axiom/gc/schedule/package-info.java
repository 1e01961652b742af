/** The real store, profiles, environments and collector under chosen interleavings of their steps. */
@NullMarked
package dev.axiom.gc.schedule;

import org.jspecify.annotations.NullMarked;
