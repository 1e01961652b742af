/** Tests of the written pages. */
@NullMarked
package dev.axiom.cli.page;

import org.jspecify.annotations.NullMarked;
