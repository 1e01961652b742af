/** What is written from the command model: the manual's pages, the shells' completion scripts, the distribution. */
@NullMarked
package dev.axiom.cli.page;

import org.jspecify.annotations.NullMarked;
