/** The command line: turns words into calls of the other modules, and their answers into text, JSON and exit codes. */
@NullMarked
package dev.axiom.cli;

import org.jspecify.annotations.NullMarked;
