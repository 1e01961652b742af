/** The commands about the program itself. */
@NullMarked
package dev.axiom.cli.command;

import org.jspecify.annotations.NullMarked;
