/** {@code axiom profile}. */
@NullMarked
package dev.axiom.cli.command.profile;

import org.jspecify.annotations.NullMarked;
