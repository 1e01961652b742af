/** {@code axiom env}. */
@NullMarked
package dev.axiom.cli.command.env;

import org.jspecify.annotations.NullMarked;
