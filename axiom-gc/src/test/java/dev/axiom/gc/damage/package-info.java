/** Damages stores in every way that files can be damaged, and looks what a collection makes of it. */
@NullMarked
package dev.axiom.gc.damage;

import org.jspecify.annotations.NullMarked;
