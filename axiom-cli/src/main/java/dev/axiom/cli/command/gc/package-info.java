/** The commands about what keeps packages: {@code axiom gc}, {@code root}, {@code why} and {@code status}. */
@NullMarked
package dev.axiom.cli.command.gc;

import org.jspecify.annotations.NullMarked;
