/** Tests of the command line. */
@NullMarked
package dev.axiom.cli;

import org.jspecify.annotations.NullMarked;
